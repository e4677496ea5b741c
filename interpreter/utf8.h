// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace gpsh::interpreter {

/// Whether every byte belongs to a character of UTF-8 (form only: lead byte and as many that continue it).
[[nodiscard]] bool is_utf8(std::string_view text);

/// How many characters the text has; bytes, where it is no UTF-8.
[[nodiscard]] std::size_t characters(std::string_view text);

}  // namespace gpsh::interpreter
