// SPDX-License-Identifier: Apache-2.0
#include "gp/life_cycle.h"

#include <algorithm>
#include <array>

#include "core/bytes.h"

namespace gpsh::gp {
namespace {

constexpr std::uint8_t kWholeByte = 0xFF;

constexpr std::array kCardStates = {
    LifeCycleState{kWholeByte, 0x01, "OP Ready"},   LifeCycleState{kWholeByte, 0x07, "Initialized"},
    LifeCycleState{kWholeByte, 0x0F, "Secured"},    LifeCycleState{kWholeByte, 0x7F, "Card Locked"},
    LifeCycleState{kWholeByte, 0xFF, "Terminated"},
};

// From the most bits to the fewest, so that the first match is the furthest state.
constexpr std::array kApplicationStates = {
    LifeCycleState{0x83, 0x83, "Locked"},
    LifeCycleState{0x0F, 0x0F, "Personalized"},
    LifeCycleState{0x07, 0x07, "Selectable"},
    LifeCycleState{0x03, 0x03, "Installed"},
};

constexpr std::array kLoadFileStates = {LifeCycleState{0x01, 0x01, "Loaded"}};

}  // namespace

std::span<const LifeCycleState> life_cycle_states(LifeCycleKind kind) {
  switch (kind) {
    case LifeCycleKind::card: return kCardStates;
    case LifeCycleKind::application: return kApplicationStates;
    case LifeCycleKind::load_file: return kLoadFileStates;
  }
  return {};
}

std::string life_cycle_text(LifeCycleKind kind, std::uint8_t state) {
  const auto states = life_cycle_states(kind);
  const auto match = std::ranges::find_if(states, [state](const LifeCycleState& candidate) {
    return (state & candidate.mask) == candidate.value;
  });
  return match != states.end() ? std::string(match->name) : to_hex(state);
}

}  // namespace gpsh::gp
