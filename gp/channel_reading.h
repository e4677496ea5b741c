// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gp/channel_keys.h"
#include "gp/secure_channel.h"

namespace gpsh::gp {

/// An answer to INITIALIZE UPDATE and everything needed to read it as this or that protocol's. Refers to what
/// it is given.
struct AnswerFacts {
  const ChannelKeys& keys;
  const InitializeUpdateResponse& answer;
  ByteView host_challenge;
  Wire wire = Wire::gpsh;
};

/// The protocol, started from the answer. Throws what its constructor and static_keys() throw; an unknown
/// protocol is Error (internal).
[[nodiscard]] SecureChannel::Protocols start_protocol(std::uint8_t protocol, std::uint8_t i,
                                                      SecurityLevel level, const AnswerFacts& facts);

/// Whether the card cryptogram is that of this protocol: the judge of every reading. An i says how many base
/// keys there are. False where the answer or the keys cannot be this protocol's.
[[nodiscard]] bool cryptogram_fits(std::uint8_t protocol, std::uint8_t i, const AnswerFacts& facts);

/// Whether the protocol knows this i, and whether i covers the level.
[[nodiscard]] bool speaks(std::uint8_t protocol, std::uint8_t i);
[[nodiscard]] bool speaks(std::uint8_t protocol, std::uint8_t i, SecurityLevel level);
/// Whether any i of any protocol covers the level.
[[nodiscard]] bool level_exists(SecurityLevel level);

/// Whether the level can work as far as options tell: some i of the protocol covers it, and this one where it
/// is given and the card has no say in it. SCP03's i is the card's (its answer), so there any will do.
[[nodiscard]] bool level_possible(std::uint8_t protocol, std::optional<std::uint8_t> i, SecurityLevel level);

/// What to write in place of a level that the protocol, or this i of it, does not have: "use -security 1, 3,
/// 17 or 19". Level 0 is not among them, as it protects nothing.
[[nodiscard]] std::string level_advice(std::uint8_t protocol, std::optional<std::uint8_t> i);

/// What the answer says it is: SCP03 by its length, else its protocol byte.
[[nodiscard]] std::uint8_t answered_protocol(const InitializeUpdateResponse& answer);

/// Whether the card says that its challenge is pseudo-random: SCP03 in its answer, SCP02 in the i it
/// announces.
[[nodiscard]] bool announces_challenge(std::uint8_t protocol, const InitializeUpdateResponse& answer,
                                       std::optional<std::uint8_t> announced_i);

/// An i that stands for the usual card of a protocol: 05, 15, 00.
[[nodiscard]] std::uint8_t usual_implementation(std::uint8_t protocol);

}  // namespace gpsh::gp
