// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/any_text.h"

#include "sessions/apdu_words.h"
#include "sessions/hex_runs.h"
#include "sessions/importers/status_word.h"
#include "sessions/initialize_update_in.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kLeastCommand = 5;

/// Once a command was seen, one that only an applet knows is believed too, if it has data of the length it
/// says.
bool is_command(ByteView bytes, std::size_t seen) {
  if (bytes.size() < kLeastCommand) return false;
  const auto command = command_in(bytes);
  if (!command) return false;
  return !command_name(*command).starts_with("instruction ") || (seen > 0 && !command->data.empty());
}

/// "01:29:25,00 A4" is a time and what follows it.
std::string_view without_time(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || text.size() < colon + 4 || text[colon + 3] != ',') return text;
  return text.substr(colon + 4);
}

}  // namespace

/// Only INITIALIZE UPDATE tells by the length of its answer; tools show that one without status word too.
bool AnyTextReader::can_answer(ByteView run) const {
  if (awaited_ == Awaited::any_response) return ends_in_status_word(run);
  return answer_in(run) || (run.size() == 2 && ends_in_status_word(run));
}

void AnyTextReader::line(const LogLine& line) {
  for (auto& run : hex_runs(without_time(line.text))) {
    if (awaited_ != Awaited::nothing && can_answer(run)) {
      awaited_ = Awaited::nothing;
      sink_({.kind = EntryKind::response, .bytes = std::move(run), .line = line.number});
      continue;
    }
    if (!is_command(run, commands_)) continue;
    ++commands_;
    awaited_ = host_challenge_in(run) ? Awaited::initialize_update_answer : Awaited::any_response;
    sink_({.kind = EntryKind::wire_command, .bytes = std::move(run), .line = line.number});
  }
}

}  // namespace gpsh::sessions
