// SPDX-License-Identifier: Apache-2.0
#include "interpreter/checks/files.h"

#include <fmt/format.h>

#include <algorithm>

#include "gp/package_installation.h"
#include "interpreter/checks/channel_room.h"
#include "interpreter/checks/finding.h"

namespace gpsh::interpreter::checks {
namespace {

void report_error(const Error& error, BoundLine& line) {
  const auto& facts = error.facts();
  report(line, {.severity = where_it_fails(line),
                .code = facts.code,
                .text = facts.message,
                .advice = facts.advice,
                .option = "-file"});
}

/// What gp::plan_installation needs of the file.
void compare_kind(const Install& command, const gp::CapFile& file, BoundLine& line) {
  try {
    static_cast<void>(gp::plan_installation(
        file, {.package = command.package_aid, .module = command.aid, .instance = command.instance_aid}));
  } catch (const Error& error) {
    report_error(error, line);
  }
}

void compare_package(const std::optional<Aid>& given, const gp::CapFile& file, BoundLine& line) {
  if (!given || !file.package || file.package->aid == *given) return;
  report(line, {.code = "aid-mismatch",
                .text = fmt::format("the package of the file is {}, not {}", file.package->aid.text(),
                                    given->text()),
                .advice = fmt::format("write -pkgAID {}", file.package->aid.text()),
                .option = "-pkgAID"});
}

std::string list(const std::vector<Aid>& aids) {
  std::string text;
  for (const auto& aid : aids) text += (text.empty() ? "" : ", ") + aid.text();
  return text;
}

void compare_applet(const std::optional<Aid>& given, const gp::CapFile& file, BoundLine& line) {
  if (!given || !file.package || std::ranges::find(file.applets, *given) != file.applets.end()) return;
  const bool library = file.applets.empty();
  report(line, {.code = "aid-mismatch",
                .text = library ? fmt::format("the file is a library, without the applet {}", given->text())
                                : fmt::format("the file has no applet {}", given->text()),
                .advice = library ? "load it with install_for_load and load"
                                  : fmt::format("write -AID with one of: {}", list(file.applets)),
                .option = "-AID"});
}

void compare_limit(std::uint32_t limit, std::size_t bytes, BoundLine& line) {
  if (limit == 0 || limit >= bytes) return;
  report(line,
         {.code = "small-limit",
          .text = fmt::format("-nvCodeLimit {} is less than the {} bytes of the load file", limit, bytes),
          .advice = "leave it out, or give at least that much",
          .option = "-nvCodeLimit"});
}

/// LOAD counts its blocks in one byte (GPCS 2.3.1 section 11.6.2.2); the first begins with C4 and a length.
void compare_blocks(const Known& known, std::size_t bytes, BoundLine& line) {
  constexpr std::size_t kBlocks = 256;
  constexpr std::size_t kTagAndLength = 4;
  if (!known.channel || !known.channel->level) return;
  const auto room = most_data(*known.channel->level);
  if (bytes + kTagAndLength <= kBlocks * room) return;
  report(line, {.severity = where_it_fails(line),
                .code = "load-file-too-long",
                .text = fmt::format("the load file has {} bytes; 256 blocks of {} carry less", bytes, room),
                .advice = "use a lower security level, or split the package",
                .option = "-file"});
}

}  // namespace

void Files::check(const Known& known, BoundLine& line) {
  if (line.command) std::visit([&](const auto& command) { look(known, command, line); }, *line.command);
}

const Files::Cap* Files::cap(const std::string& path, BoundLine& line) {
  auto found = caps_.find(path);
  if (found == caps_.end()) {
    try {
      auto file = gp::parse_cap_file(read_(path), path);
      const auto bytes = file.load_file(gp::Wire::gpsh).size();
      found = caps_.emplace(path, Cap{.file = std::move(file), .load_file_bytes = bytes}).first;
    } catch (const Error& error) {
      found = caps_.emplace(path, error).first;
    }
  }
  if (const auto* error = std::get_if<Error>(&found->second)) {
    report_error(*error, line);
    return nullptr;
  }
  const auto& known = std::get<Cap>(found->second);
  if (known.file.package) by_package_[known.file.package->aid.text()] = &known;
  return &known;
}

void Files::look(const Known& known, const Install& command, BoundLine& line) {
  if (!command.file) return;
  const auto* found = cap(command.file->text, line);
  if (found == nullptr) return;
  compare_kind(command, found->file, line);
  compare_package(command.package_aid, found->file, line);
  compare_applet(command.aid, found->file, line);
  compare_limit(command.code_limit.value, found->load_file_bytes, line);
  compare_blocks(known, found->load_file_bytes, line);
}

void Files::look(const Known&, const InstallForLoad& command, BoundLine&) {
  announced_ = command.package_aid;
}

void Files::look(const Known& known, const Load& command, BoundLine& line) {
  if (!command.file) return;
  const auto* found = cap(command.file->text, line);
  if (found == nullptr) return;
  compare_blocks(known, found->load_file_bytes, line);
  if (!announced_ || !found->file.package || found->file.package->aid == *announced_) return;
  report(line, {.code = "aid-mismatch",
                .text = fmt::format("the package of the file is {}, but install_for_load announced {}",
                                    found->file.package->aid.text(), announced_->text()),
                .advice = fmt::format("write install_for_load -pkgAID {}", found->file.package->aid.text()),
                .option = "-file"});
}

void Files::look(const Known&, const InstallForInstall& command, BoundLine& line) {
  if (!command.package_aid) return;
  const auto found = by_package_.find(command.package_aid->text());
  if (found != by_package_.end()) compare_applet(command.aid, found->second->file, line);
}

void Files::look(const Known&, const PutDmTokenKeys& command, BoundLine& line) {
  constexpr std::uint8_t kCurve = 0xF1;
  const bool curve = command.key_type.value == kCurve;
  key({.path = command.file,
       .pass = command.pass,
       .kind = curve ? gp::PublicKeyKind::elliptic_curve : gp::PublicKeyKind::rsa},
      line);
}

void Files::look(const Known&, const PutDmKeys& command, BoundLine& line) {
  key({.path = command.file, .pass = command.pass}, line);
}

void Files::key(const PublicKeyFile& file, BoundLine& line) {
  if (!file.path) return;
  try {
    const auto bytes = read_(file.path->text);
    const std::string text(bytes.begin(), bytes.end());
    const auto pass = file.pass ? std::optional(file.pass->text) : std::nullopt;
    static_cast<void>(gp::public_key_field({.text = text, .pass_phrase = pass}, file.kind));
  } catch (const Error& error) {
    report_error(error, line);
  }
}

}  // namespace gpsh::interpreter::checks
