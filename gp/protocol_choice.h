// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/observer.h"
#include "gp/detection.h"

namespace gpsh::gp {

/// The i of a protocol whose answer to INITIALIZE UPDATE does not say it (SCP01, SCP02), and who said so.
struct ImplementationChoice {
  std::uint8_t i = 0;
  Detection::Source source = Detection::Source::assumed;
};

/// What the options say, else the FCI, else GET DATA 0066, else 15 for SCP02 and 05 for SCP01. An implicit i,
/// and one that does not exist, is passed over: it is never taken from an announcement.
[[nodiscard]] ImplementationChoice choose_implementation(std::uint8_t scp, std::optional<std::uint8_t> option,
                                                         const Detection& detection);

/// "SCP02 with i=15: taken from the SELECT response (tag 64); GET DATA 0066 was refused: 6985".
[[nodiscard]] Remark protocol_source(std::uint8_t scp, const ImplementationChoice& choice,
                                     const Detection& detection);

/// Where option, announcement and answer disagree and the session goes on: code "implementation-differs" as a
/// warning where an option's difference changes what is sent, else as a note; code "protocol-differs".
[[nodiscard]] std::vector<Remark> contradictions(std::uint8_t scp, const ImplementationChoice& choice,
                                                 const Detection& detection);

/// What to type for a card that announces SCP02 with implicit initiation (GPCS 2.3.1 section E.1.1, Table
/// E-1), which may not know INITIALIZE UPDATE; empty for any other.
[[nodiscard]] std::string implicit_start_advice(const Detection& detection);

/// "SCP02".
[[nodiscard]] std::string protocol_name(std::uint8_t scp);

}  // namespace gpsh::gp
