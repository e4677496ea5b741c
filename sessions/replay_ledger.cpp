// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_ledger.h"

#include "gp/ledger_policy.h"
#include "sessions/apdu_words.h"

namespace gpsh::sessions {
namespace {

constexpr std::uint8_t kGetData = 0xCA;
constexpr std::uint8_t kCplcFirst = 0x9F;
constexpr std::uint8_t kCplcSecond = 0x7F;

}  // namespace

bool ReplayLedger::has_open_attempts(ByteView) {
  const auto* event = tape_->next();
  const auto* exchange = event == nullptr ? nullptr : std::get_if<RecordedExchange>(&event->what);
  if (exchange == nullptr) return false;
  const auto command = command_in(exchange->apdus.wire_command);
  return command && command->ins == kGetData && command->p1 == kCplcFirst && command->p2 == kCplcSecond;
}

bool ReplayLedger::refused_here() const {
  const auto* event = tape_->next();
  const auto* result = event == nullptr ? nullptr : std::get_if<RecordedResult>(&event->what);
  return result != nullptr && result->code == "ledger-refused";
}

gp::BegunAttempt ReplayLedger::begin(const gp::AttemptPlace&, gp::OverLimit) {
  if (refused_here()) return {.id = std::nullopt, .failures = gp::kRefuseAfter};
  return {.id = 1};
}

unsigned ReplayLedger::identify(gp::AttemptId, const gp::CardIdentity&) {
  return refused_here() ? gp::kRefuseAfter : 0;
}

}  // namespace gpsh::sessions
