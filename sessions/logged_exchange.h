// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "core/bytes.h"

namespace gpsh::sessions {

/// One command on the wire and its answer, as a log or recording holds them.
struct LoggedExchange {
  Bytes plain_command;   ///< before secure messaging; empty if the log has none. Of a chained command: with
                         ///< its first part
  Bytes wire_command;    ///< never empty
  Bytes wire_response;   ///< with status word; empty when the log shows no answer
  std::size_t line = 0;  ///< of the wire command in the log, 1 is the first
};

}  // namespace gpsh::sessions
