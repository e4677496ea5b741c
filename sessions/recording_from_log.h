// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "core/observer.h"
#include "sessions/import_log.h"

namespace gpsh::sessions {

struct LogConversion {
  std::filesystem::path log{};
  std::filesystem::path recording{};  ///< made by this; see RecordingFile
  std::string gpsh{};                 ///< the version that imports
};

/// Writes the exchanges of a log into a new recording, in memory that does not grow with the log. Of keys
/// that stand in the log nothing goes into it, nor what RecordingWriter leaves out. A PUT KEY that the
/// recording discloses is a remark, see PublicKeyWatch. Throws Error (file): "unreadable-log"; "empty-log"
/// where there is no exchange and "already-recording", and then there is no file; what RecordingFile throws.
ImportSummary recording_from_log(const LogConversion& conversion, Observer& observer);

}  // namespace gpsh::sessions
