// SPDX-License-Identifier: Apache-2.0
#include "gp/counted_attempt.h"

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "gp/card_identity.h"
#include "gp/ledger_policy.h"

namespace gpsh::gp {

void CountedAttempt::begin() {
  const auto& atr = setting_.connection.atr;
  if (!card_data_ && setting_.ledger.has_open_attempts(atr)) card_data_ = read_card_data(setting_.session);
  const AttemptPlace place{.reader = setting_.connection.reader,
                           .atr = atr,
                           .aid = selected_aid(),
                           .key_version = setting_.key_version,
                           .card_data = card_data_.value_or(Bytes{})};
  const auto begun = setting_.ledger.begin(place, setting_.over_limit);
  failures_ = begun.failures;
  if (!begun.id) throw ledger_refusal(failures_, "INITIALIZE UPDATE");
  id_ = begun.id;
  if (const auto warning = warning_before_attempt(failures_)) tell(*warning);
}

void CountedAttempt::refused(StatusWord sw) {
  if (!refusal_counts(sw)) withdraw();
}

void CountedAttempt::not_sent() {
  withdraw();
}

void CountedAttempt::withdraw() {
  if (!id_) return;
  or_warn([&] { setting_.ledger.withdraw(*id_); });
  id_.reset();
}

void CountedAttempt::answered(const InitializeUpdateResponse& response) {
  if (!id_) return;
  const auto known_before = failures_;
  failures_ = setting_.ledger.identify(*id_, card_identity(response, selected_aid()));
  if (failures_ >= kRefuseAfter && setting_.over_limit == OverLimit::refuse) {
    id_.reset();  // it stays open in the ledger
    throw ledger_refusal(failures_, "EXTERNAL AUTHENTICATE");
  }
  if (failures_ <= known_before) return;
  if (const auto warning = warning_before_attempt(failures_)) tell(*warning);
}

void CountedAttempt::succeeded() {
  if (!id_) return;
  or_warn([&] { setting_.ledger.succeed(*id_); });
  id_.reset();
}

void CountedAttempt::failed() {
  if (!id_) return;
  id_.reset();
  if (const auto warning = warning_after_failure(failures_)) tell(*warning);
}

Bytes CountedAttempt::selected_aid() const {
  const auto& aid = setting_.session.selected_aid();
  return aid ? to_bytes(aid->bytes()) : Bytes{};
}

/// The card has spoken already: what cannot be written down now must not hide it.
template <typename Action>
void CountedAttempt::or_warn(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    tell({.severity = Severity::warning,
          .code = error.code(),
          .text = error.facts().message + "; this attempt stays open in it",
          .advice = "gpsh ledger clear removes it"});
  }
}

}  // namespace gpsh::gp
