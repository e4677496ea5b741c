// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "sessions/importers/log_entry.h"
#include "sessions/logged_exchange.h"

namespace gpsh::sessions {

/// Puts the entries of a log together to exchanges and hands each on as soon as it is known to be whole.
class ExchangeBuilder {
 public:
  explicit ExchangeBuilder(std::function<void(LoggedExchange)> sink) : sink_(std::move(sink)) {}

  void add(WholeEntry entry);
  void finish();

  /// After finish(): the plain command that the log ends with, where its wire form is not there.
  [[nodiscard]] const std::optional<WholeEntry>& unsent() const { return unsent_; }
  /// Entries that belong to no exchange.
  [[nodiscard]] std::size_t not_understood() const { return not_understood_; }

 private:
  enum class Awaited { nothing, answer, answer_or_chain };

  void plain_command(WholeEntry entry);
  void wire_command(WholeEntry entry);
  void chained_command(WholeEntry entry);
  void response(WholeEntry entry);
  void unwrapped_response(WholeEntry entry);
  void begin(WholeEntry wire, Awaited awaited);
  void drop_unsent();
  void hand_on();

  std::function<void(LoggedExchange)> sink_;
  std::optional<WholeEntry> unsent_;  // a plain command whose wire form was not seen so far
  std::optional<LoggedExchange> current_;
  Awaited awaited_ = Awaited::nothing;
  bool in_chain_ = false;
  std::optional<std::chrono::microseconds> duration_;  // told between command and response
  std::size_t not_understood_ = 0;
};

}  // namespace gpsh::sessions
