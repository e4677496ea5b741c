// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "core/bytes.h"
#include "core/connection.h"

namespace gpsh::sessions {

/// What an entry of a log is.
enum class EntryKind {
  plain_command,       ///< before secure messaging; sent as it stands if no wire form follows
  wire_command,        ///< as it went to the card
  chained_command,     ///< a part of the wire command above, as it went to the card
  response,            ///< as it came from the card
  unwrapped_response,  ///< after secure messaging
  aside,               ///< the tool's own, of no use here
};

/// How the lines below an entry can continue it.
enum class Continuation {
  digits,  ///< GPShell: lines of nothing but hex digits
  broken,  ///< lines that a console broke at its width: hex digits and blanks
  dump,    ///< 16 bytes or fewer a line, with a column of text, perhaps with an offset in front
};

/// An entry as its first line shows it.
struct LogEntry {
  EntryKind kind = EntryKind::wire_command;
  std::string digits{};  ///< hex digits, and blanks where the line has them; empty: none, or unreadable
  bool readable = true;  ///< false: the tool's entry, but not hex
  Continuation continuation = Continuation::broken;
  std::optional<std::size_t> bytes{};  ///< how many the tool says there are, at least
  std::string status_word{};           ///< four digits, where the tool shows it apart from the data
  std::optional<std::chrono::microseconds> duration{};
  std::optional<TransmissionProtocol> protocol{};
};

/// An entry with its continuations.
struct WholeEntry {
  EntryKind kind = EntryKind::wire_command;
  Bytes bytes{};         ///< empty when it cannot be read
  std::size_t line = 0;  ///< its first, 1 is the first of the log
  std::optional<std::chrono::microseconds> duration{};
  std::optional<TransmissionProtocol> protocol{};
};

}  // namespace gpsh::sessions
