// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/card_access.h"

namespace gpsh::interpreter {

struct CardChange {
  enum class Kind { removed, inserted };
  Kind kind = Kind::removed;
  std::string reader;
};

/// Notices, between commands, that a session's card was taken out of its reader, and that one was put in.
/// Cards are not disturbed. `access` outlives it.
class CardWatch {
 public:
  explicit CardWatch(CardAccess& access) : access_(access) {}

  /// What has changed since the last look. `connected` is the reader of the session's card, empty without
  /// one: then the reader of the last card is watched. A reader that is gone holds no card; readers that
  /// cannot be listed tell nothing. Does not throw.
  [[nodiscard]] std::optional<CardChange> look(const std::string& connected);

 private:
  [[nodiscard]] std::optional<bool> card_is_in() const;

  CardAccess& access_;
  std::string reader_;
  bool out_ = false;
};

}  // namespace gpsh::interpreter
