// SPDX-License-Identifier: Apache-2.0
#include "gp/r_mac_session.h"

#include <string>

#include "core/error.h"

namespace gpsh::gp {

CommandApdu begin_r_mac_session(ByteView data, ResponseProtection protection) {
  if (data.size() > kMaxRMacSessionData) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "r-mac-data",
                 .message = "BEGIN R-MAC SESSION takes at most " + std::to_string(kMaxRMacSessionData) +
                            " bytes of data, not " + std::to_string(data.size())});
  }
  CommandApdu command{.cla = 0x80,
                      .ins = kBeginRMacSession,
                      .p1 = static_cast<std::uint8_t>(protection),
                      .p2 = 0x01,
                      .data = {static_cast<std::uint8_t>(data.size())}};
  append(command.data, data);
  return command;
}

CommandApdu end_r_mac_session(SessionEnd end) {
  return {.cla = 0x80,
          .ins = kEndRMacSession,
          .p2 = static_cast<std::uint8_t>(end),
          .le = CommandApdu::kShortMaximum};
}

}  // namespace gpsh::gp
