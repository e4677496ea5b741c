// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>

#include "gp/privileges.h"
#include "interpreter/checks/finding.h"
#include "interpreter/checks/raw_commands.h"
#include "interpreter/checks/rules.h"

namespace gpsh::interpreter::checks {
namespace {

constexpr std::uint32_t kSixteenBits = 0xFFFF;

void need_option(BoundLine& line, Severity severity, std::string_view option, std::string advice) {
  report(line, {.severity = severity,
                .code = "missing-option",
                .text = fmt::format("{} needs option {}", line.name, option),
                .advice = std::move(advice)});
}

void need_file(const std::optional<FilePath>& file, BoundLine& line) {
  if (!file) need_option(line, where_it_fails(line), "-file", "name the CAP file");
}

/// ISO/IEC 7816-5: 5 to 16 bytes. Only SELECT takes a part of one.
void check_aid(const std::optional<Aid>& aid, std::string_view option, BoundLine& line) {
  if (!aid || aid->registered_length()) return;
  report(line, {.code = "short-aid",
                .text = fmt::format("{} {} has {} bytes, an AID has 5 to 16", option, aid->text(),
                                    aid->bytes().size()),
                .advice = "write the whole AID; only select takes a part of one",
                .option = option});
}

/// The card decides on an empty AID, so this is only a warning.
void need_aid(const std::optional<Aid>& aid, std::string_view option, BoundLine& line) {
  if (!aid) need_option(line, Severity::warning, option, "GPShell sends an empty AID, which cards refuse");
  check_aid(aid, option, line);
}

void check_limit(std::uint32_t value, std::string_view option, BoundLine& line) {
  if (value <= kSixteenBits) return;
  report(line, {.severity = Severity::note,
                .code = "large-limit",
                .text = fmt::format("{} {} is sent in four bytes; GPShell sends {}", option, value,
                                    value & kSixteenBits),
                .advice = "limits up to 65535 mean the same everywhere",
                .option = option});
}

void check_limits(const MemoryLimits& limits, BoundLine& line) {
  check_limit(limits.volatile_data.value, "-vDataLimit", line);
  check_limit(limits.non_volatile_data.value, "-nvDataLimit", line);
}

/// GPCS 2.3.1 Table 6-1: DAP Verification, Delegated Management and Mandated DAP are a security domain's. A
/// hex number without 0x, as in -priv 80, shows here.
void check_privileges(const PrivilegeNumber& privileges, BoundLine& line) {
  constexpr std::uint32_t kOfDomains = 0x610000;
  const auto bits = privileges.bytes();
  if ((bits & kOfDomains) == 0 || (bits & gp::kSecurityDomainPrivilege) != 0) return;
  report(line,
         {.code = "odd-privileges",
          .text = fmt::format("-priv {} is {:06X} in hex, with privileges that only security domains hold",
                              privileges.value, bits),
          .advice = "the number is read as decimal; 128 is Security Domain",
          .option = "-priv"});
}

void check(const Known&, const auto&, BoundLine&) {}

void check(const Known&, const Install& command, BoundLine& line) {
  need_file(command.file, line);
  check_aid(command.package_aid, "-pkgAID", line);
  check_aid(command.aid, "-AID", line);
  check_aid(command.instance_aid, "-instAID", line);
  check_privileges(command.privileges, line);
  check_limit(command.code_limit.value, "-nvCodeLimit", line);
  check_limits(command.memory, line);
}

void check(const Known&, const InstallForLoad& command, BoundLine& line) {
  need_aid(command.package_aid, "-pkgAID", line);
  check_limit(command.code_limit.value, "-nvCodeLimit", line);
  check_limits(command.memory, line);
}

void check(const Known& known, const Load& command, BoundLine& line) {
  need_file(command.file, line);
  if (known.loading) return;
  report(line, {.code = "load-without-install",
                .text = "load needs an install_for_load before it",
                .advice = "put install_for_load before this line, or use install, which does both"});
}

void check(const Known&, const InstallForInstall& command, BoundLine& line) {
  need_aid(command.package_aid, "-pkgAID", line);
  need_aid(command.aid, "-AID", line);
  need_aid(command.instance_aid, "-instAID", line);
  check_privileges(command.privileges, line);
  check_limits(command.memory, line);
}

void check(const Known&, const InstallForMakeSelectable& command, BoundLine& line) {
  need_aid(command.instance_aid, "-instAID", line);
  check_privileges(command.privileges, line);
}

void check(const Known& known, const InstallForPersonalization& command, BoundLine& line) {
  need_aid(command.aid, "-AID", line);
  need_mode_211(known.mode, line);
}

void check(const Known&, const Delete& command, BoundLine& line) {
  check_aid(command.aid, "-AID", line);
  if (command.aid) return;
  need_option(line, where_it_fails(line), "-AID", "name what to delete; an empty AID is never sent");
}

using Unselectable = std::map<std::string, BoundLine*>;  // by AID of the instance

/// A command that a script wrote itself.
void drop_made_selectable(Unselectable& unselectable, const RawApdu& raw) {
  const auto made = made_selectable(raw.apdu.bytes);
  if (!made) return;
  if (made->instance) {
    unselectable.erase(made->instance->text());
  } else {
    unselectable.clear();
  }
}

}  // namespace

void check_content(const Known& known, BoundLine& line) {
  if (line.command) std::visit([&](const auto& command) { check(known, command, line); }, *line.command);
}

void check_selectable(std::span<BoundLine> lines) {
  Unselectable unselectable;
  for (auto& line : lines) {
    if (!line.command) continue;
    if (std::holds_alternative<Exit>(*line.command)) break;
    if (const auto* made = std::get_if<InstallForInstall>(&*line.command)) {
      if (made->instance_aid) unselectable[made->instance_aid->text()] = &line;
    } else if (const auto* selectable = std::get_if<InstallForMakeSelectable>(&*line.command)) {
      if (selectable->instance_aid) unselectable.erase(selectable->instance_aid->text());
    } else if (const auto* deleted = std::get_if<Delete>(&*line.command)) {
      if (deleted->aid) unselectable.erase(deleted->aid->text());
    } else if (const auto* raw = raw_apdu_of(*line.command)) {
      drop_made_selectable(unselectable, *raw);
    }
  }
  for (const auto& [aid, line] : unselectable) {
    report(*line,
           {.code = "not-selectable",
            .text = fmt::format("{} stays not selectable: no install_for_make_selectable of it follows", aid),
            .advice = fmt::format("add install_for_make_selectable -instAID {}; GPShell 1.4 did both "
                                  "in one step",
                                  aid),
            .option = "-instAID"});
  }
}

}  // namespace gpsh::interpreter::checks
