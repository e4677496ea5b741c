// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "sessions/report_difference.h"

namespace gpsh::sessions {

/// {file, tool, script, cards, exit, ended, channels, cost, us, problems, entries}: what the page is made of.
/// The entries have the kind "command", "exchange" (as explain_json() writes it, with `status`, `apdus`,
/// `cost` and `wrong`), "failure" or "remark". An APDU is [hex] or [hex, hidden bytes, hex].
[[nodiscard]] nlohmann::ordered_json report_json(const SessionReport& report);

/// [{a, b, same, differences: [[name, first, second]]}]; a and b are numbers of entries, or absent.
[[nodiscard]] nlohmann::ordered_json report_json(const std::vector<ExchangePair>& pairs);

}  // namespace gpsh::sessions
