// SPDX-License-Identifier: Apache-2.0
#include "sessions/key_words.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "sessions/importers/hex_text.h"
#include "sessions/log_lines.h"

namespace gpsh::sessions {
namespace {

using gp::Secret;

/// How the word must be followed.
enum class Follow { blank_or_equals, equals_or_colon, nothing };
constexpr std::string_view kOptionSeparators =
    " \t=,\"";  // a comma is a blank in scripts, and values may be quoted

struct KeyWord {
  std::string_view word;
  KeyPlace place;
  Follow follow = Follow::blank_or_equals;
};

/// The longer one first where one is the start of another.
constexpr std::array kKeyWords = {
    KeyWord{"--key-enc", KeyPlace::enc},
    KeyWord{"--key-mac", KeyPlace::mac},
    KeyWord{"--key-dek", KeyPlace::dek},
    KeyWord{"--key", KeyPlace::all},
    KeyWord{"-key", KeyPlace::all},
    KeyWord{"-enc_key", KeyPlace::enc},
    KeyWord{"-mac_key", KeyPlace::mac},
    KeyWord{"-kek_key", KeyPlace::dek},
    KeyWord{"-enc", KeyPlace::enc},
    KeyWord{"-mac", KeyPlace::mac},
    KeyWord{"-kek", KeyPlace::dek},
    KeyWord{"EncKey", KeyPlace::enc},
    KeyWord{"MacKey", KeyPlace::mac},
    KeyWord{"DekKey", KeyPlace::dek},
    KeyWord{"/1/DES-ECB/", KeyPlace::enc, Follow::nothing},
    KeyWord{"/2/DES-ECB/", KeyPlace::mac, Follow::nothing},
    KeyWord{"/3/DES-ECB/", KeyPlace::dek, Follow::nothing},
    KeyWord{"S_ENC", KeyPlace::session_enc, Follow::equals_or_colon},
    KeyWord{"S-ENC", KeyPlace::session_enc, Follow::equals_or_colon},
    KeyWord{"S_MAC", KeyPlace::session_mac, Follow::equals_or_colon},
    KeyWord{"S-MAC", KeyPlace::session_mac, Follow::equals_or_colon},
    KeyWord{"S-RMAC", KeyPlace::session_response_mac, Follow::equals_or_colon},
    KeyWord{"S_RMAC", KeyPlace::session_response_mac, Follow::equals_or_colon},
    KeyWord{"RMAC", KeyPlace::session_response_mac, Follow::equals_or_colon},
    KeyWord{"session ENC key is", KeyPlace::session_enc},
    KeyWord{"session MAC key is", KeyPlace::session_mac},
    KeyWord{"ENC", KeyPlace::enc, Follow::equals_or_colon},
    KeyWord{"MAC", KeyPlace::mac, Follow::equals_or_colon},
    KeyWord{"DEK", KeyPlace::dek, Follow::equals_or_colon},
    KeyWord{"KEK", KeyPlace::dek, Follow::equals_or_colon},
};

/// What GlobalPlatformPro of older versions puts between the name of a key and the key.
constexpr std::array<std::string_view, 2> kFillers = {"Value:", "bytes="};
constexpr std::size_t kLongestFiller = 48;

constexpr std::size_t kLongestKeyDigits = 64;

bool is_word_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

bool is_key_length(std::size_t bytes) {
  return bytes == 16 || bytes == 24 || bytes == 32;
}

/// A key as one word, or as words of one byte.
std::optional<Secret> key_in(std::string_view text) {
  const auto word = std::min(text.find_first_not_of("0123456789ABCDEFabcdef"), text.size());
  if (word != 2) {
    auto key = Secret::from_hex(text.substr(0, word));
    return key && is_key_length(key->size()) ? std::move(key) : std::nullopt;
  }
  const auto words = leading_hex(text.substr(0, 3 * kLongestKeyDigits / 2));
  std::string digits;
  std::ranges::copy_if(words, std::back_inserter(digits), is_hex_digit);
  // Two keys of triple DES with the first one once more.
  const bool repeats = digits.size() == 48 && digits.compare(0, 16, digits, 32, 16) == 0;
  if (repeats) digits.resize(32);
  auto key = Secret::from_hex(digits);
  std::ranges::fill(digits, '0');
  return key && is_key_length(key->size()) ? std::move(key) : std::nullopt;
}

std::string_view without_filler(std::string_view text) {
  const auto near = text.substr(0, kLongestFiller);
  for (const auto filler : kFillers) {
    const auto at = near.find(filler);
    if (at != std::string_view::npos) return text.substr(at + filler.size());
  }
  return text;
}

/// The key that follows the word, if one does; -keyver is another word than -key.
std::optional<Secret> key_behind(std::string_view text, Follow follow) {
  if (follow == Follow::nothing) return key_in(text);
  const auto wanted = follow == Follow::blank_or_equals ? kOptionSeparators : std::string_view(" \t=:");
  const auto separators = std::min(text.find_first_not_of(wanted), text.size());
  const auto between = text.substr(0, separators);
  if (between.empty()) return std::nullopt;
  if (follow == Follow::equals_or_colon && between.find_first_of("=:") == std::string_view::npos) {
    return std::nullopt;
  }
  return key_in(without_filler(text.substr(separators)));
}

bool starts_word(std::string_view line, std::size_t at, std::string_view word) {
  return at == 0 || word.front() == '/' || !is_word_character(line[at - 1]);
}

/// Of an option that is repeated the last counts, as in a script.
std::optional<Secret> key_named(std::string_view line, const KeyWord& word) {
  std::optional<Secret> found;
  for (auto at = line.find(word.word); at != std::string_view::npos; at = line.find(word.word, at + 1)) {
    if (!starts_word(line, at, word.word)) continue;
    auto key = key_behind(line.substr(at + word.word.size()), word.follow);
    if (key) found = std::move(key);
    if (found && word.word.front() != '-') break;
  }
  return found;
}

/// Most lines of a log end in the hex of an APDU, longer than any key: no name stands in it.
std::string_view without_long_hex(std::string_view line) {
  if (line.size() <= kLongestKeyDigits) return line;
  const auto tail = line.substr(line.size() - kLongestKeyDigits - 1);
  if (!std::ranges::all_of(tail, is_hex_digit)) return line;
  while (!line.empty() && is_hex_digit(line.back())) line.remove_suffix(1);
  return line;
}

KeyPlace in_session(KeyPlace place) {
  if (place == KeyPlace::enc) return KeyPlace::session_enc;
  return place == KeyPlace::mac ? KeyPlace::session_mac : place;
}

}  // namespace

bool speaks_of_session_keys(std::string_view line) {
  return line.find("ession key") != std::string_view::npos ||
         line.find("ession Key") != std::string_view::npos ||
         line.find("SessionKeys") != std::string_view::npos;
}

bool names_key(std::string_view word) {
  return std::ranges::any_of(kKeyWords, [&](const KeyWord& each) { return each.word == word; });
}

std::vector<NamedKey> named_keys_in(std::string_view line, KeyContext context) {
  line = without_long_hex(line);
  std::vector<NamedKey> found;
  if (line.size() < 2 * 16) return found;
  for (const auto& word : kKeyWords) {
    auto key = key_named(line, word);
    if (!key) continue;
    const auto place = context == KeyContext::session_keys ? in_session(word.place) : word.place;
    const bool known = std::ranges::any_of(found, [&](const NamedKey& each) { return each.place == place; });
    if (!known) found.push_back({.place = place, .key = std::move(*key)});
  }
  return found;
}

}  // namespace gpsh::sessions
