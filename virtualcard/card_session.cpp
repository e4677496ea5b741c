// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

const Aid& Card::selected() const {
  const auto& application = session().application;
  return application ? *application : profile.card.issuer_security_domain.aid;
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
