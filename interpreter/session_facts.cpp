// SPDX-License-Identifier: Apache-2.0
#include "interpreter/session_facts.h"

namespace gpsh::interpreter {
namespace {

std::size_t length_of(const std::optional<gp::Secret>& key) {
  return key ? key->size() : 0;
}

}  // namespace

void correct(checks::Known& known, const SessionState& state) {
  known.finished = false;
  known.channel_missed = false;
  known.mode = state.mode;
  known.context = state.context;
  known.connected = state.card.has_value();
  known.keys = {.key = length_of(state.keys.key),
                .enc = length_of(state.keys.enc_key),
                .mac = length_of(state.keys.mac_key),
                .dek = length_of(state.keys.kek_key)};
  known.selected = known.selected && known.connected;
  const auto* channel = state.card ? state.card->channel() : nullptr;
  if (channel == nullptr) {
    known.channel.reset();
    return;
  }
  if (!known.channel) known.channel.emplace();
  known.channel->key_version = channel->key_version;
  known.channel->level = channel->level;
}

}  // namespace gpsh::interpreter
