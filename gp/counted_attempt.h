// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "core/connection.h"
#include "core/status_word.h"
#include "gp/card_session.h"
#include "gp/initialize_update.h"
#include "gp/ledger.h"

namespace gpsh::gp {

/// What an attempt is counted with; all of it outlives the attempt.
struct AttemptSetting {
  CardSession& session;
  Ledger& ledger;
  ConnectionInfo connection{};   ///< its reader and ATR name the card
  std::uint8_t key_version = 0;  ///< P1 of INITIALIZE UPDATE
  OverLimit over_limit = OverLimit::refuse;
};

/// One authentication as the ledger sees it. In this order:
///
///   begin(); send INITIALIZE UPDATE; not_sent(), refused(sw), or answered(response); send EXTERNAL
///   AUTHENTICATE; succeeded() after 9000, failed() after anything else.
///
/// After refused() with a status word that does not count, begin() may follow again. Implicit initiation has
/// no INITIALIZE UPDATE: begin() before the first wrapped command, succeeded() when it was accepted.
/// Destroying an attempt that is under way leaves it open in the ledger: it counts.
class CountedAttempt {
 public:
  explicit CountedAttempt(AttemptSetting setting) : setting_(std::move(setting)) {}

  /// Reads the card's data if attempts are open for its ATR, records the attempt, and warns (remark
  /// "ledger-failures"). Error (security, "ledger-refused") after kRefuseAfter failures in a row, unless
  /// OverLimit::attempt; Error (file) of the ledger. Nothing may be sent after an Error.
  void begin();
  /// Nothing was sent since begin(), which is as if it had not been called.
  void not_sent();
  /// INITIALIZE UPDATE was answered with another status word than 9000.
  void refused(StatusWord sw);
  /// Throws as begin() does: the answer tells better whose attempt it is.
  void answered(const InitializeUpdateResponse& response);
  /// The card has accepted. A ledger that cannot be written now is a warning ("ledger-unwritable"): the
  /// attempt stays open.
  void succeeded();
  /// Warns of the second failure in a row and later ones; writes nothing, as the entry is there. Does nothing
  /// where no attempt is under way, so it may stand in a handler for all errors.
  void failed();

 private:
  [[nodiscard]] Bytes selected_aid() const;
  void withdraw();
  void tell(const Remark& remark) { setting_.session.observer().remark(remark); }
  template <typename Action>
  void or_warn(Action&& action);

  AttemptSetting setting_;
  std::optional<Bytes> card_data_;
  std::optional<AttemptId> id_;
  unsigned failures_ = 0;
};

}  // namespace gpsh::gp
