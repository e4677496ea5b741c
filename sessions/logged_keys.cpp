// SPDX-License-Identifier: Apache-2.0
#include "sessions/logged_keys.h"

#include <algorithm>
#include <utility>

#include "sessions/key_words.h"
#include "sessions/log_lines.h"

namespace gpsh::sessions {
namespace {

using gp::KeySet;
using gp::Secret;

constexpr std::size_t kNeighbourLines = 6;

bool is_empty(const KeySet& keys) {
  return keys.enc.empty() && keys.mac.empty() && keys.dek.empty();
}

bool is_empty(const LoggedSessionKeys& keys) {
  return keys.enc.empty() && keys.mac.empty() && keys.response_mac.empty();
}

bool same(const LoggedKeys& a, const LoggedKeys& b) {
  return a.keys.enc == b.keys.enc && a.keys.mac == b.keys.mac && a.keys.dek == b.keys.dek;
}

bool same(const LoggedSessionKeys& a, const LoggedSessionKeys& b) {
  return a.enc == b.enc && a.mac == b.mac && a.response_mac == b.response_mac;
}

template <class Set>
void keep_once(std::vector<Set>& sets, Set set) {
  const auto known = [&](const Set& before) { return same(before, set); };
  if (sets.size() < KeyFinder::kMost && std::ranges::none_of(sets, known)) sets.push_back(std::move(set));
}

/// Fills an empty place; false when it was taken by another key.
bool fill(Secret& place, Secret& key) {
  if (key.empty()) return true;
  if (!place.empty()) return place == key;
  place = std::move(key);
  return true;
}

}  // namespace

struct KeyFinder::Found {
  KeySet keys{};
  LoggedSessionKeys session{};
  std::size_t places = 0;

  Found(std::string_view line, KeyContext context) {
    for (auto& [place, key] : named_keys_in(line, context)) {
      ++places;
      put(place, std::move(key));
    }
  }

 private:
  void put(KeyPlace place, Secret key) {
    switch (place) {
      case KeyPlace::all:
        places += 2;
        for (auto* each : {&keys.enc, &keys.mac, &keys.dek}) *each = key.clone();
        return;
      case KeyPlace::enc: keys.enc = std::move(key); return;
      case KeyPlace::mac: keys.mac = std::move(key); return;
      case KeyPlace::dek: keys.dek = std::move(key); return;
      case KeyPlace::session_enc: session.enc = std::move(key); return;
      case KeyPlace::session_mac: session.mac = std::move(key); return;
      case KeyPlace::session_response_mac: session.response_mac = std::move(key); return;
    }
  }
};

void KeyFinder::line(std::string_view text, std::size_t number) {
  if (speaks_of_session_keys(text)) session_line_ = number;
  const bool session = session_line_ != 0 && number - session_line_ <= kNeighbourLines;
  context_ = session ? KeyContext::session_keys : KeyContext::static_keys;
  if (broken_.may_go_on_with(text)) return broken_.add(text);
  take_broken();
  if (!BrokenLine::may_begin_with(text)) return take(Found(text, context_), number);
  broken_.add(text);
  broken_line_ = number;
  broken_context_ = context_;
}

/// As many rows are one line as give the most keys; a row that only looked like the next one stands for
/// itself.
void KeyFinder::take_broken() {
  while (broken_.rows() > 0) {
    std::size_t best = 1;
    Found found(broken_.joined(1), broken_context_);
    for (std::size_t rows = 2; rows <= broken_.rows(); ++rows) {
      Found more(broken_.joined(rows), broken_context_);
      if (more.places < found.places || more.places == 0) continue;
      found = std::move(more);
      best = rows;
    }
    take(std::move(found), broken_line_);
    broken_.drop(best);
    broken_line_ += best;
  }
}

void KeyFinder::finish() {
  take_broken();
  if (open_) keep(std::move(*std::exchange(open_, std::nullopt)));
  if (open_session_) keep(std::move(*std::exchange(open_session_, std::nullopt)));
}

void KeyFinder::take(Found found, std::size_t number) {
  if (found.places == 0) return;
  const bool alone = found.places == 1 && number - last_line_ <= kNeighbourLines;
  last_line_ = number;
  if (!is_empty(found.keys)) {
    const bool joins = alone && open_ && fill(open_->keys.enc, found.keys.enc) &&
                       fill(open_->keys.mac, found.keys.mac) && fill(open_->keys.dek, found.keys.dek);
    if (!joins) {
      if (open_) keep(std::move(*open_));
      open_ = LoggedKeys{.keys = std::move(found.keys), .line = number};
    }
  }
  auto& session = found.session;
  if (is_empty(session)) return;
  const bool joins = alone && open_session_ && fill(open_session_->enc, session.enc) &&
                     fill(open_session_->mac, session.mac) &&
                     fill(open_session_->response_mac, session.response_mac);
  if (joins) return;
  if (open_session_) keep(std::move(*open_session_));
  open_session_ = std::move(session);
  open_session_->line = number;
}

void KeyFinder::keep(LoggedKeys set) {
  keep_once(keys_, std::move(set));
}

void KeyFinder::keep(LoggedSessionKeys set) {
  keep_once(session_keys_, std::move(set));
}

std::vector<LoggedKeys> find_logged_keys(std::string_view text) {
  KeyFinder finder;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    finder.line(trimmed(text.substr(0, end)), number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  finder.finish();
  return std::move(finder.keys());
}

}  // namespace gpsh::sessions
