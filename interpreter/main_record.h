// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "core/card_access.h"
#include "core/run_recorder.h"
#include "gp/wire.h"
#include "interpreter/main_options.h"
#include "interpreter/source.h"

namespace gpsh::interpreter {

/// What --record puts between a run and its card.
class RunRecording {
 public:
  virtual ~RunRecording() = default;
  [[nodiscard]] virtual RunRecorder& recorder() = 0;
  [[nodiscard]] virtual CardAccess& access() = 0;
};

struct RecordedRun {
  const Source& script;
  gp::Wire wire = gp::Wire::gpsh;
  CardAccess& access;
};

/// Makes the file of --record; null without that option. The run outlives the recording. Throws Error (file):
/// "recording-exists", "recording-failed".
[[nodiscard]] std::unique_ptr<RunRecording> start_recording(const CommandLine& line, const RecordedRun& run);

/// The recording of a session at a terminal, into `file`. `access` outlives it. Throws as start_recording().
[[nodiscard]] std::unique_ptr<RunRecording> record_session(const std::string& file, const CommandLine& line,
                                                           gp::Wire wire, CardAccess& access);

/// The SHA-256 of a script's text, in hex.
[[nodiscard]] std::string script_digest(const Source& script);

}  // namespace gpsh::interpreter
