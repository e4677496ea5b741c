// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sessions/logged_selection.h"
#include "sessions/teach_keys.h"

namespace gpsh::sessions {

/// How the card makes its challenge where it announces a pseudo-random one: SCP02 by bit 40 of the i in FCI
/// or card recognition data (GPCS 2.3.1 section E.4.2.3), SCP03 by bit 10 of its i (AmdD 1.2
/// section 6.2.2.1). Of the names that the selected application may have it is the one whose challenge fits,
/// else the first. Nothing for a random challenge, and where the log does not tell what is selected.
[[nodiscard]] CryptoSteps challenge_steps(const KeyFacts& facts, const LoggedSelection& selection);

}  // namespace gpsh::sessions
