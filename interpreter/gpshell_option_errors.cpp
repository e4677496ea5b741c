// SPDX-License-Identifier: Apache-2.0
#include "interpreter/gpshell_option_errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace gpsh::interpreter {
namespace {

/// The number GPShell sees: sign and digits at the start, 0 without any. Huge numbers are as wrong as any.
long leading_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  long value = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failure == std::errc::result_out_of_range ? -1 : value;
}

/// At most two characters are looked at; one digit in front is enough.
bool begins_with_hex(std::string_view text) {
  return !text.empty() && std::isxdigit(static_cast<unsigned char>(text.front())) != 0;
}

}  // namespace

std::string gpshell_option_error(std::string_view option, std::string_view value) {
  constexpr std::array<std::string_view, 4> kDerivations = {"none", "visa1", "visa2", "emvcps11"};
  const auto number = leading_number(value);
  if (option == "-sc" && number != 0 && number != 1)
    return "Error: option -sc not followed 0 (secure channel off) or 1 (secure channel on)";
  if (option == "-readerNumber" && number < 1)
    return "Error: option -readerNumber must be followed by number > 0";
  if (option == "-protocol" && number != 0 && number != 1)
    return fmt::format("Unknown protocol type {}", value);
  if ((option == "-element" || option == "-keyType") && !begins_with_hex(value))
    return fmt::format("Error: option {} followed by an illegal string {}", option, value);
  if (option == "-format" && number != 0 && number != 2)
    return fmt::format("Error: option -format followed by an unsupported format {}", value);
  if (option == "-keyDerivation" && std::ranges::find(kDerivations, value) == kDerivations.end())
    return fmt::format("Error: Unknown key derivation method {}", value);
  return "";
}

}  // namespace gpsh::interpreter
