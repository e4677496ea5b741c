// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "interpreter/value_problem.h"

namespace gpsh::interpreter {

/// How GPShell reads a number: as decimal digits only, or as C does (0x hexadecimal, leading 0 octal).
enum class NumberStyle { decimal, c_style };

/// Decimal and 0x forms for both styles. 0x in decimal style carries a note: GPShell reads it as 0; octal
/// from 8 up, in C style, a warning. Anything else, or a value outside 0..maximum, is an error.
[[nodiscard]] Reading<std::uint32_t> read_number(std::string_view text, NumberStyle style,
                                                 std::uint32_t maximum);

/// Up to two hex digits, 0x allowed with a note.
[[nodiscard]] Reading<std::uint8_t> read_hex_byte(std::string_view text);

}  // namespace gpsh::interpreter
