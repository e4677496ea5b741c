// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"

namespace gpsh::gp {

/// Names one attempt in one ledger; never given twice.
using AttemptId = std::int64_t;

/// What is known before INITIALIZE UPDATE is sent.
struct AttemptPlace {
  std::string reader{};  ///< as PC/SC names it
  Bytes atr{};
  Bytes aid{};                   ///< of the selected application; empty: none was selected
  std::uint8_t key_version = 0;  ///< P1 of INITIALIZE UPDATE; 0: the card chooses
  /// SHA-256 over what tells this card from others of its kind (CPLC, else IIN and CIN); empty where it was
  /// not read, or where the card has nothing of that kind.
  Bytes card_data{};

  friend bool operator==(const AttemptPlace&, const AttemptPlace&) = default;
};

/// What the answer to INITIALIZE UPDATE adds.
struct CardIdentity {
  Bytes fingerprint{};           ///< 32 bytes: SHA-256 over diversification data and selected AID
  bool unique = true;            ///< false where the diversification data is all 00 or all FF
  std::uint8_t key_version = 0;  ///< of the key set the card took

  friend bool operator==(const CardIdentity&, const CardIdentity&) = default;
};

/// An attempt whose success is not known: it failed, or its outcome never became known.
struct OpenAttempt {
  AttemptId id = 0;
  std::chrono::system_clock::time_point started{};
  AttemptPlace place{};
  std::optional<CardIdentity> identity{};  ///< absent: INITIALIZE UPDATE was not answered

  friend bool operator==(const OpenAttempt&, const OpenAttempt&) = default;
};

/// What begin() does where too many attempts have failed.
enum class OverLimit { refuse, attempt };

struct BegunAttempt {
  std::optional<AttemptId> id{};  ///< absent: refused, and nothing was recorded
  unsigned failures = 0;          ///< in a row, before this attempt
};

/// Counts the authentications of each card that did not succeed, so that gpsh stops before the card does.
/// An attempt is open from begin() until withdraw() or succeed(); one that nobody ends stays open, and counts
/// as a failure. ledger_policy.h decides what belongs together. Every function returns only after what it
/// says is stored for good, and throws Error (file) otherwise.
class Ledger {
 public:
  virtual ~Ledger() = default;

  /// Whether attempts are open for cards with this ATR: only then reads the caller the card's data.
  [[nodiscard]] virtual bool has_open_attempts(ByteView atr) = 0;
  /// Before INITIALIZE UPDATE: judges and records in one step, so two programs cannot both take the last
  /// attempt. `OverLimit::refuse` records nothing after kRefuseAfter failures.
  [[nodiscard]] virtual BegunAttempt begin(const AttemptPlace& place, OverLimit over_limit) = 0;
  /// Before EXTERNAL AUTHENTICATE: whose attempt it is. Returns the failures in a row before it, which may be
  /// more than begin() could know. Error (file, "ledger-changed") where the attempt is not there any more.
  [[nodiscard]] virtual unsigned identify(AttemptId id, const CardIdentity& identity) = 0;
  /// The card refused INITIALIZE UPDATE in a way that does not count, or it was not sent.
  virtual void withdraw(AttemptId id) = 0;
  /// EXTERNAL AUTHENTICATE was answered with 9000: ends this attempt and those the success makes good.
  virtual void succeed(AttemptId id) = 0;
};

/// For cards that cannot be harmed: the virtual card in this process, a replay.
class NoLedger final : public Ledger {
 public:
  [[nodiscard]] bool has_open_attempts(ByteView) override { return false; }
  [[nodiscard]] BegunAttempt begin(const AttemptPlace&, OverLimit) override { return {.id = 1}; }
  [[nodiscard]] unsigned identify(AttemptId, const CardIdentity&) override { return 0; }
  void withdraw(AttemptId) override {}
  void succeed(AttemptId) override {}
};

}  // namespace gpsh::gp
