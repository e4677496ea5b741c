// SPDX-License-Identifier: Apache-2.0
#include "gp/scp02_session_keys.h"

#include <array>
#include <string>

#include "core/error.h"

namespace gpsh::gp {
namespace {

constexpr std::array kRoles = {KeyRole::enc, KeyRole::mac, KeyRole::dek};

}  // namespace

Secret derive_scp02_key(const StaticKeys& keys, KeyRole base, Scp02KeyUse use, ByteView counter) {
  if (keys.key_bytes(base) == 0) return {};
  const auto constant = static_cast<std::uint16_t>(use);
  Bytes data = {static_cast<std::uint8_t>(constant >> 8), static_cast<std::uint8_t>(constant)};
  append(data, counter);
  data.resize(kTripleDesKeyBytes);
  return keys.derive_triple_des(base, Chaining::cbc, data);
}

Scp02BaseKeys::Scp02BaseKeys(const StaticKeys& keys, Count count) {
  if (count == Count::three) return;
  for (const auto role : kRoles) {
    if (keys.key_bytes(role) == 0) continue;
    if (!only_) only_ = role;
    if (keys.same_key(*only_, role)) continue;
    throw Error({.kind = ErrorKind::usage,
                 .code = "one-base-key",
                 .message = "this card has one base key, and different keys are given for it",
                 .advice = "give that key as -key alone"});
  }
}

std::optional<Bytes> next_sequence_counter(ByteView counter) {
  ByteReader reader(counter, "sequence counter");
  const unsigned next = reader.u16() + 1U;
  if (!reader.empty()) {
    throw Error(
        {.kind = ErrorKind::card,
         .code = "bad-response",
         .message = "a sequence counter has " + std::to_string(counter.size()) + " bytes instead of 2"});
  }
  if (next > 0xFFFF) return std::nullopt;
  return Bytes{static_cast<std::uint8_t>(next >> 8), static_cast<std::uint8_t>(next)};
}

}  // namespace gpsh::gp
