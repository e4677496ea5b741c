// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/direction_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "sessions/log_lines.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kLongestLabel = 48;

struct Word {
  std::string_view text;
  EntryKind kind;
};

constexpr auto kOut = EntryKind::wire_command;
constexpr auto kIn = EntryKind::response;

/// In lower case, without blanks, dashes and brackets.
constexpr std::array kWords = {
    Word{"send", kOut},        Word{"sent", kOut},        Word{"sending", kOut},
    Word{"tx", kOut},          Word{"transmit", kOut},    Word{"command", kOut},
    Word{"commandapdu", kOut}, Word{"capdu", kOut},       Word{"apdu", kOut},
    Word{"request", kOut},     Word{"c", kOut},           Word{"cmd", kOut},
    Word{"sendapdu", kOut},    Word{"sendingapdu", kOut}, Word{"apdutx", kOut},
    Word{"txapdu", kOut},      Word{"out", kOut},         Word{"tocard", kOut},
    Word{"recv", kIn},         Word{"received", kIn},     Word{"receive", kIn},
    Word{"resp", kIn},         Word{"response", kIn},     Word{"responseapdu", kIn},
    Word{"rapdu", kIn},        Word{"rx", kIn},           Word{"r", kIn},
    Word{"rsp", kIn},          Word{"in", kIn},           Word{"answer", kIn},
    Word{"apduresponse", kIn}, Word{"apdurx", kIn},       Word{"rxapdu", kIn},
    Word{"fromcard", kIn},     Word{"receivedapdu", kIn}, Word{"receivedresponse", kIn},
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_letter(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}

/// The letters of a label; empty when it has anything but letters, blanks, dashes and brackets.
std::string letters_of(std::string_view label) {
  std::string letters;
  for (const char c : label) {
    if (is_letter(c)) {
      letters += lower(c);
    } else if (std::string_view(" \t-_[]#").find(c) == std::string_view::npos) {
      return {};
    }
  }
  return letters;
}

std::optional<EntryKind> kind_of(std::string_view label) {
  const auto letters = letters_of(label);
  const auto* word = std::ranges::find_if(kWords, [&](const Word& each) { return each.text == letters; });
  return word == kWords.end() ? std::nullopt : std::optional(word->kind);
}

}  // namespace

std::optional<Direction> direction_of(std::string_view line) {
  // The label may stand behind others: "smCom :DEBUG:Tx>".
  std::size_t start = 0;
  for (;;) {
    const auto end = line.find_first_of(":><=", start);
    if (end == std::string_view::npos || end > kLongestLabel) return std::nullopt;
    const auto kind = kind_of(line.substr(start, end - start));
    if (kind && line[end] == (*kind == kOut ? '<' : '>')) return std::nullopt;
    if (kind) {
      const auto rest = std::min(line.find_first_not_of(":><=- \t", end), line.size());
      return Direction{.kind = *kind, .rest = line.substr(rest)};
    }
    start = end + 1;
  }
}

}  // namespace gpsh::sessions
