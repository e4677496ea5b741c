// SPDX-License-Identifier: Apache-2.0
#include "interpreter/recorded_text.h"

#include "interpreter/command_table.h"
#include "interpreter/parse.h"

namespace gpsh::interpreter {
namespace {

constexpr std::string_view kHidden = "<hidden>";
constexpr std::string_view kNoStop = "-noStop";

/// What may be shown of a word after the command's name, and of the one after it.
enum class Shown { option, open_option, nothing };

Shown shown(const std::string& word) {
  if (word == kNoStop) return Shown::option;
  const auto* info = find_option_of_any_command(word);
  if (info == nullptr) return Shown::nothing;
  // Raw bytes may hold a PIN or a key in clear.
  const bool may_be_secret = info->secrecy == Secrecy::secret || word == "-APDU" || word == "-data";
  return may_be_secret ? Shown::option : Shown::open_option;
}

}  // namespace

std::string recorded_text(std::string_view line) {
  const auto parsed = parse(Source("line", std::string(line)));
  if (parsed.lines.empty()) return {};
  const auto& words = parsed.lines.front().words;
  auto text = words.front().literal();
  auto before = Shown::nothing;
  for (auto word = words.begin() + 1; word != words.end() && !word->starts_comment(); ++word) {
    const auto literal = word->literal();
    const bool value = before == Shown::open_option;
    const auto now = value ? Shown::nothing : shown(literal);
    text += " ";
    text += value || now != Shown::nothing ? literal : kHidden;
    before = now;
  }
  return text;
}

}  // namespace gpsh::interpreter
