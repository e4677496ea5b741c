// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "sessions/explain.h"

namespace gpsh::sessions {

enum class TraceColour { off, on };

struct TraceLayout {
  std::size_t width = 110;  ///< of a line, in characters
  TraceColour colour = TraceColour::off;
};

/// An exchange for reading along, each line ended: status word, command and what it says in columns, and the
/// meaning of a refusal; below it, indented and filled, what the command had no room for, then the answer,
/// cut after some lines. Secure messaging is told of only where something is wrong with it (`channel`).
[[nodiscard]] std::string trace_text(const ExplainedExchange& exchange, const TraceLayout& layout);

}  // namespace gpsh::sessions
