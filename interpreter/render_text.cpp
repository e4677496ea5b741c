// SPDX-License-Identifier: Apache-2.0
#include "interpreter/render_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace gpsh::interpreter {
namespace {

constexpr std::size_t kExcerptBytes = 110;
constexpr std::string_view kIndent = "  ";

std::string_view word(Severity severity) {
  switch (severity) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: break;
  }
  return "error";
}

std::string_view escape_sequence(Severity severity) {
  switch (severity) {
    case Severity::note: return "\x1b[1;36m";
    case Severity::warning: return "\x1b[1;33m";
    case Severity::error: break;
  }
  return "\x1b[1;31m";
}

std::string heading(const Diagnostic& diagnostic, Colour colour) {
  const auto label = fmt::format("{}[gpsh.{}]", word(diagnostic.severity), diagnostic.code);
  if (colour == Colour::off) return fmt::format("{}: {}\n", label, diagnostic.text);
  return fmt::format("{}{}\x1b[0m: {}\n", escape_sequence(diagnostic.severity), label, diagnostic.text);
}

/// The part of the line around the span that fits, and the caret line below it.
std::string excerpt(const Source& source, Span span) {
  const auto line = source.line_at(span.offset);
  const auto column = span.offset - line.offset;
  const auto start = column < kExcerptBytes * 3 / 4 ? 0 : column - kExcerptBytes / 2;
  std::string shown(source.shown(line).substr(std::min(start, line.length), kExcerptBytes));
  std::ranges::replace_if(
      shown, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '.');
  const auto caret_at = column - start;
  const auto room = shown.size() > caret_at ? shown.size() - caret_at : 1;
  const auto carets = std::clamp<std::size_t>(span.length, 1, std::max<std::size_t>(room, 1));
  return fmt::format("{0}{1}\n{0}{2}{3}\n", kIndent, shown, std::string(caret_at, ' '),
                     std::string(carets, '^'));
}

std::string details(const Diagnostic& diagnostic) {
  std::string text;
  for (const auto& fact : diagnostic.facts) text += fmt::format("{}{}\n", kIndent, fact);
  if (!diagnostic.advice.empty()) text += fmt::format("{}advice: {}\n", kIndent, diagnostic.advice);
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
