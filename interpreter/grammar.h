// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tao/pegtl.hpp>

/// GPShell's lexing: lines, words, quotes, variables, comments. No command names: those belong to the table.
/// Every byte string matches; rules named unclosed_... and text_after_quote mark words that cannot be used.
namespace gpsh::grammar {

namespace p = tao::pegtl;

// clang-format off
// NOLINTBEGIN(readability-identifier-naming)
struct separator         : p::one<' ', '\t', '\r', ','> {};
struct line_end          : p::one<'\n'> {};
struct end_of_word       : p::sor<separator, line_end, p::eof> {};
struct end_of_line       : p::sor<line_end, p::eof> {};
struct rest_of_line      : p::until<p::at<end_of_line>> {};

struct variable_start    : p::string<'$', '{'> {};
struct variable_name     : p::plus<p::not_one<'}', '"', ' ', '\t', '\r', ',', '\n'>> {};
struct variable          : p::seq<variable_start, variable_name, p::one<'}'>> {};
struct unclosed_variable : variable_start {};

struct plain_text        : p::plus<p::not_at<variable_start>, p::not_at<end_of_word>, p::any> {};
struct quoted_text       : p::plus<p::not_at<variable_start>, p::not_one<'"', '\n'>> {};
struct quote             : p::one<'"'> {};
struct unclosed_quote    : p::at<end_of_line> {};
struct text_after_quote  : p::plus<p::not_at<end_of_word>, p::any> {};

struct quoted_content    : p::star<p::sor<variable, unclosed_variable, quoted_text>> {};
struct quoted_word       : p::seq<quote, quoted_content, p::sor<p::seq<quote, p::opt<text_after_quote>>, unclosed_quote>> {};
struct bare_word         : p::plus<p::sor<variable, unclosed_variable, plain_text>> {};
struct word              : p::sor<quoted_word, bare_word> {};

struct comment_sign      : p::sor<p::one<'#'>, p::string<'/', '/'>> {};
struct comment_line      : p::seq<comment_sign, rest_of_line> {};
struct command_line      : p::list_tail<word, p::plus<separator>> {};
struct content           : p::sor<comment_line, command_line> {};
struct filled_line       : p::sor<p::seq<p::plus<separator>, p::opt<content>>, content> {};
struct line              : p::sor<line_end, p::seq<filled_line, p::sor<line_end, p::eof>>> {};
// Some editors begin UTF-8 files with it.
struct byte_order_mark   : p::string<'\xEF', '\xBB', '\xBF'> {};
struct script            : p::seq<p::opt<byte_order_mark>, p::star<line>, p::eof> {};
// NOLINTEND(readability-identifier-naming)
// clang-format on

}  // namespace gpsh::grammar
