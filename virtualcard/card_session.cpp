// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

const Aid& Card::selected() const {
  const auto& application = session().application;
  return application ? *application : profile.card.issuer_security_domain.aid;
}

void Card::select(const Aid& aid, std::size_t on_channel) {
  // Selecting a domain ends its personalisation sessions on all channels (GPCS 2.3.1 section 11.11.1).
  for (auto& open : channels) {
    if (open && open->application.value_or(profile.card.issuer_security_domain.aid) == aid) {
      open->personalized.reset();
    }
  }
  auto& made = channels.at(on_channel).emplace();
  if (!profile.card.is_issuer_security_domain(aid)) made.application = aid;
}

void Card::reset() {
  channels = {};
  channel = 0;
  select(profile.card.implicitly_selected(0), 0);
}

SecurityDomain* Card::selected_domain() {
  return profile.card.find_domain(selected());
}

ChannelOwner Card::channel_owner() {
  auto& state = profile.card;
  return {
      .profile = profile, .domain = *state.find_domain(state.key_domain_of(selected())), .aid = selected()};
}

}  // namespace gpsh::virtualcard
