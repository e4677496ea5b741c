// SPDX-License-Identifier: Apache-2.0
#include "sessions/exchange_joiner.h"

#include <utility>

#include "sessions/apdu_words.h"

namespace gpsh::sessions {
namespace {

constexpr std::uint8_t kGetResponse = 0xC0;
constexpr std::uint8_t kMoreData = 0x61;
constexpr std::uint8_t kOtherLength = 0x6C;
constexpr std::size_t kStatusWordBytes = 2;
constexpr std::size_t kMostJoined = 65536 + kStatusWordBytes;

std::uint8_t sw1_of(ByteView response) {
  return response.size() < kStatusWordBytes ? std::uint8_t{0} : response[response.size() - kStatusWordBytes];
}

bool is_get_response(const LoggedExchange& exchange) {
  const auto command = command_in(exchange.wire_command);
  return command && command->ins == kGetResponse && command->data.empty();
}

bool same_but_for_le(ByteView a, ByteView b) {
  auto first = command_in(a);
  auto second = command_in(b);
  if (!first || !second) return false;
  first->le.reset();
  second->le.reset();
  return first == second;
}

}  // namespace

void ExchangeJoiner::add(LoggedExchange exchange) {
  if (current_ && continues(exchange)) return continue_with(std::move(exchange));
  finish();
  current_ = std::move(exchange);
}

void ExchangeJoiner::finish() {
  if (!current_) return;
  if (!current_->whole_command.empty()) current_->wire_command = std::move(current_->whole_command);
  current_->whole_command.clear();
  sink_(std::move(*current_));
  current_.reset();
}

bool ExchangeJoiner::continues(const LoggedExchange& next) const {
  if (next.further_part) return !current_->whole_command.empty();
  const auto sw1 = sw1_of(current_->wire_response);
  if (sw1 == kMoreData) return is_get_response(next) && current_->wire_response.size() < kMostJoined;
  return sw1 == kOtherLength && current_->wire_response.size() == kStatusWordBytes &&
         same_but_for_le(current_->wire_command, next.wire_command);
}

void ExchangeJoiner::continue_with(LoggedExchange next) {
  auto& response = current_->wire_response;
  // Data that came with 61xx stays in front; of a chain's part and of 6Cxx nothing does.
  if (sw1_of(response) == kMoreData && !next.further_part) {
    response.resize(response.size() - kStatusWordBytes);
    append(response, next.wire_response);
  } else {
    response = std::move(next.wire_response);
  }
  if (!next.plain_response.empty()) current_->plain_response = std::move(next.plain_response);
  if (next.duration) {
    current_->duration = current_->duration.value_or(std::chrono::microseconds(0)) + *next.duration;
  }
}

}  // namespace gpsh::sessions
