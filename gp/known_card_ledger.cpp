// SPDX-License-Identifier: Apache-2.0
#include "gp/known_card_ledger.h"

#include <utility>

#include "gp/digest.h"

namespace gpsh::gp {

KnownCardLedger::KnownCardLedger(std::unique_ptr<Ledger> all, ByteView card)
    : all_(std::move(all)), card_(sha256(card)) {}

bool KnownCardLedger::has_open_attempts(ByteView) {
  return false;
}

BegunAttempt KnownCardLedger::begin(const AttemptPlace& place, OverLimit over_limit) {
  auto known = place;
  known.card_data = card_;
  return all_->begin(known, over_limit);
}

unsigned KnownCardLedger::identify(AttemptId id, const CardIdentity& identity) {
  return all_->identify(id, {.fingerprint = sha256(concat({card_, identity.fingerprint})),
                             .unique = true,
                             .key_version = identity.key_version});
}

}  // namespace gpsh::gp
