// SPDX-License-Identifier: Apache-2.0
#include "interpreter/checks/raw_commands.h"

#include "core/error.h"

namespace gpsh::interpreter::checks {
namespace {

constexpr std::size_t kHeaderBytes = 4;
constexpr std::uint8_t kSecureMessaging = 0x04;  // of CLA (GPCS 2.3.1 Table 11-11)

/// GPCS 2.3.1 Table 11-46: the AID stands behind those of load file and module, each with its length.
std::optional<Aid> instance_of(ByteView install_data) {
  ByteReader reader(install_data, "INSTALL");
  reader.take(reader.u8());
  reader.take(reader.u8());
  return Aid::from_bytes(reader.take(reader.u8()));
}

}  // namespace

const RawApdu* raw_apdu_of(const Command& command) {
  if (const auto* send = std::get_if<SendApdu>(&command)) return &send->raw;
  if (const auto* send = std::get_if<SendApduNostop>(&command)) return &send->raw;
  return nullptr;
}

std::optional<MadeSelectable> made_selectable(ByteView apdu) {
  constexpr std::uint8_t kInstall = 0xE6;
  constexpr std::uint8_t kMakeSelectable = 0x08;
  if (apdu.size() < kHeaderBytes || apdu[1] != kInstall || (apdu[2] & kMakeSelectable) == 0)
    return std::nullopt;
  MadeSelectable made;
  if ((apdu[0] & kSecureMessaging) != 0) return made;  // perhaps encrypted
  try {
    made.instance = instance_of(CommandApdu::parse(apdu).data);
  } catch (const Error&) {
    made.instance.reset();
  }
  return made;
}

}  // namespace gpsh::interpreter::checks
