// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "interpreter/complete.h"
#include "interpreter/line_editor.h"

namespace gpsh::interpreter {

/// A byte of input, its end, or nothing yet: time to look around.
enum class Waited { byte, end, nothing_yet };
struct InputByte {
  Waited waited = Waited::end;
  char byte = 0;
};

/// What the line editor needs to know of the terminal behind stdin and stdout.
struct EditorPorts {
  std::function<InputByte()> read_byte;                    ///< waits a moment
  std::function<std::optional<Interruption>()> interrupt;  ///< asked when nothing is typed
  std::function<bool()> input_waits;
  std::function<std::size_t()> columns;                        ///< of the terminal, now
  std::function<Completions(std::string_view line)> complete;  ///< asked at Tab
};

/// Line editing on the terminal, with Tab and history. Null where gpsh was built without libedit.
[[nodiscard]] std::unique_ptr<LineEditor> make_line_editor(EditorPorts ports);

}  // namespace gpsh::interpreter
