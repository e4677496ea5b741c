// SPDX-License-Identifier: Apache-2.0
#include "interpreter/session_state.h"

#include "gp/scrub.h"

namespace gpsh::interpreter {

gp::CardSession& SessionState::connected_card() {
  if (card) {
    if (!transaction_) transaction_.emplace(connection.get());
    return *card;
  }
  need_context();
  throw Error({.kind = ErrorKind::usage,
               .code = "no-connection",
               .message = "no card is connected",
               .advice = "put establish_context and card_connect before this line"});
}

void SessionState::need_context() const {
  if (context) return;
  throw Error({.kind = ErrorKind::usage,
               .code = "no-context",
               .message = "there is no connection to the PC/SC service",
               .advice = "put establish_context before this line"});
}

void SessionState::connect(const ConnectRequest& request) {
  disconnect();
  connection = environment.access.connect(request, observer);
  card.emplace(*connection, observer, environment.random, environment.wire);
}

void SessionState::disconnect() {
  transaction_.reset();
  past_cost_ = wire_cost();
  card.reset();
  card_state.reset();
  connection.reset();
  gp::scrub_stack();
}

gp::WireCost SessionState::wire_cost() const {
  return card ? past_cost_ + card->wire_cost() : past_cost_;
}

}  // namespace gpsh::interpreter
