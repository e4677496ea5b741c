// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/bytes.h"

namespace gpsh::sessions {

/// What GPShell writes before an arrow in its trace.
enum class TraceLabel {
  command,
  wrapped_command,
  chained_command,
  response,
  chained_response,
  unwrapped_response,
};

/// One entry of the trace, its wrapped console lines joined.
struct TraceLine {
  TraceLabel label = TraceLabel::command;
  Bytes bytes;           ///< empty when what follows the arrow cannot be read as hex
  std::size_t line = 0;  ///< of the label, 1 is the first
};

struct TraceLines {
  std::vector<TraceLine> lines;
  std::size_t not_understood = 0;  ///< entries without readable bytes, and lines of hex that belong nowhere
};

/// Finds the trace in the text of a GPShell log and leaves everything else (echo, listings, prose) aside.
/// A line of hex digits alone right after an entry continues it where a console broke the line, unless it is
/// what get_data prints: the response once more without its status word.
/// Throws Error (file, "cut-hex") with the line when an entry has an odd number of digits.
[[nodiscard]] TraceLines read_trace_lines(std::string_view text, std::string_view file);

}  // namespace gpsh::sessions
