// SPDX-License-Identifier: Apache-2.0
#include "gp/key_versions.h"

#include <algorithm>

#include "core/error.h"
#include "core/tlv.h"

namespace gpsh::gp {

std::vector<std::uint8_t> key_versions(ByteView key_information) {
  constexpr std::string_view kWhat = "key information template";
  std::vector<std::uint8_t> versions;
  try {
    const auto whole = find_tlv(read_tlvs(key_information, kWhat), 0xE0);
    if (!whole) return {};
    for (const auto& key : read_tlvs(whole->value, kWhat)) {
      if (key.tag != 0xC0) continue;
      ByteReader reader(key.value, kWhat);
      reader.u8();  // key identifier
      const auto version = reader.u8();
      if (std::find(versions.begin(), versions.end(), version) == versions.end()) versions.push_back(version);
    }
  } catch (const Error&) {
    return {};
  }
  return versions;
}

std::vector<std::uint8_t> read_key_versions(CardSession& session) {
  const CommandApdu command{
      .cla = 0x80, .ins = 0xCA, .p1 = 0x00, .p2 = 0xE0, .le = CommandApdu::kShortMaximum};
  const auto response = session.transmit_plain(command, "GET DATA [key information template]");
  return response.sw.ok() ? key_versions(response.data) : std::vector<std::uint8_t>();
}

}  // namespace gpsh::gp
