// SPDX-License-Identifier: Apache-2.0
#include "interpreter/next_step.h"

namespace gpsh::interpreter {

std::string next_step(const SessionState& state) {
  if (!state.card) {
    return state.context ? "next: card_connect, or list_readers to see which readers there are"
                         : "next: establish_context, then card_connect";
  }
  if (state.card->channel() != nullptr) return "next: get_status lists what is on the card; exit leaves";
  if (!state.card->selected_aid()) return "next: select, which finds the issuer security domain by itself";
  return "next: open_sc opens a secure channel, which most commands need";
}

}  // namespace gpsh::interpreter
