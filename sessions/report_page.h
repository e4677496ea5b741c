// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sessions/report_difference.h"

namespace gpsh::sessions {

/// What stands at the start of every page, so that a page is known again.
inline constexpr std::string_view kReportStart = "<!doctype html><!-- gpsh report -->";

/// One HTML page that needs nothing else, not even a network: sessions/report holds its sources. Whatever
/// bytes stand in a log, they are text in it: JSON without `<`, and a Content-Security-Policy that lets
/// nothing run but the page's own script. `gpsh` is the version that writes it.
[[nodiscard]] std::string report_page(const SessionReport& report, std::string_view gpsh);
/// The page of two sessions side by side.
[[nodiscard]] std::string difference_page(const SessionReport& first, const SessionReport& second,
                                          std::string_view gpsh);

}  // namespace gpsh::sessions
