// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <istream>
#include <string_view>

#include "sessions/import_log.h"

namespace gpsh::sessions {

/// Whether a recording begins here; a stream that is none stays where it is.
[[nodiscard]] bool begins_recording(std::istream& in);

/// A recording of gpsh read as a log, in memory that does not grow with it: its lines and exchanges in their
/// order, the parts of a chained command marked as those of other logs. Throws Error as parse_recording()
/// does, with `file` in its message; what came before a broken line was told.
ImportSummary import_recording(std::istream& in, std::string_view file, ImportSink& sink);

}  // namespace gpsh::sessions
