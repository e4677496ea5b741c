// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "gp/doctor.h"
#include "sessions/logged_keys.h"

namespace gpsh::sessions {

/// An INITIALIZE UPDATE of a log, its answer 9000.
struct DoctorSession {
  gp::DoctorCase asked{};
  std::size_t line = 0;  ///< of the command, 1 is the first
};

/// What the doctor can use of a log.
struct DoctorLog {
  std::vector<DoctorSession> sessions{};
  std::vector<LoggedKeys> keys{};
};

/// Finds every INITIALIZE UPDATE with its host challenge and good answer: in GPShell's trace, else in any
/// text that shows the command and, on a later line, the answer as hex, with or without status word. Where
/// GPShell says that the card cryptogram failed and the log never enters mode_211, GPShell took the card for
/// SCP01. Any bytes will do as input; `file` names the log in messages.
[[nodiscard]] DoctorLog read_doctor_log(std::string_view text, std::string_view file);

}  // namespace gpsh::sessions
