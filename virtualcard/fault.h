// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/status_word.h"

namespace gpsh::virtualcard {

/// What goes wrong.
enum class FaultEffect {
  status_word,         ///< the command is not processed, the answer is this status word
  wrong_cryptogram,    ///< one bit of the card cryptogram in the answer to INITIALIZE UPDATE
  truncated,           ///< only the first bytes of the answer arrive
  garbage,             ///< other bytes arrive
  removed,             ///< the card is pulled, and put back at the next reset
  mute,                ///< the card does not answer until the next reset
  wrong_response_mac,  ///< one bit of the answer's last data byte, where an R-MAC stands
  get_response,        ///< 61xx, the answer comes with GET RESPONSE (T=0)
  wrong_length,        ///< 6Cxx, the answer comes to the same command with that Le (T=0)
  slow                 ///< time passes for every byte
};

/// At which commands it goes wrong. Commands are counted from 1, over resets.
struct FaultTrigger {
  std::optional<std::uint8_t> ins{};         ///< only commands with this INS are counted
  std::optional<unsigned> occurrence = {1};  ///< absent: all of them

  friend bool operator==(const FaultTrigger&, const FaultTrigger&) = default;
};

struct Fault {
  FaultEffect effect = FaultEffect::status_word;
  FaultTrigger trigger{};
  StatusWord sw{};         ///< status_word
  Bytes bytes{};           ///< garbage
  std::size_t number = 0;  ///< truncated: bytes that arrive; slow: microseconds a byte

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// Reads EFFECT[=VALUE][@WHEN], several with commas between (docs/virtual-card.md). Throws Error (usage,
/// "bad-fault").
[[nodiscard]] std::vector<Fault> parse_faults(std::string_view text);

}  // namespace gpsh::virtualcard
