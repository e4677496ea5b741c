// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "gp/secure_messaging.h"
#include "interpreter/checks/finding.h"
#include "interpreter/checks/raw_commands.h"
#include "interpreter/checks/rules.h"

namespace gpsh::interpreter::checks {
namespace {

/// Commands of the channel, if there is one.
bool uses_channel(const BoundLine& line) {
  constexpr std::array<std::string_view, 5> kReading = {
      "get_data", "get_card_recognition_data", "get_key_information_templates",
      "get_extended_card_resources_information", "get_secure_channel_protocol_details"};
  return needs_channel(line) || std::ranges::find(kReading, line.name) != kReading.end();
}

/// GPCS 2.3.1 section E.1.6 and AmdD 1.2 section 5.6: without C-MAC, many cards abort the session.
bool ends_session(const Known& known, const BoundLine& line) {
  if (!known.channel || !known.channel->level || !known.channel->level->c_mac() || !line.command)
    return false;
  const auto* raw = raw_apdu_of(*line.command);
  return raw != nullptr && raw->wrapping == Wrapping::off && gp::without_secure_messaging(raw->apdu.bytes);
}

void tell(BoundLine& line, const BoundLine& later) {
  report(line, {.severity = Severity::note,
                .code = "plain-in-channel",
                .text = fmt::format("{} without secure messaging ends the channel on many cards, and {} "
                                    "below still uses it",
                                    line.name, later.name),
                .advice = "send it with -sc 1, or open_sc again behind it",
                .option = "-sc"});
}

}  // namespace

void check_plain_commands(std::span<BoundLine> lines, Known known) {
  BoundLine* plain = nullptr;
  for (auto& line : lines) {
    if (known.finished) return;
    if (plain != nullptr && uses_channel(line)) tell(*std::exchange(plain, nullptr), line);
    const bool ends = ends_session(known, line);
    known.advance(line);
    if (!known.channel || line.name == "open_sc") {
      plain = nullptr;
    } else if (ends && plain == nullptr) {
      plain = &line;
    }
  }
}

}  // namespace gpsh::interpreter::checks
