// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "gp/channel_reading.h"
#include "gp/open_channel.h"
#include "gp/protocol_choice.h"

namespace gpsh::gp {

/// The reading of an answer that is gone on with.
struct ChosenReading {
  std::uint8_t protocol = 0;
  ImplementationChoice implementation{};
};

/// What an opening knows when INITIALIZE UPDATE was answered.
struct AnsweredOpening {
  const OpenRequest& request;
  const Detection& detection;
  const AnswerFacts& facts;
  const Selection& selection;
  Observer& observer;
};

/// Finds the reading that the card cryptogram proves (the judge), and tells what contradicts what. Throws
/// Error (security): "card-cryptogram" when none fits, with what the doctor finds as advice,
/// "protocol-mismatch", "wrong-mode"; Error (card, "no-protocol"); Error (usage) of keys that cannot be the
/// protocol's.
[[nodiscard]] ChosenReading choose_reading(const AnsweredOpening& opening);

/// The i that covers the level: the chosen one, or the option's claim for SCP03. Throws Error
/// (security, "level-not-covered").
[[nodiscard]] std::uint8_t covering_implementation(const ChosenReading& reading, const OpenRequest& request);

/// The error of a cryptogram that fits nothing: which key is unproven, and what the doctor finds.
[[nodiscard]] Error cryptogram_error(std::uint8_t protocol, const AnsweredOpening& opening);

}  // namespace gpsh::gp
