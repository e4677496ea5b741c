// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "gp/card_session.h"

namespace gpsh::gp {

/// GET DATA `80 CA tt tt 00` (GPCS 2.3.1 section 11.3), through the channel if one is open. Returns the data
/// as the card sent it, outer tag included. Throws Error (card, "card-status") unless 9000.
[[nodiscard]] Bytes get_data(CardSession& session, std::uint16_t tag);

/// One secure channel protocol a card announces (GPCS 2.3.1 section H.2, tag 64).
struct ScpOption {
  std::uint8_t scp = 0;
  Bytes i{};  ///< the octets of the OID behind the protocol, raw: one as a rule

  /// i as a number: one octet, or two in base 128; nothing when it is no byte.
  [[nodiscard]] std::optional<std::uint8_t> implementation() const;
  friend bool operator==(const ScpOption&, const ScpOption&) = default;
};

/// Tags 65 to 68: an OID, if the value starts with one, and what follows it.
struct RecognitionDetail {
  std::optional<std::string> oid{};  ///< "1.3.656.840.100.2.1.3"
  Bytes data{};

  friend bool operator==(const RecognitionDetail&, const RecognitionDetail&) = default;
};

/// Card recognition data (GPCS 2.3.1 section H.2).
struct CardRecognitionData {
  std::optional<std::string> version{};  ///< "2.1.1": the last three arcs of the OID in tag 60
  std::vector<ScpOption> protocols{};    ///< tag 64, in the card's order
  std::optional<RecognitionDetail> card_configuration{};  ///< tag 65
  std::optional<RecognitionDetail> card_chip{};           ///< tag 66
  std::optional<RecognitionDetail> trust_point{};         ///< tag 67
  std::optional<RecognitionDetail> certificate{};         ///< tag 68
};

/// From the answer to GET DATA 0066 or from an FCI: tag 73 in 66, in 6F/A5, or alone. Throws
/// Error (card, "bad-response") when there is none or it cannot be read.
[[nodiscard]] CardRecognitionData parse_card_recognition_data(ByteView data);

/// The protocols of parse_card_recognition_data(), with unknown ones kept; none when there is no tag 73.
/// Throws Error (card, "bad-response") for what cannot be read.
[[nodiscard]] std::vector<ScpOption> announced_protocols(ByteView fci_or_66);

/// Dotted text of an OID's content octets (ISO/IEC 8825-1, 8.19); nothing when the last arc is incomplete, an
/// arc is over 32 bits, or there are no octets.
[[nodiscard]] std::optional<std::string> oid_text(ByteView octets);

}  // namespace gpsh::gp
