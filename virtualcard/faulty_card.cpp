// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/faulty_card.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "core/error.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::size_t kStatusBytes = 2;
constexpr std::uint8_t kOneBit = 0x01;

const Fault* find_effect(const std::vector<Fault>& faults, FaultEffect effect) {
  const auto found = std::ranges::find(faults, effect, &Fault::effect);
  return found == faults.end() ? nullptr : &*found;
}

/// The last byte of the data. The card cryptogram stands there in SCP01 and SCP02, the sequence counter may
/// follow it in SCP03 (AmdD Table 7-3).
std::size_t cryptogram_offset(const Bytes& response) {
  constexpr std::size_t kScp03Data = 29;         // 10 + 3, challenge and cryptogram of 8
  constexpr std::size_t kScp03CounterData = 32;  // and 3 of the sequence counter
  constexpr std::size_t kS16Data = 45;           // challenge and cryptogram of 16
  constexpr std::size_t kS16CounterData = 48;
  const auto data = response.size() - kStatusBytes;
  if (data == kScp03CounterData) return kScp03Data - 1;
  if (data == kS16CounterData) return kS16Data - 1;
  return data - 1;
}

}  // namespace

void sleep_for(std::chrono::microseconds time) {
  std::this_thread::sleep_for(time);
}

FaultyCard::FaultyCard(Connection& card, std::vector<Fault> faults, Waiter wait)
    : card_(card), faults_(std::move(faults)), wait_(std::move(wait)) {}

void FaultyCard::reset() {
  presence_ = Presence::there;
  procedure_ = ProcedureBytes();
  card_.reset();
}

std::vector<Fault> FaultyCard::faults_of(ByteView apdu) {
  ++commands_;
  const bool has_ins = apdu.size() > 1;
  if (has_ins) ++commands_with_ins_[apdu[1]];
  std::vector<Fault> due;
  for (const auto& fault : faults_) {
    const auto& [ins, occurrence] = fault.trigger;
    if (ins && (!has_ins || *ins != apdu[1])) continue;
    const auto count = ins ? commands_with_ins_[*ins] : commands_;
    if (!occurrence || *occurrence == count) due.push_back(fault);
  }
  return due;
}

void FaultyCard::need_presence() const {
  if (presence_ == Presence::removed) {
    throw Error({.kind = ErrorKind::reader,
                 .code = "card-removed",
                 .message = "the card was removed",
                 .advice = "a fault was asked for; connecting again puts it back"});
  }
  if (presence_ == Presence::mute) {
    throw Error({.kind = ErrorKind::reader,
                 .code = "timeout",
                 .message = "the card does not answer",
                 .advice = "a fault was asked for; a reset ends it"});
  }
}

void FaultyCard::take_time(const std::vector<Fault>& faults, std::size_t bytes) const {
  if (const auto* slow = find_effect(faults, FaultEffect::slow)) {
    wait_(std::chrono::microseconds(slow->number * bytes));
  }
}

Bytes FaultyCard::spoil(const Fault& fault, ByteView apdu, Bytes response) {
  const bool has_data = response.size() > kStatusBytes;
  switch (fault.effect) {
    case FaultEffect::wrong_cryptogram:
      if (has_data) response[cryptogram_offset(response)] ^= kOneBit;
      return response;
    case FaultEffect::wrong_response_mac:
      if (has_data) response[response.size() - kStatusBytes - 1] ^= kOneBit;
      return response;
    case FaultEffect::truncated: response.resize(std::min(response.size(), fault.number)); return response;
    case FaultEffect::garbage: return fault.bytes;
    case FaultEffect::get_response: return procedure_.announce(std::move(response));
    case FaultEffect::wrong_length: return procedure_.correct_length(apdu, std::move(response));
    case FaultEffect::status_word:
    case FaultEffect::removed:
    case FaultEffect::mute:
    case FaultEffect::slow: break;  // these come before the card
  }
  return response;
}

Bytes FaultyCard::transmit(ByteView apdu) {
  need_presence();
  const auto faults = faults_of(apdu);
  if (find_effect(faults, FaultEffect::removed) != nullptr) presence_ = Presence::removed;
  if (find_effect(faults, FaultEffect::mute) != nullptr) presence_ = Presence::mute;
  need_presence();
  take_time(faults, apdu.size());
  if (const auto* refused = find_effect(faults, FaultEffect::status_word)) {
    return {refused->sw.sw1(), refused->sw.sw2()};
  }
  auto kept = procedure_.fetch(apdu);
  auto response = kept ? std::move(*kept) : card_.transmit(apdu);
  for (const auto& fault : faults) response = spoil(fault, apdu, std::move(response));
  take_time(faults, response.size());
  return response;
}

}  // namespace gpsh::virtualcard
