// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gp/card_session.h"
#include "gp/diversification.h"
#include "gp/keys.h"

namespace gpsh::gp {

struct NewKeyDerivation {
  const Diversification& method;
  const Secret& master;
  const Secret* current_kek = nullptr;  ///< given: the channel needs no DEK
};

/// The keys a derivation makes of a master key for this card. What the card is told apart by comes from
/// GET DATA: visa2 004F and 9F7F, visa1 9F7F, emvcps11 00CF; for the others it is the diversification data of
/// the open channel. Throws Error: (usage) "new-keys-missing" without a master key, "no-channel",
/// "key-missing" without a DEK to send the keys under, before anything is sent; (card) "card-status" for a
/// refusal, "bad-response" for data that is too short or unreadable; and what diversify() throws.
[[nodiscard]] KeySet derive_new_keys(CardSession& session, const NewKeyDerivation& derivation);

}  // namespace gpsh::gp
