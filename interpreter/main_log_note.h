// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "interpreter/diagnostic.h"
#include "sessions/import_log.h"

namespace gpsh::interpreter {

/// The note on what of a log was not understood; nothing where all was.
[[nodiscard]] std::optional<Diagnostic> log_note(const std::string& file,
                                                 const sessions::ImportSummary& summary);
/// The warning on a log without a channel that could be looked at.
[[nodiscard]] Diagnostic no_initialize_update(const std::string& file);

}  // namespace gpsh::interpreter
