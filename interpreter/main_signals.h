// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace gpsh::interpreter {

/// From now on the first SIGINT, SIGTERM or SIGHUP only sets a flag, so that a run stops between two APDUs
/// and the card is disconnected; the second ends the process. A closed stdout is no signal but a failed
/// write. Returns that flag.
const std::atomic<bool>& catch_signals();

/// What a session at a terminal hears of signals.
struct SessionSignals {
  std::atomic<bool> interrupted = false;  ///< SIGINT: stop between two APDUs; the session goes on
  std::atomic<bool> ended = false;        ///< SIGTERM, SIGHUP: stop there, and end the session
};

/// The same for a session: every signal only sets its flag. Returns the flags.
SessionSignals& catch_session_signals();

}  // namespace gpsh::interpreter
