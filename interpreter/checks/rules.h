// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "interpreter/checks/known.h"

namespace gpsh::interpreter::checks {

// Each rule looks at one line, with what is known before it, and reports on that line. Errors are what cannot
// run as written or would write useless keys; all else is a warning or a note and stops nothing.

/// Commands where they cannot work: without service, card, selection or channel, or after exit.
void check_order(const Known& known, BoundLine& line);
/// open_sc: keys, level, protocol and mode.
void check_channel(const Known& known, BoundLine& line);
/// PUT KEY and DELETE [key], and keys in clear.
void check_keys(const Known& known, BoundLine& line);
/// Loading, installing, deleting.
void check_content(const Known& known, BoundLine& line);
/// Data: GET DATA, GET STATUS, STORE DATA, raw APDUs, and what fits into one.
void check_data(const Known& known, BoundLine& line);

/// install_for_install without an install_for_make_selectable of its instance behind it.
void check_selectable(std::span<BoundLine> lines);

/// Raw APDUs that end the channel that a line behind them uses; `known` is what is known before the first.
void check_plain_commands(std::span<BoundLine> lines, Known known);

}  // namespace gpsh::interpreter::checks
