// SPDX-License-Identifier: Apache-2.0
#include "interpreter/parse.h"

#include <algorithm>
#include <string>
#include <tao/pegtl/contrib/analyze.hpp>

#include "interpreter/grammar.h"
#include "interpreter/syntax_errors.h"

namespace gpsh::interpreter {
namespace {

/// What the actions build: the current word, the current line, all lines.
struct Builder {
  std::vector<ScriptLine> lines;
  ScriptLine line;
  Word word;

  void add(Word::Piece::Kind kind, std::string text) { word.pieces.push_back({kind, std::move(text)}); }
};

template <class Input>
Span span_of(const Input& in) {
  return {.offset = in.position().byte, .length = in.size()};
}

template <class Rule>
struct Action : tao::pegtl::nothing<Rule> {};

template <>
struct Action<grammar::plain_text> {
  template <class Input>
  static void apply(const Input& in, Builder& builder) {
    builder.add(Word::Piece::Kind::text, in.string());
  }
};

template <>
struct Action<grammar::quoted_text> : Action<grammar::plain_text> {};

template <>
struct Action<grammar::variable> {
  template <class Input>
  static void apply(const Input& in, Builder& builder) {
    const auto whole = in.string();
    builder.add(Word::Piece::Kind::variable, whole.substr(2, whole.size() - 3));
  }
};

template <>
struct Action<grammar::quoted_word> {
  template <class Input>
  static void apply(const Input&, Builder& builder) {
    builder.word.quoted = true;
  }
};

template <class Rule>
struct ProblemAction {
  template <class Input>
  static void apply(const Input& in, Builder& builder) {
    using Facts = SyntaxError<Rule>;
    if (builder.word.problem) return;
    builder.word.problem = WordProblem{Facts::code, Facts::text, Facts::advice, span_of(in)};
  }
};

template <>
struct Action<grammar::text_after_quote> : ProblemAction<grammar::text_after_quote> {};
template <>
struct Action<grammar::unclosed_quote> : ProblemAction<grammar::unclosed_quote> {};
template <>
struct Action<grammar::unclosed_variable> : ProblemAction<grammar::unclosed_variable> {};

template <>
struct Action<grammar::word> {
  template <class Input>
  static void apply(const Input& in, Builder& builder) {
    builder.word.span = span_of(in);
    if (builder.word.problem && builder.word.problem->span.length == 0)
      builder.word.problem->span = builder.word.span;
    builder.line.words.push_back(std::move(builder.word));
    builder.word = {};
  }
};

template <>
struct Action<grammar::line> {
  template <class Input>
  static void apply(const Input& in, Builder& builder) {
    builder.line.span = span_of(in);
    if (!builder.line.words.empty()) builder.lines.push_back(std::move(builder.line));
    builder.line = {};
  }
};

std::optional<Diagnostic> find_nul(const Source& source) {
  const auto at = source.text().find('\0');
  if (at == std::string_view::npos) return std::nullopt;
  const auto count = std::count(source.text().begin(), source.text().end(), '\0');
  return Diagnostic{.severity = Severity::error,
                    .code = "nul-byte",
                    .text = "a NUL byte stands here (" + std::to_string(count) + " in the whole file)",
                    .span = Span{at, 1},
                    .advice = "a script is plain text; is this the right file, and not saved as UTF-16?"};
}

void find_long_lines(const Source& source, std::vector<Diagnostic>& to) {
  const auto text = source.text();
  for (std::size_t start = 0; start < text.size();) {
    const auto end = std::min(text.find('\n', start), text.size());
    if (end - start >= kMaxLineBytes) {
      to.push_back({.severity = Severity::error,
                    .code = "line-too-long",
                    .text = "this line has " + std::to_string(end - start) + " bytes, " +
                            std::to_string(kMaxLineBytes - 1) + " are the most",
                    .span = Span{start, 1},
                    .advice = "no command needs that much: is this a script?"});
    }
    start = end + 1;
  }
}

}  // namespace

ParsedScript parse(const Source& source) {
  ParsedScript script;
  if (auto nul = find_nul(source)) {
    script.diagnostics.push_back(*std::move(nul));
    return script;
  }
  find_long_lines(source, script.diagnostics);
  if (!script.diagnostics.empty()) return script;
  const auto text = source.text();
  tao::pegtl::memory_input input(text.data(), text.data() + text.size(), source.name());
  Builder builder;
  tao::pegtl::parse<grammar::script, Action>(input, builder);
  script.lines = std::move(builder.lines);
  return script;
}

std::size_t analyze_grammar() {
  return tao::pegtl::analyze<grammar::script>();
}

}  // namespace gpsh::interpreter
