// SPDX-License-Identifier: Apache-2.0
#include "interpreter/checks/allow.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/suggest.h"
#include "interpreter/checks/codes.h"

namespace gpsh::interpreter::checks {
namespace {

constexpr std::string_view kMark = "gpsh:allow";
constexpr std::string_view kPrefix = "gpsh.";

/// The word behind the mark; the mark stands at a comment sign or is the comment's first word.
std::size_t first_code(const std::vector<Word>& words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (!words[at].starts_comment()) continue;
    auto text = words[at].literal();
    text.erase(0, text.starts_with('#') ? 1 : 2);
    if (text == kMark) return at + 1;
    if (text.empty() && at + 1 < words.size() && words[at + 1].literal() == kMark) return at + 2;
    return words.size();
  }
  return words.size();
}

void unknown_code(const Word& word, std::string_view code, BoundLine& bound) {
  auto candidates = all_codes();
  std::erase_if(candidates, [](const auto& each) { return !can_be_allowed(*find_code(each)); });
  const auto near = suggest(code, candidates);
  bound.diagnostics.push_back(
      {.severity = Severity::warning,
       .code = "unknown-code",
       .text = fmt::format("no check has the code {}", code),
       .span = word.span,
       .advice = near ? fmt::format("did you mean {}?", *near) : "gpsh help checks lists the codes"});
}

}  // namespace

void read_allowed(const ScriptLine& line, BoundLine& bound) {
  for (auto at = first_code(line.words); at < line.words.size(); ++at) {
    auto code = line.words[at].literal();
    if (code.starts_with(kPrefix)) code.erase(0, kPrefix.size());
    const auto* known = find_code(code);
    if (known == nullptr || !can_be_allowed(*known)) {
      unknown_code(line.words[at], code, bound);
    } else {
      bound.allowed.push_back(std::move(code));
    }
  }
}

void drop_allowed(BoundLine& bound) {
  std::erase_if(bound.diagnostics, [&](const Diagnostic& diagnostic) {
    return diagnostic.severity != Severity::error &&
           std::ranges::find(bound.allowed, diagnostic.code) != bound.allowed.end();
  });
}

}  // namespace gpsh::interpreter::checks
