// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/error.h"
#include "gp/package_installation.h"

namespace gpsh::interpreter {

/// The same failure, its advice followed by what is on the card now and the commands that continue or clean
/// up. What the card refused, or was not sent, did not happen; of what got no answer that can be trusted
/// nobody knows. A failure of the script itself (usage) stays as it is.

/// INSTALL [for load] or LOAD failed.
[[nodiscard]] Error after_failed_load(const Error& error, const Aid& package);
/// The package is loaded, this instance failed.
[[nodiscard]] Error after_failed_instance(const Error& error, const Aid& package,
                                          const gp::AppletInstance& applet);

}  // namespace gpsh::interpreter
