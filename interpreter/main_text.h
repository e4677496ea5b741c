// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

namespace gpsh::interpreter {

/// What was read of a text that may hold keys.
struct TextReading {
  std::string text;
  int problem = 0;  ///< the error number that ended it; 0: its end, or more than was asked for
};

/// Reads a file into the text alone: streams would keep a copy in buffers of theirs. At most `most` bytes and
/// one more, by which the caller sees that there is too much.
[[nodiscard]] TextReading read_text(const std::string& path, std::size_t most);
/// The same of stdin.
[[nodiscard]] TextReading read_stdin(std::size_t most);

}  // namespace gpsh::interpreter
