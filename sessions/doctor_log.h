// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
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

/// Finds every INITIALIZE UPDATE with its host challenge and good answer in the log of any tool, see
/// import_log(). Where GPShell says that the card cryptogram failed and the log never enters mode_211,
/// GPShell took the card for SCP01. Throws Error (file, "unreadable-log").
[[nodiscard]] DoctorLog read_doctor_log(const std::filesystem::path& path);
/// The same for a text.
[[nodiscard]] DoctorLog parse_doctor_log(std::string_view text);

}  // namespace gpsh::sessions
