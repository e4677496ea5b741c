// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/diagnostic_sink.h"
#include "interpreter/main_options.h"

namespace gpsh::interpreter {

/// gpsh readers: number, name and ATR of each.
[[nodiscard]] int list_readers_and_cards(const CommandLine& line);
/// gpsh card profiles
[[nodiscard]] int list_profiles(const CommandLine& line);
/// gpsh card show PROFILE: one of them, or a profile or state file
[[nodiscard]] int show_profile(const CommandLine& line);

}  // namespace gpsh::interpreter
