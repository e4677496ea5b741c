// SPDX-License-Identifier: Apache-2.0
#include "interpreter/card_watch.h"

#include <algorithm>

#include "core/error.h"

namespace gpsh::interpreter {

std::optional<CardChange> CardWatch::look(const std::string& connected) {
  if (!connected.empty()) {
    reader_ = connected;
    out_ = false;
  }
  if (reader_.empty()) return std::nullopt;
  const auto in = card_is_in();
  if (!in || *in != out_) return std::nullopt;
  out_ = !*in;
  if (*in) return CardChange{CardChange::Kind::inserted, reader_};
  // Nobody misses a card that is not connected.
  if (connected.empty()) return std::nullopt;
  return CardChange{CardChange::Kind::removed, reader_};
}

std::optional<bool> CardWatch::card_is_in() const {
  try {
    const auto readers = access_.list_readers();
    const auto found = std::ranges::find(readers, reader_, &ReaderInfo::name);
    return found != readers.end() && !found->atr.empty();
  } catch (const Error& error) {
    if (error.code() == "no-reader") return false;
    return std::nullopt;
  }
}

}  // namespace gpsh::interpreter
