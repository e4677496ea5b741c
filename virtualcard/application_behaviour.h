// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/aid.h"
#include "core/apdu.h"

namespace gpsh::virtualcard {

/// What an answer's data is.
enum class AnswerKind {
  fixed,
  echo,    ///< the command's data field
  counter  ///< how often the application gave such answers, 4 bytes; kept without power
};

enum class AnswerNeeds { nothing, session };

/// What an application without code says to the commands of a pattern.
struct PatternAnswer {
  std::string pattern;  ///< hex of header and data; `.` any digit, `*` at the end whatever follows
  AnswerKind kind = AnswerKind::fixed;
  Bytes data{};  ///< of a fixed answer
  StatusWord sw{0x9000};
  AnswerNeeds needs = AnswerNeeds::nothing;
};

/// Stands for the code of a module's instances.
struct ApplicationBehaviour {
  Aid module;
  /// The application opens secure channels with its domain's keys (GPCS 2.3.1 section 7.3.1).
  bool secure_channel = false;
  std::vector<PatternAnswer> answers{};  ///< the first that fits counts

  /// Null when no pattern fits. `command`: without secure messaging.
  [[nodiscard]] const PatternAnswer* find_answer(const CommandApdu& command) const;
};

}  // namespace gpsh::virtualcard
