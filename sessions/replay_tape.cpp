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
constexpr auto kCutShort = "the recorded run was ended from outside; record it anew";
constexpr auto kOtherScript = "replay the script that made this recording, or record it anew";

std::optional<CommandApdu> initialize_update(const LoggedExchange& exchange) {
  auto command = command_in(exchange.wire_command);
  if (!command || command->ins != kInitializeUpdate) return std::nullopt;
  if ((command->cla & kProprietaryClass) == 0) return std::nullopt;
  return command;
}

const LoggedExchange* exchange_of(const RecordedEvent& event) {
  const auto* exchange = std::get_if<RecordedExchange>(&event.what);
  return exchange == nullptr ? nullptr : &exchange->apdus;
}

bool is_of_the_run(const RecordedEvent& event) {
  return std::holds_alternative<RecordedCommand>(event.what) ||
         std::holds_alternative<RecordedUnwrapped>(event.what) ||
         std::holds_alternative<RecordedResult>(event.what) ||
         std::holds_alternative<RecordedEnd>(event.what);
}

bool is_end(const RecordedEvent& event) {
  return std::holds_alternative<RecordedEnd>(event.what);
}

Error card_error(std::string_view code, std::string message, std::string advice) {
  return Error(
      {.kind = ErrorKind::card, .code = code, .message = std::move(message), .advice = std::move(advice)});
}

Error no_answer(const LoggedExchange& exchange, const std::string& file, ByteView apdu) {
  return Error({.kind = ErrorKind::reader,
                .code = "replay-no-answer",
                .message = "the recording has no answer to the command in line " +
                           std::to_string(exchange.line) + " of " + file,
                .advice = "the card or reader failed there when it was recorded, or the log was cut",
                .exchange = exchange_for_message(apdu)});
}

}  // namespace

ReplayTape::ReplayTape(std::string file, std::vector<LoggedExchange> exchanges)
    : file_(std::move(file)), log_(true) {
  for (auto& each : exchanges) {
    const auto line = each.line;
    events_.push_back({.line = line, .what = RecordedExchange{.apdus = std::move(each)}});
  }
}

ReplayTape::ReplayTape(std::string file, Recording recording, Events events)
    : file_(std::move(file)),
      events_(std::move(recording.events)),
      log_(recording.header.imported_from.has_value()) {
  if (events == Events::of_the_card) {
    std::erase_if(events_, is_of_the_run);
  } else {
    has_no_end_ = std::ranges::none_of(events_, is_end);
  }
}

const RecordedEvent* ReplayTape::next() const {
  return next_ < events_.size() ? &events_[next_] : nullptr;
}

template <typename What>
const What* ReplayTape::next_as() const {
  const auto* event = next();
  return event == nullptr ? nullptr : std::get_if<What>(&event->what);
}

std::string ReplayTape::place() const {
  const auto* event = next();
  return event == nullptr ? "the end of " + file_ : file_ + ", line " + std::to_string(event->line);
}

void ReplayTape::differ(Error error) {
  if (!difference_) difference_ = std::move(error);
  throw *difference_;
}

void ReplayTape::stop_if_different() const {
  if (difference_) throw *difference_;
}

void ReplayTape::no_exchange_for(ByteView apdu) {
  const auto count = std::ranges::count_if(events_, [](const auto& each) { return exchange_of(each); });
  const auto message = leftover()
                           ? "the recording has no further exchange for this command (" + place() +
                                 "), the script goes on with " + apdu_in_words(apdu)
                           : "the recording has no further exchange: " + file_ + " ends after " +
                                 std::to_string(count) + ", the script goes on with " + apdu_in_words(apdu);
  differ(Error({.kind = ErrorKind::card,
                .code = is_cut_here() ? "replay-incomplete" : "replay-end",
                .message = message,
                .advice = is_cut_here() ? kCutShort : kOtherScript,
                .exchange = exchange_for_message(apdu)}));
}

void ReplayTape::nothing_left(std::string_view code, std::string message) {
  const bool cut = is_cut_here();
  differ(card_error(cut ? "replay-incomplete" : code, std::move(message), cut ? kCutShort : kOtherScript));
}

