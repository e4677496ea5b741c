// SPDX-License-Identifier: Apache-2.0
#include "interpreter/checks/channel_room.h"

#include "core/apdu.h"
#include "gp/secure_messaging.h"

namespace gpsh::interpreter::checks {

std::size_t most_data(gp::SecurityLevel level) {
  constexpr std::size_t kMacBytes = 8;
  constexpr std::size_t kBlockBytes = 8;
  return gp::most_plain_data(
      CommandApdu::kMaxShortData,
      {.mac_bytes = level.c_mac() ? kMacBytes : 0, .block_bytes = level.c_decryption() ? kBlockBytes : 0});
}

}  // namespace gpsh::interpreter::checks
