// SPDX-License-Identifier: Apache-2.0
#include "sessions/logged_keys.h"

#include <algorithm>
#include <array>
#include <optional>

namespace gpsh::sessions {
namespace {

using gp::KeySet;
using gp::Secret;

enum class Place { all, enc, mac, dek };

struct KeyWord {
  std::string_view word;
  Place place;
};

constexpr std::array kKeyWords = {
    KeyWord{"-key", Place::all},     KeyWord{"-enc_key", Place::enc}, KeyWord{"-mac_key", Place::mac},
    KeyWord{"-kek_key", Place::dek}, KeyWord{"EncKey", Place::enc},   KeyWord{"MacKey", Place::mac},
    KeyWord{"DekKey", Place::dek},
};

/// The key at the start of `text`, after blanks or an equals sign.
std::optional<Secret> key_at(std::string_view text) {
  const auto separators = std::min(text.find_first_not_of(" \t="), text.size());
  if (separators == 0) return std::nullopt;
  text.remove_prefix(separators);
  auto key = Secret::from_hex(text.substr(0, text.find_first_not_of("0123456789ABCDEFabcdef")));
  if (!key || (key->size() != 16 && key->size() != 24 && key->size() != 32)) return std::nullopt;
  return key;
}

/// The key that follows `word`, if one does; -keyver is another word than -key.
std::optional<Secret> key_after(std::string_view line, std::string_view word) {
  for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    if (auto key = key_at(line.substr(at + word.size()))) return key;
  }
  return std::nullopt;
}

void put(KeySet& keys, Place place, Secret key) {
  switch (place) {
    case Place::all:
      for (auto* each : {&keys.enc, &keys.mac, &keys.dek}) *each = key.clone();
      return;
    case Place::enc: keys.enc = std::move(key); return;
    case Place::mac: keys.mac = std::move(key); return;
    case Place::dek: keys.dek = std::move(key); return;
  }
}

KeySet keys_of_line(std::string_view line) {
  KeySet keys;
  for (const auto& word : kKeyWords) {
    if (auto key = key_after(line, word.word)) put(keys, word.place, std::move(*key));
  }
  return keys;
}

bool is_empty(const KeySet& keys) {
  return keys.enc.empty() && keys.mac.empty() && keys.dek.empty();
}

bool same(const KeySet& a, const KeySet& b) {
  return a.enc == b.enc && a.mac == b.mac && a.dek == b.dek;
}

}  // namespace

std::vector<LoggedKeys> find_logged_keys(std::string_view text) {
  std::vector<LoggedKeys> found;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    auto keys = keys_of_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto known = [&](const LoggedKeys& before) { return same(before.keys, keys); };
    if (is_empty(keys) || std::ranges::any_of(found, known)) continue;
    found.push_back({.keys = std::move(keys), .line = number});
  }
  return found;
}

}  // namespace gpsh::sessions
