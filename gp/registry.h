// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/bytes.h"
#include "gp/card_session.h"
#include "gp/detection.h"
#include "gp/life_cycle.h"

namespace gpsh::gp {

/// One entry of the GlobalPlatform registry; what the card left out is absent.
struct RegistryEntry {
  Bytes aid{};
  std::optional<std::uint8_t> life_cycle{};
  std::optional<std::uint32_t> privileges{};  ///< three bytes; a card's single byte is the highest of them
  std::optional<Bytes> version{};             ///< of a load file
  std::vector<Bytes> modules{};               ///< AIDs of a load file's executable modules
  std::optional<Bytes> security_domain{};     ///< AID of the associated security domain

  friend bool operator==(const RegistryEntry&, const RegistryEntry&) = default;
};

/// P2 of GET STATUS (GPCS 2.3.1 Table 11-34).
enum class ListingFormat : std::uint8_t {
  aid_state = 0x00,  ///< deprecated form: length, AID, life cycle, privilege byte
  tlv = 0x02,        ///< E3 templates
};

struct GetStatusRequest {
  CardMode mode = CardMode::global_platform_211;
  std::uint8_t element = 0x80;                ///< P1: 80 issuer domain, 40 applications, 20 and 10 load files
  ListingFormat format = ListingFormat::tlv;  ///< Open Platform 2.0.1 knows only aid_state
};

/// GET STATUS for everything (GPCS 2.3.1 section 11.4), continued while the card answers 6310. 6A88 is an
/// empty list and a remark ("empty-listing"). Throws Error (card): "card-status" for another status word,
/// "bad-response" for data that cannot be read or a listing without end.
[[nodiscard]] std::vector<RegistryEntry> get_status(CardSession& session, const GetStatusRequest& request);

/// The entries of a joined answer. Throws Error (card, "bad-response"), with the other format as advice where
/// tags were asked for and the answer does not begin with one.
[[nodiscard]] std::vector<RegistryEntry> parse_registry(ByteView data, const GetStatusRequest& request);

/// Whose state an entry's life cycle byte is: by the element asked for, and where that mixes several, by the
/// entry.
[[nodiscard]] LifeCycleKind life_cycle_kind(const RegistryEntry& entry, std::uint8_t element);

}  // namespace gpsh::gp
