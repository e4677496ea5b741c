// SPDX-License-Identifier: Apache-2.0
#include "interpreter/lookalikes.h"

#include <fmt/format.h>

#include <array>

namespace gpsh::interpreter {
namespace {

struct Lookalike {
  std::string_view bytes;  ///< UTF-8
  std::string_view what;
  std::string_view instead;
};

constexpr std::string_view kBlank = "type a blank";
constexpr std::string_view kDash = "type -";
constexpr std::string_view kQuote = "type \"";
constexpr std::string_view kNothing = "delete it";

constexpr std::array kLookalikes = {
    Lookalike{"\xC2\xA0", "a no-break space (U+00A0)", kBlank},
    Lookalike{"\xE2\x80\xAF", "a narrow no-break space (U+202F)", kBlank},
    Lookalike{"\xE3\x80\x80", "an ideographic space (U+3000)", kBlank},
    Lookalike{"\xC2\xAD", "a soft hyphen (U+00AD)", kNothing},
    Lookalike{"\xE2\x80\x8B", "a zero width space (U+200B)", kNothing},
    Lookalike{"\xEF\xBB\xBF", "a byte order mark (U+FEFF)", kNothing},
    Lookalike{"\xE2\x80\x90", "a hyphen (U+2010)", kDash},
    Lookalike{"\xE2\x80\x91", "a no-break hyphen (U+2011)", kDash},
    Lookalike{"\xE2\x80\x93", "an en dash (U+2013)", kDash},
    Lookalike{"\xE2\x80\x94", "an em dash (U+2014)", kDash},
    Lookalike{"\xE2\x88\x92", "a minus sign (U+2212)", kDash},
    Lookalike{"\xE2\x80\x9C", "a curly quote (U+201C)", kQuote},
    Lookalike{"\xE2\x80\x9D", "a curly quote (U+201D)", kQuote},
    Lookalike{"\xE2\x80\x9E", "a low quote (U+201E)", kQuote},
};

}  // namespace

std::optional<std::string> advice_on_lookalike(std::string_view word) {
  auto first = std::string_view::npos;
  const Lookalike* found = nullptr;
  for (const auto& each : kLookalikes) {
    const auto at = word.find(each.bytes);
    if (at >= first) continue;
    first = at;
    found = &each;
  }
  if (found == nullptr) return std::nullopt;
  return fmt::format("{} stands in it, as word processors and web pages make them: {}", found->what,
                     found->instead);
}

}  // namespace gpsh::interpreter
