// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "virtualcard/fault.h"

namespace gpsh::interpreter {

/// The options of gpsh card serve.
struct ServeCommand {
  std::string profile{};                 ///< empty: that of the state file, else the default
  std::string state{};                   ///< keeps the one card
  std::string vpcd = "localhost:35963";  ///< HOST:PORT of the first reader; the next has the next port
  unsigned count = 1;
  int wait = -1;  ///< seconds; negative: without limit
  std::string log{};
};

/// gpsh card serve: until a signal stops it, or a wait is over. Throws Error (usage, "usage") for an address
/// that is none and for a state file with several cards, and what serve_vpcd throws.
[[nodiscard]] int serve_cards(const ServeCommand& command, const std::vector<virtualcard::Fault>& faults);

}  // namespace gpsh::interpreter
