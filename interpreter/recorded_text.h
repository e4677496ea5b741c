// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gpsh::interpreter {

/// A script line as a recording may keep it: the command's name, options and their values, one blank between
/// them, without comment. Everything else is `<hidden>`: keys, pass phrases, the bytes of -APDU and -data,
/// which may be anything, and words that belong to no option.
[[nodiscard]] std::string recorded_text(std::string_view line);

}  // namespace gpsh::interpreter
