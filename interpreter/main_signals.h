// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace gpsh::interpreter {

/// From now on the first SIGINT, SIGTERM or SIGHUP only sets a flag, so that a run stops between two APDUs
/// and the card is disconnected; the second ends the process. A closed stdout is no signal but a failed
/// write. Signals that were ignored before stay ignored. Returns that flag.
const std::atomic<bool>& catch_signals();

/// What a session at a terminal hears of signals.
struct SessionSignals {
  std::atomic<bool> interrupted = false;  ///< SIGINT: stop between two APDUs; the session goes on
  std::atomic<bool> ended = false;        ///< SIGTERM, SIGHUP: stop there, and end the session
};

/// The same for a session: every signal only sets its flag. Returns the flags.
SessionSignals& catch_session_signals();

/// A file that may not grow further (ulimit -f) is a failed write like a full disk, and no signal.
void ignore_file_size_signal();

}  // namespace gpsh::interpreter
