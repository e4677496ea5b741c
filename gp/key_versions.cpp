// SPDX-License-Identifier: Apache-2.0
#include "gp/key_versions.h"

#include <algorithm>

#include "core/error.h"
#include "gp/key_information.h"

namespace gpsh::gp {

std::vector<std::uint8_t> key_versions(ByteView key_information) {
  std::vector<std::uint8_t> versions;
  try {
    for (const auto& key : parse_key_information(key_information)) {
      if (std::ranges::find(versions, key.version) == versions.end()) versions.push_back(key.version);
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
