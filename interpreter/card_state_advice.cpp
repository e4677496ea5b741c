// SPDX-License-Identifier: Apache-2.0
#include "interpreter/card_state_advice.h"

namespace gpsh::interpreter {
namespace {

/// Not those that speak of the data in the command.
bool may_be_of_the_state(StatusWord sw) {
  constexpr std::uint8_t kNotAllowed = 0x69;
  return sw.sw1() == kNotAllowed || sw == StatusWord(0x6A81) || sw == StatusWord(0x6D00) ||
         sw == StatusWord(0x6E00);
}

}  // namespace

Error with_card_state_advice(const Error& error, std::optional<std::uint8_t> state) {
  auto facts = error.facts();
  const bool refused = facts.exchange && facts.exchange->sw && may_be_of_the_state(*facts.exchange->sw);
  if (error.code() != "card-status" || !refused) return error;
  if (state == kCardLocked) {
    facts.advice =
        "the card is in the state CARD_LOCKED, in which its content and keys do not change and no other "
        "application is selected; in a channel, send_apdu -sc 1 -APDU 80F0800F00 makes it SECURED again";
  } else if (state == kCardTerminated) {
    facts.advice = "the card is in the state TERMINATED, which it never leaves: it answers GET DATA at most";
  }
  return Error(std::move(facts));
}

}  // namespace gpsh::interpreter
