// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/bytes.h"
#include "gp/card_session.h"
#include "gp/initialize_update.h"
#include "gp/ledger.h"

namespace gpsh::gp {

/// Whose attempt an answer to INITIALIZE UPDATE makes it: SHA-256 over diversification data and `aid`, the
/// selected application (empty: none).
[[nodiscard]] CardIdentity card_identity(const InitializeUpdateResponse& answer, ByteView aid);

/// Tells the card from others of its kind without authentication: 32 bytes of SHA-256 over the chip's part of
/// the CPLC (GET DATA 9F7F, from Open Platform 2.0.1), else over IIN and CIN (GET DATA 0042 and 0045;
/// GPCS 2.3.1 section H.2). Empty where the card refuses them or they name no single card. Sends one to three
/// GET DATA outside any channel; throws Error of the connection.
[[nodiscard]] Bytes read_card_data(CardSession& session);

/// The fingerprint of a CPLC, with or without its tag; empty when there is no serial number in it.
[[nodiscard]] Bytes cplc_fingerprint(ByteView data);

}  // namespace gpsh::gp
