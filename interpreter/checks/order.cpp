// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "interpreter/checks/finding.h"
#include "interpreter/checks/rules.h"

namespace gpsh::interpreter::checks {
namespace {

void need_context(const Known& known, BoundLine& line) {
  if (known.context || (line.name != "card_connect" && line.name != "list_readers")) return;
  report(line, {.severity = where_it_fails(line),
                .code = "no-context",
                .text = "there is no connection to the PC/SC service",
                .advice = "put establish_context before this line"});
}

void need_connection(const Known& known, BoundLine& line) {
  if (known.connected || !needs_card(line.name)) return;
  report(line, {.severity = where_it_fails(line),
                .code = "no-connection",
                .text = known.disconnected ? "no card is connected any more" : "no card is connected",
                .advice = known.context ? "put card_connect before this line"
                                        : "put establish_context and card_connect before this line"});
}

void need_selection(const Known& known, BoundLine& line) {
  if (line.name != "open_sc" || known.selected || !known.connected) return;
  report(line, {.severity = Severity::warning,
                .code = "no-selection",
                .text = "nothing was selected since card_connect; the channel goes to what the card selects "
                        "by itself",
                .advice = "select the security domain first, e.g. select -AID A000000151000000"});
}

bool writes_secret_keys(const BoundLine& line) {
  return line.name == "put_sc_key" || line.name == "put_dm_receipt_keys" || line.name == "put_dm_keys";
}

void need_channel(const Known& known, BoundLine& line) {
  if (known.channel || !known.connected || !needs_channel(line)) return;
  const bool keys = writes_secret_keys(line);
  if (known.channel_missed && !keys) return;
  const auto why = known.channel_ended_by.empty() ? std::string("no open_sc stands before it")
                                                  : fmt::format("{} ended it", known.channel_ended_by);
  report(line,
         {.severity = keys ? Severity::error : Severity::warning,
          .code = "no-channel",
          .text = keys ? fmt::format("{} needs a secure channel, whose DEK encrypts the new keys, and {}",
                                     line.name, why)
                       : fmt::format("{} goes to the card without a secure channel: {}", line.name, why),
          .advice = "put open_sc before this line"});
}

void check(const Known&, const auto&, BoundLine&) {}

void check(const Known& known, const Mode211&, BoundLine& line) {
  if (!known.connected || known.mode == gp::CardMode::global_platform_211) return;
  report(line, {.severity = Severity::note,
                .code = "mode-after-connect",
                .text = "GPShell takes the mode at card_connect; with it, open_sc fails after this line",
                .advice = "put mode_211 before card_connect to mean the same everywhere"});
}

void old_command(BoundLine& line, std::string_view method) {
  report(line,
         {.severity = Severity::note,
          .code = "old-command",
          .text =
              fmt::format("GPShell 3 does not know {} and goes on with keys that are not derived", line.name),
          .advice = fmt::format("write open_sc -keyDerivation {} to mean the same everywhere", method)});
}

void check(const Known&, const VisaKeyDerivation&, BoundLine& line) {
  old_command(line, "visa2");
}
void check(const Known&, const EmvCps11KeyDerivation&, BoundLine& line) {
  old_command(line, "emvcps11");
}

void check(const Known&, const CardConnect& command, BoundLine& line) {
  if (!command.reader || !command.reader_number) return;
  report(line, {.severity = Severity::warning,
                .code = "ignored-option",
                .text = "-readerNumber is ignored, as -reader is given",
                .advice = "give one of them",
                .option = "-readerNumber"});
}

}  // namespace

void check_order(const Known& known, BoundLine& line) {
  if (line.info == nullptr) return;
  need_context(known, line);
  need_connection(known, line);
  need_selection(known, line);
  need_channel(known, line);
  if (line.command) std::visit([&](const auto& command) { check(known, command, line); }, *line.command);
}

}  // namespace gpsh::interpreter::checks
