// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gpsh::sessions {

/// Puts the check value on each line of a recording: `,"check":"16 hex digits"}` in the place of the closing
/// brace. It is the first 8 bytes of SHA-256 over the check value of the line before (16 zeros before the
/// first) and this line up to the check value. So no byte can change, and no line go or come, unnoticed; it
/// is no signature.
class LineSeal {
 public:
  /// `object` is a JSON object on one line, closing brace included. The result has no line end.
  [[nodiscard]] std::string seal(std::string_view object);
  /// What seal() puts after `object` without its closing brace.
  [[nodiscard]] std::string check_after(std::string_view opened);
  /// The object of a sealed line, closing brace included; nothing when its check value is not there or does
  /// not fit, and then no later line fits either.
  [[nodiscard]] std::optional<std::string> open(std::string_view line);

 private:
  std::string last_ = "0000000000000000";
};

}  // namespace gpsh::sessions
