// SPDX-License-Identifier: Apache-2.0
#include "interpreter/render_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/utf8.h"

namespace gpsh::interpreter {
namespace {

constexpr std::size_t kExcerptBytes = 110;
constexpr std::string_view kIndent = "  ";

std::string_view escape_sequence(Severity severity) {
  switch (severity) {
    case Severity::note: return "\x1b[1;36m";
    case Severity::warning: return "\x1b[1;33m";
    case Severity::error: break;
  }
  return "\x1b[1;31m";
}

/// Nothing that could steer a terminal, and no broken characters.
std::string printable(std::string_view text) {
  std::string safe(text);
  const bool keep_high = is_utf8(text);
  std::ranges::replace_if(
      safe,
      [keep_high](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !keep_high);
      },
      '.');
  // C1 control characters, in UTF-8 C2 80 to C2 9F.
  for (std::size_t at = 0; keep_high && at + 1 < safe.size(); ++at) {
    const bool c1 = safe[at] == '\xC2' && static_cast<unsigned char>(safe[at + 1]) < 0xA0;
    if (c1) safe.replace(at, 2, ".");
  }
  return safe;
}

std::string heading(const Diagnostic& diagnostic, Colour colour) {
  const auto label = fmt::format("{}[gpsh.{}]", severity_word(diagnostic.severity), diagnostic.code);
  const auto text = printable(diagnostic.text);
  if (colour == Colour::off) return fmt::format("{}: {}\n", label, text);
  return fmt::format("{}{}\x1b[0m: {}\n", escape_sequence(diagnostic.severity), label, text);
}

/// A line as messages show it, cut where a span begins and ends.
struct CutLine {
  std::string before;
  std::string marked;
  std::string behind;
};

/// A mask is not as long as what it hides, so pieces are taken, and no offsets.
CutLine cut_line(const Source& source, Span span) {
  const auto line = source.line_at(span.offset);
  const auto end = line.offset + line.length;
  const auto marked = source.with_whole_values(span);
  const auto from = std::clamp(marked.offset, line.offset, end);
  const auto to = std::clamp(marked.offset + marked.length, from, end);
  return {.before = source.shown({line.offset, from - line.offset}),
          .marked = source.shown({from, to - from}),
          .behind = source.shown({to, end - to})};
}

/// The part of the line around the span that fits, and the caret line below it.
std::string excerpt(const Source& source, Span span) {
  const auto line = cut_line(source, span);
  const auto column = line.before.size();
  const auto start = column < kExcerptBytes * 3 / 4 ? 0 : column - kExcerptBytes / 2;
  const auto shown = printable((line.before + line.marked + line.behind).substr(start, kExcerptBytes));
  const std::string_view view = shown;
  const auto before = std::min(column - start, view.size());
  const auto carets = std::max<std::size_t>(characters(view.substr(before, line.marked.size())), 1);
  return fmt::format("{0}{1}\n{0}{2}{3}\n", kIndent, shown,
                     std::string(characters(view.substr(0, before)), ' '), std::string(carets, '^'));
}

std::string details(const Diagnostic& diagnostic) {
  std::string text;
  for (const auto& fact : diagnostic.facts) text += fmt::format("{}{}\n", kIndent, printable(fact));
  if (!diagnostic.advice.empty())
    text += fmt::format("{}advice: {}\n", kIndent, printable(diagnostic.advice));
  return text;
}

}  // namespace

std::string render_text(const Diagnostic& diagnostic, const Source& source, Colour colour) {
  if (!diagnostic.span)
    return fmt::format("{}: {}{}", source.name(), heading(diagnostic, colour), details(diagnostic));
  const auto place = source.position(diagnostic.span->offset);
  auto text =
      fmt::format("{}:{}:{}: {}", source.name(), place.line, place.column, heading(diagnostic, colour));
  if (diagnostic.severity != Severity::note) text += excerpt(source, *diagnostic.span);
  return text + details(diagnostic);
}

std::string render_text(const Diagnostic& diagnostic, Colour colour) {
  return "gpsh: " + heading(diagnostic, colour) + details(diagnostic);
}

}  // namespace gpsh::interpreter
