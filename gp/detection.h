// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "gp/card_data.h"
#include "gp/card_session.h"

namespace gpsh::gp {

/// Which specification the script speaks.
enum class CardMode { open_platform_201, global_platform_211 };

/// What is known of the protocol before INITIALIZE UPDATE, and where from.
struct Detection {
  enum class Source { options, fci, card_data, assumed, answer };

  std::vector<ScpOption> fci{};        ///< tag 64 of the SELECT response
  std::vector<ScpOption> card_data{};  ///< tag 64 of GET DATA 0066
  bool card_data_asked = false;        ///< GET DATA 0066 was sent
  std::optional<Error> refusal{};      ///< why GET DATA 0066 gave nothing readable

  /// An i that the card announces, and where.
  struct Announced {
    std::uint8_t i = 0;
    Source source = Source::fci;
  };
  /// Every i of `scp` in the card's order, the FCI before 0066; also what gpsh does not know.
  [[nodiscard]] std::vector<Announced> implementations(std::uint8_t scp) const;
  /// The first of them that a channel of INITIALIZE UPDATE can have: gpsh knows it, and it does not start
  /// implicitly (GPCS 2.3.1 section E.1.1); nothing when there is none.
  [[nodiscard]] std::optional<Announced> implementation(std::uint8_t scp) const;
  /// Whether the card announces a protocol gpsh could know: SCP01, SCP02 or SCP03.
  [[nodiscard]] bool usable() const;
  /// The first protocol gpsh could know, in the card's order, the FCI before 0066.
  [[nodiscard]] std::optional<std::uint8_t> first_protocol() const;
  /// Whether the card announces known protocols, but not this one.
  [[nodiscard]] bool contradicts(std::uint8_t scp) const;
};

/// "the options", "the SELECT response (tag 64)", ...
[[nodiscard]] std::string_view text(Detection::Source source);

/// What is asked for by options: with both values, or in mode_201, GET DATA 0066 is not sent.
struct DetectionRequest {
  CardMode mode = CardMode::global_platform_211;
  std::optional<std::uint8_t> scp{};
  std::optional<std::uint8_t> scp_impl{};
};

/// Reads the FCI of the selection and, where GPShell does, sends GET DATA 0066. A refused or unreadable
/// answer is kept in `refusal`; only Errors of the connection get through.
[[nodiscard]] Detection detect_protocol(CardSession& session, const DetectionRequest& request);

}  // namespace gpsh::gp
