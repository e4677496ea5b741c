// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace gpsh::interpreter {

/// The source of a manual page, in man(7): "gpsh" is gpsh(1), "gpsh-script" is gpsh-script(5).
[[nodiscard]] std::string manual_page(const std::string& name);

}  // namespace gpsh::interpreter
