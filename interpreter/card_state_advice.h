// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/error.h"

namespace gpsh::interpreter {

/// Life cycle states of a card that refuses nearly everything (GPCS 2.3.1 Table 11-6).
inline constexpr std::uint8_t kCardLocked = 0x7F;
inline constexpr std::uint8_t kCardTerminated = 0xFF;

/// The refusal of a card that is locked or terminated (GPCS 2.3.1 sections 5.1.1.4 and 5.1.1.5), with the
/// advice of its state in place of the status word's, where the state may be the reason. `state` is the
/// card's, where it has told. Any other failure stays as it is.
[[nodiscard]] Error with_card_state_advice(const Error& error, std::optional<std::uint8_t> state);

}  // namespace gpsh::interpreter
