// SPDX-License-Identifier: Apache-2.0
#include "interpreter/prompt.h"

#include <fmt/format.h>

namespace gpsh::interpreter {
namespace {

constexpr std::size_t kLongestName = 16;
constexpr std::size_t kStartDigits = 4;
constexpr std::size_t kEndDigits = 2;

std::string short_aid(const Aid& aid, PromptCharacters characters) {
  const auto text = aid.text();
  if (text.size() <= kStartDigits + kEndDigits) return text;
  return fmt::format("{}{}{}", text.substr(0, kStartDigits),
                     characters == PromptCharacters::unicode ? "\u2026" : "..",
                     text.substr(text.size() - kEndDigits));
}

std::string level_words(gp::SecurityLevel level) {
  std::string words;
  const auto add = [&](bool there, std::string_view word) {
    if (there) words += fmt::format("{}{}", words.empty() ? "" : "+", word);
  };
  add(level.c_mac(), "mac");
  add(level.c_decryption(), "enc");
  add(level.r_mac(), "rmac");
  add(level.r_encryption(), "renc");
  return words.empty() ? "none" : words;
}

}  // namespace

std::string prompt(const SessionState& state, std::string_view card_name, PromptCharacters characters) {
  std::string text = state.mode == gp::CardMode::open_platform_201 ? "op201" : "gp211";
  if (state.card) {
    const auto reader = state.card->connection_info().reader;
    const auto name = card_name.empty() ? std::string_view(reader).substr(0, reader.find(' ')) : card_name;
    text += fmt::format(" {}", name.substr(0, kLongestName));
    if (const auto& aid = state.card->selected_aid()) text += " " + short_aid(*aid, characters);
    if (const auto* channel = state.card->channel())
      text += fmt::format(" scp{:02}:{}", channel->protocol, level_words(channel->level));
  }
  return text + "> ";
}

}  // namespace gpsh::interpreter
