// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "core/bytes.h"
#include "core/connection.h"

namespace gpsh::sessions {

/// One command on the wire and its answer, as a log or recording holds them.
struct LoggedExchange {
  Bytes plain_command;   ///< before secure messaging; empty if the log has none. Of a chained command: with
                         ///< its first part
  Bytes wire_command;    ///< never empty
  Bytes wire_response;   ///< with status word; empty when the log shows no answer, or one that cannot be read
  std::size_t line = 0;  ///< of the wire command in the log, 1 is the first
  Bytes whole_command{};           ///< of a chained command, with its first part: what was cut into parts
  bool further_part = false;       ///< of the chained command above
  bool answer_unreadable = false;  ///< it stands in the log, and is cut or damaged
  Bytes plain_response{};          ///< after secure messaging, as the log shows it; empty if it does not
  std::optional<std::chrono::microseconds> duration{};
  std::optional<TransmissionProtocol> protocol{};
};

}  // namespace gpsh::sessions
