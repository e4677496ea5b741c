// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/bytes.h"
#include "gp/card_session.h"

namespace gpsh::gp {

/// Whether the last block asks the card for data (GPCS 2.3.1 Table 11-89, bit b1: case 3 or case 4).
enum class StoredAnswer { none, expected };

struct StoreDataRequest {
  Bytes data{};                 ///< may be empty: one block without data
  std::uint8_t format = 0;      ///< bits b5 and b4 of P1: 08 DGI, 10 BER-TLV
  std::uint8_t encryption = 0;  ///< bits b7 and b6 of P1: 20 application dependent, 60 encrypted
  StoredAnswer answer = StoredAnswer::none;
};

/// STORE DATA (GPCS 2.3.1 section 11.11) in blocks of the most the channel can carry, cut wherever that is,
/// each protected on its own. Returns the data of the answer to the last block. Throws Error: (usage,
/// "data-too-long") for more than 256 blocks, before anything is sent; (card, "card-status") for a refusal.
Bytes store_data(CardSession& session, const StoreDataRequest& request);

}  // namespace gpsh::gp
