// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gpsh::interpreter {

/// What GPShell prints on stdout for this value of an option before it stops (reference section 1.6); empty
/// where it takes the value, be it as something else than what stands there.
[[nodiscard]] std::string gpshell_option_error(std::string_view option, std::string_view value);

}  // namespace gpsh::interpreter
