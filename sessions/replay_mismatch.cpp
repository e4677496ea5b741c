// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_mismatch.h"

#include <algorithm>
#include <optional>
#include <string>

#include "core/apdu.h"
#include "sessions/apdu_words.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kShownBytes = 8;

/// One field in both commands, as text.
struct Difference {
  std::string field;
  std::string script;
  std::string log;
};

std::size_t first_difference(ByteView a, ByteView b) {
  return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

std::string bytes_from(ByteView bytes, std::size_t offset) {
  if (offset >= bytes.size()) return "the end";
  const auto rest = bytes.subspan(offset);
  return to_hex(rest.first(std::min(rest.size(), kShownBytes))) + (rest.size() > kShownBytes ? "..." : "");
}

std::string count_of_bytes(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " byte" : " bytes");
}

std::string le_text(const CommandApdu& command) {
  return command.le ? std::to_string(*command.le) : "absent";
}

Difference data_difference(const CommandApdu& script, const CommandApdu& log) {
  const auto offset = first_difference(script.data, log.data);
  const auto field = "data at offset " + std::to_string(offset);
  if (carries_secrets(script) || carries_secrets(log)) return {field, "another value", "a value not shown"};
  return {field, bytes_from(script.data, offset), bytes_from(log.data, offset)};
}

Difference field_difference(const CommandApdu& script, const CommandApdu& log) {
  if (script.cla != log.cla) return {"CLA", to_hex(script.cla), to_hex(log.cla)};
  if (script.ins != log.ins) return {"INS", to_hex(script.ins), to_hex(log.ins)};
  if (script.p1 != log.p1) return {"P1", to_hex(script.p1), to_hex(log.p1)};
  if (script.p2 != log.p2) return {"P2", to_hex(script.p2), to_hex(log.p2)};
  if (script.data.size() != log.data.size()) {
    return {"Lc", count_of_bytes(script.data.size()), count_of_bytes(log.data.size())};
  }
  if (script.data != log.data) return data_difference(script, log);
  return {"Le", le_text(script), le_text(log)};
}

Difference difference(ByteView script, ByteView log) {
  const auto a = command_in(script);
  const auto b = command_in(log);
  if (a && b && a != b) return field_difference(*a, *b);
  const auto offset = first_difference(script, log);
  const auto field = "the byte at offset " + std::to_string(offset);
  if (a && b && !carries_secrets(*a)) return {field, bytes_from(script, offset), bytes_from(log, offset)};
  if (offset >= header_of(script).size() && offset >= header_of(log).size()) {
    return {field, "another value", "a value not shown"};
  }
  return {field, bytes_from(header_of(script), offset), bytes_from(header_of(log), offset)};
}

}  // namespace

Exchange exchange_for_message(ByteView apdu) {
  const auto command = command_in(apdu);
  if (!command)
    return {.command = "a malformed command", .apdu = to_bytes(header_of(apdu)), .sw = std::nullopt};
  return {.command = command_name(*command),
          .apdu = carries_secrets(*command) ? command->header() : to_bytes(apdu),
          .sw = std::nullopt};
}

Error replay_mismatch(ByteView script, const LoggedExchange& log, std::string_view file) {
  const auto first = difference(script, log.wire_command);
  const auto place = std::string(file) + ", line " + std::to_string(log.line);
  return Error({.kind = ErrorKind::card,
                .code = "replay-mismatch",
                .message = "the script sends another command than the recording: " + first.field + " is " +
                           first.script + ", recorded is " + first.log +
                           "\n  script: " + apdu_in_words(script) + "\n  recorded (" + place +
                           "): " + apdu_in_words(log.wire_command),
                .advice = "replay the script that made this recording, with the same options and files",
                .exchange = exchange_for_message(script)});
}

}  // namespace gpsh::sessions
