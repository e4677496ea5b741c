// SPDX-License-Identifier: Apache-2.0
#include "interpreter/check.h"

#include <fmt/format.h>

namespace gpsh::interpreter {
namespace {

constexpr std::size_t kShortestApdu = 4;

void refuse_planned(BoundLine& line) {
  if (line.info == nullptr || line.info->built == Built::yes) return;
  line.diagnostics.push_back(
      {.severity = Severity::error,
       .code = "not-built",
       .text = fmt::format("this version of gpsh knows {} but cannot run it", line.name),
       .span = line.name_span,
       .advice = "nothing was sent to the card; run the part of the script before this line, "
                 "or use a later version"});
}

void check_command(const auto&, BoundLine&) {}

void check_raw_apdu(const RawApdu& raw, BoundLine& line) {
  if (raw.apdu.bytes.size() >= kShortestApdu) return;
  line.diagnostics.push_back(
      {.severity = Severity::error,
       .code = "bad-apdu",
       .text = fmt::format("{} needs -APDU with at least 4 bytes, the header", line.name),
       .span = line.name_span,
       .advice = fmt::format("see gpsh help {}", line.name)});
}

void check_command(const SendApdu& command, BoundLine& line) {
  check_raw_apdu(command.raw, line);
}
void check_command(const SendApduNostop& command, BoundLine& line) {
  check_raw_apdu(command.raw, line);
}

Diagnostic empty_script() {
  return {.severity = Severity::error,
          .code = "empty-script",
          .text = "there is no command in this script",
          .advice = "write at least one; gpsh help lists the commands",
          .kind = ErrorKind::syntax};
}

}  // namespace

BoundScript check(Source source, const Environment& environment, Strictness strictness,
                  SecretDisplay display) {
  BoundScript script{.source = std::move(source), .lines = {}, .diagnostics = {}};
  auto parsed = parse(script.source);
  script.diagnostics = std::move(parsed.diagnostics);
  if (has_errors(script.diagnostics)) return script;
  if (parsed.lines.empty()) script.diagnostics.push_back(empty_script());
  for (const auto& line : parsed.lines) {
    auto bound = bind_line(script.source, line, environment, strictness);
    if (bound.command)
      std::visit([&](const auto& command) { check_command(command, bound); }, *bound.command);
    refuse_planned(bound);
    if (display == SecretDisplay::masked) {
      for (const auto& secret : bound.secrets) script.source.hide(secret.span);
    }
    script.diagnostics.insert(script.diagnostics.end(), bound.diagnostics.begin(), bound.diagnostics.end());
    script.lines.push_back(std::move(bound));
  }
  return script;
}

}  // namespace gpsh::interpreter
