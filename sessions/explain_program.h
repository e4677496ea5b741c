// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "gp/doctor.h"
#include "sessions/explain.h"
#include "sessions/logged_selection.h"
#include "sessions/verify_keys.h"

namespace gpsh::sessions {

/// Follows what GPShell itself says in a log, and knows why it stopped: the card refused GET DATA 0066, or
/// the card cryptogram did not fit.
class LoggedProgram {
 public:
  /// The keys must live longer.
  explicit LoggedProgram(const VerifyKeys& keys) : keys_(keys) {}

  /// Every line of the log.
  void line(const LogLine& line);
  /// The exchanges, each after the lines up to its answer.
  void exchange(const LoggedExchange& exchange);
  /// What is to be said of the lines before this one.
  [[nodiscard]] std::vector<ExplainedRemark> remarks_before(std::size_t line);

 private:
  enum class Stop { no_card_data, wrong_cryptogram };
  struct Stopped {
    Stop why = Stop::no_card_data;
    std::size_t line = 0;
    bool mode_211 = false;
  };

  [[nodiscard]] std::optional<ExplainedRemark> remark_on(const Stopped& stopped) const;
  [[nodiscard]] std::optional<ExplainedRemark> no_card_data(const Stopped& stopped) const;
  [[nodiscard]] std::optional<ExplainedRemark> wrong_cryptogram(const Stopped& stopped) const;

  const VerifyKeys& keys_;
  LoggedSelection selection_;
  std::optional<StatusWord> refused_card_data_;  ///< of the last GET DATA 0066
  std::optional<gp::DoctorCase> opened_;         ///< the last INITIALIZE UPDATE
  std::vector<Stopped> stops_;                   ///< not told yet
  bool mode_211_ = false;
};

}  // namespace gpsh::sessions
