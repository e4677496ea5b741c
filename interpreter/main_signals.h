// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace gpsh::interpreter {

/// From now on the first SIGINT, SIGTERM or SIGHUP only sets a flag, so that a run stops between two APDUs
/// and the card is disconnected; the second ends the process. A closed stdout is no signal but a failed
/// write. Returns that flag.
const std::atomic<bool>& catch_signals();

}  // namespace gpsh::interpreter
