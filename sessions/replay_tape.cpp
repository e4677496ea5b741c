// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_tape.h"

#include <algorithm>
#include <utility>

#include "core/apdu.h"
#include "core/error.h"
#include "sessions/apdu_words.h"
#include "sessions/replay_mismatch.h"

namespace gpsh::sessions {
namespace {

constexpr std::uint8_t kInitializeUpdate = 0x50;
constexpr std::uint8_t kProprietaryClass = 0x80;

std::optional<CommandApdu> initialize_update(const LoggedExchange& exchange) {
  auto command = command_in(exchange.wire_command);
  if (!command || command->ins != kInitializeUpdate) return std::nullopt;
  if ((command->cla & kProprietaryClass) == 0) return std::nullopt;
  return command;
}

}  // namespace

ReplayTape::ReplayTape(std::string file, std::vector<LoggedExchange> exchanges)
    : file_(std::move(file)), exchanges_(std::move(exchanges)) {}

Bytes ReplayTape::answer(ByteView apdu) {
  if (next_ == exchanges_.size()) {
    throw Error({.kind = ErrorKind::card,
                 .code = "replay-end",
                 .message = "the recording has no further exchange: " + file_ + " ends after " +
                            std::to_string(exchanges_.size()) + ", the script goes on with " +
                            apdu_in_words(apdu),
                 .advice = "replay the script that made this recording, or record it anew",
                 .exchange = exchange_for_message(apdu)});
  }
  const auto& expected = exchanges_[next_];
  if (!equal(expected.wire_command, apdu)) throw replay_mismatch(apdu, expected, file_);
  ++next_;
  if (expected.wire_response.empty()) {
    throw Error({.kind = ErrorKind::reader,
                 .code = "replay-no-answer",
                 .message = "the recording has no answer to the command in line " +
                            std::to_string(expected.line) + " of " + file_,
                 .advice = "the card or reader failed there when it was recorded, or the log was cut",
                 .exchange = exchange_for_message(apdu)});
  }
  return expected.wire_response;
}

Bytes ReplayTape::host_challenge(std::size_t count) const {
  for (auto at = next_; at < exchanges_.size(); ++at) {
    auto command = initialize_update(exchanges_[at]);
    if (!command) continue;
    if (command->data.size() == count) return std::move(command->data);
    throw Error({.kind = ErrorKind::card,
                 .code = "replay-mismatch",
                 .message = "the script wants a host challenge of " + std::to_string(count) +
                            " bytes, INITIALIZE UPDATE in line " + std::to_string(exchanges_[at].line) +
                            " of " + file_ + " has one of " + std::to_string(command->data.size()),
                 .advice = "give open_sc the -scp and -scpimpl of the recording"});
  }
  throw Error({.kind = ErrorKind::card,
               .code = "replay-end",
               .message = "the recording has no further INITIALIZE UPDATE: " + file_ +
                          " holds no host challenge for this channel",
               .advice = "replay the script that made this recording, or record it anew"});
}

std::optional<Leftover> ReplayTape::leftover() const {
  if (next_ == exchanges_.size()) return std::nullopt;
  return Leftover{.count = exchanges_.size() - next_, .first = exchanges_[next_]};
}

}  // namespace gpsh::sessions
