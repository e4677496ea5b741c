// SPDX-License-Identifier: Apache-2.0
#include "interpreter/numbers.h"

#include <fmt/format.h>

#include <charconv>

namespace gpsh::interpreter {
namespace {

struct Digits {
  std::string_view text;
  int base = 10;
};

bool has_hex_prefix(std::string_view text) {
  return text.starts_with("0x") || text.starts_with("0X");
}

Digits digits_of(std::string_view text, NumberStyle style) {
  if (has_hex_prefix(text)) return {text.substr(2), 16};
  if (style == NumberStyle::c_style && text.size() > 1 && text.starts_with('0')) return {text, 8};
  return {text, 10};
}

ValueProblem not_a_number(std::string_view text, std::uint32_t maximum) {
  return {.code = "bad-number",
          .text = fmt::format("\"{}\" is not a number from 0 to {}", text, maximum),
          .advice = text.find_first_not_of("0123456789") == std::string_view::npos && !text.empty()
                        ? fmt::format("the largest is {}", maximum)
                        : "write it in decimal digits, or in hex with 0x in front"};
}

}  // namespace

Reading<std::uint32_t> read_number(std::string_view text, NumberStyle style, std::uint32_t maximum) {
  const auto digits = digits_of(text, style);
  std::uint64_t value = 0;
  const auto* end = digits.text.data() + digits.text.size();
  const auto [stop, failure] = std::from_chars(digits.text.data(), end, value, digits.base);
  if (digits.text.empty() || failure != std::errc() || stop != end || value > maximum) {
    return {.problem = not_a_number(text, maximum)};
  }
  Reading<std::uint32_t> reading{.value = static_cast<std::uint32_t>(value)};
  if (style == NumberStyle::decimal && has_hex_prefix(text) && value != 0) {
    reading.problem =
        ValueProblem{.severity = Severity::note,
                     .code = "hex-number",
                     .text = fmt::format("{} is read as {}; GPShell reads it as 0", text, value),
                     .advice = fmt::format("write {} to mean the same everywhere", value)};
  }
  if (digits.base == 8 && value >= 8) {
    reading.problem =
        ValueProblem{.severity = Severity::warning,
                     .code = "octal-number",
                     .text = fmt::format("{} is read as {}: a leading 0 makes it octal", text, value),
                     .advice = fmt::format("write {} or 0x{:02X} to say so, without a leading 0 if octal is "
                                           "not meant",
                                           value, value)};
  }
  return reading;
}

Reading<std::uint8_t> read_hex_byte(std::string_view text) {
  const bool prefixed = has_hex_prefix(text);
  const auto digits = prefixed ? text.substr(2) : text;
  unsigned value = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stop, failure] = std::from_chars(digits.data(), end, value, 16);
  if (digits.empty() || digits.size() > 2 || failure != std::errc() || stop != end) {
    return {.problem = ValueProblem{.code = "bad-hex",
                                    .text = fmt::format("\"{}\" is not one byte in hex", text),
                                    .advice = "write one or two hex digits, e.g. 40"}};
  }
  Reading<std::uint8_t> reading{.value = static_cast<std::uint8_t>(value)};
  if (prefixed) {
    reading.problem =
        ValueProblem{.severity = Severity::note,
                     .code = "hex-number",
                     .text = fmt::format("{} is read as {:02X}; GPShell reads it as 00", text, value),
                     .advice = fmt::format("write {:02X} to mean the same everywhere", value)};
  }
  return reading;
}

}  // namespace gpsh::interpreter
