// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "interpreter/grammar.h"

namespace gpsh::interpreter {

/// Message and advice of each rule that marks an unusable word.
template <class Rule>
struct SyntaxError;

template <>
struct SyntaxError<grammar::unclosed_quote> {
  static constexpr std::string_view code = "unclosed-quote";
  static constexpr std::string_view text = "this quote is not closed on its line";
  static constexpr std::string_view advice = "close it with \" before the end of the line";
};

template <>
struct SyntaxError<grammar::text_after_quote> {
  static constexpr std::string_view code = "text-after-quote";
  static constexpr std::string_view text = "a quoted value ends with its quote, but more text follows";
  static constexpr std::string_view advice = "put a blank after the closing quote";
};

template <>
struct SyntaxError<grammar::unclosed_variable> {
  static constexpr std::string_view code = "unclosed-variable";
  static constexpr std::string_view text = "${ without a name and a closing } in the same word";
  static constexpr std::string_view advice = "write ${NAME}; there is no way to write a literal ${";
};

}  // namespace gpsh::interpreter
