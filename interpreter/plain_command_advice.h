// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "core/error.h"
#include "gp/card_session.h"
#include "interpreter/bind.h"

namespace gpsh::interpreter {

/// Remembers the first command that went to the card as it is while a channel with C-MAC was open: many cards
/// abort the session then, and refuse what follows (GPCS 2.3.1 section E.1.6, AmdD 1.2 section 5.6).
class PlainCommands {
 public:
  /// Before and after a line runs. `card` is null without one.
  void before(const gp::CardSession* card);
  void after(const BoundLine& line, std::size_t number, const gp::CardSession* card);
  /// The lines that come have other numbers.
  void text_ended();

  /// A refusal with 6982 in such a channel, with the advice to send that command through it; any other
  /// failure stays as it is.
  [[nodiscard]] Error with_advice(const Error& error, const gp::CardSession* card) const;

 private:
  bool open_before_ = false;
  bool sent_ = false;
  std::optional<std::size_t> line_{};  ///< of the text that runs
};

}  // namespace gpsh::interpreter