void ReplayTape::not_recorded(const std::string& what) {
  nothing_left("replay-mismatch", "the script " + what + ", the recording does not (" + place() + ")");
}

bool ReplayTape::is_expected(ByteView apdu, const LoggedExchange& expected) {
  if (equal(expected.wire_command, apdu)) return true;
  const bool longer_by_le =
      log_ && !apdu.empty() && apdu.back() == 0 && equal(expected.wire_command, apdu.first(apdu.size() - 1));
  if (!longer_by_le) return false;
  const auto logged = command_in(expected.wire_command);
  const auto command = command_in(apdu);
  if (!logged || !command || logged->le || !command->le) return false;
  if (!std::exchange(remarked_, true)) {
    remark_ = {.severity = Severity::note,
               .code = "replay-le",
               .text = command_name(*command) + " in line " + std::to_string(expected.line) + " of " + file_ +
                       " has no Le, the script's command has Le 00: taken for the same, here and later",
               .advice = {}};
  }
  return true;
}

std::optional<Remark> ReplayTape::take_remark() {
  return std::exchange(remark_, std::nullopt);
}

Bytes ReplayTape::answer(ByteView apdu) {
  stop_if_different();
  const auto* expected = next_as<RecordedExchange>();
  if (expected == nullptr) no_exchange_for(apdu);
  if (!is_expected(apdu, expected->apdus)) differ(replay_mismatch(apdu, expected->apdus, file_));
  advance();
  if (expected->failure) throw expected->failure->error();
  if (expected->apdus.wire_response.empty()) throw no_answer(expected->apdus, file_, apdu);
  return expected->apdus.wire_response;
}

Bytes ReplayTape::host_challenge(std::size_t count) {
  stop_if_different();
  for (auto at = next_; at < events_.size(); ++at) {
    const auto* exchange = exchange_of(events_[at]);
    auto command = exchange == nullptr ? std::nullopt : initialize_update(*exchange);
    if (!command) continue;
    if (command->data.size() == count) return std::move(command->data);
    differ(card_error("replay-mismatch",
                      "the script wants a host challenge of " + std::to_string(count) +
                          " bytes, INITIALIZE UPDATE in line " + std::to_string(exchange->line) + " of " +
                          file_ + " has one of " + std::to_string(command->data.size()),
                      "give open_sc the -scp and -scpimpl of the recording"));
  }
  nothing_left("replay-end", "the recording has no further INITIALIZE UPDATE: " + file_ +
                                 " holds no host challenge for this channel");
}

ConnectionInfo ReplayTape::connect() {
  if (log_)
    return {.reader = "Replay of " + file_, .protocol = TransmissionProtocol::t1, .atr = {0x3B, 0x00}};
  call(CardCall::connect);
  const auto* connection = next_as<RecordedConnection>();
  if (connection == nullptr) not_recorded("connects to a card");
  advance();
  return connection->card;
}

std::vector<ReaderInfo> ReplayTape::readers() {
  if (log_) return {{.name = "Replay of " + file_, .atr = {0x3B, 0x00}}};
  call(CardCall::list_readers);
  const auto* list = next_as<RecordedReaders>();
  if (list == nullptr) not_recorded("lists the readers");
  advance();
  return list->readers;
}

void ReplayTape::call(CardCall call) {
  stop_if_different();
  const auto* failed = next_as<RecordedCallFailure>();
  if (failed == nullptr || failed->call != call) return;
  advance();
  throw failed->failure.error();
}

bool ReplayTape::interrupted() const {
  const auto* result = next_as<RecordedResult>();
  return result != nullptr && result->code == "interrupted";
}

std::optional<Leftover> ReplayTape::leftover() const {
  std::optional<Leftover> left;
  for (auto at = next_; at < events_.size(); ++at) {
    const auto* exchange = exchange_of(events_[at]);
    if (exchange == nullptr) continue;
    if (!left) left = Leftover{.count = 0, .first = *exchange};
    ++left->count;
  }
  return left;
}

}  // namespace gpsh::sessions
