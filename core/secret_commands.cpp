// SPDX-License-Identifier: Apache-2.0
#include "core/secret_commands.h"

#include <algorithm>
#include <array>

#include "core/error.h"

namespace gpsh {
namespace {

constexpr std::size_t kHeaderBytes = 4;
constexpr std::uint8_t kPutKey = 0xD8;
constexpr std::uint8_t kStoreData = 0xE2;

struct PinCommand {
  std::uint8_t ins;
  std::string_view name;
};

/// With bit 1 the data is in TLV objects (ISO/IEC 7816-4).
constexpr std::array<PinCommand, 10> kPinCommands = {{
    {0x20, "VERIFY"},
    {0x21, "VERIFY"},
    {0x24, "CHANGE REFERENCE DATA"},
    {0x25, "CHANGE REFERENCE DATA"},
    {0x26, "DISABLE VERIFICATION REQUIREMENT"},
    {0x27, "DISABLE VERIFICATION REQUIREMENT"},
    {0x28, "ENABLE VERIFICATION REQUIREMENT"},
    {0x29, "ENABLE VERIFICATION REQUIREMENT"},
    {0x2C, "RESET RETRY COUNTER"},
    {0x2D, "RESET RETRY COUNTER"},
}};

}  // namespace

std::string_view pin_command_name(std::uint8_t ins) {
  const auto* const found = std::ranges::find(kPinCommands, ins, &PinCommand::ins);
  return found == kPinCommands.end() ? std::string_view() : found->name;
}

bool carries_pin(const CommandApdu& command) {
  return !pin_command_name(command.ins).empty();
}

bool carries_secrets(const CommandApdu& command) {
  constexpr std::uint8_t kProprietaryClass = 0x80;
  constexpr std::uint8_t kEncryption = 0x60;  // P1 of STORE DATA (GPCS 2.3.1 section 11.11.2.1)
  if (carries_pin(command)) return true;
  if ((command.cla & kProprietaryClass) == 0) return false;
  return command.ins == kPutKey || (command.ins == kStoreData && (command.p1 & kEncryption) != 0);
}

Bytes shown_in_messages(ByteView apdu) {
  try {
    const auto command = CommandApdu::parse(apdu);
    return carries_secrets(command) ? command.header() : to_bytes(apdu);
  } catch (const Error&) {
    return to_bytes(apdu.first(std::min(apdu.size(), kHeaderBytes)));
  }
}

}  // namespace gpsh
