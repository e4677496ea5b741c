// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gp/open_channel.h"

namespace gpsh::gp {

/// Opens SCP02 without INITIALIZE UPDATE (GPCS 2.3.1 section E.1.2.2): the sequence counter is read with GET
/// DATA 00C1, the application is the selected one, the level is 01. The first wrapped command is the
/// authentication, so the ledger counts it before it is sent, and clears it when the card accepts it. Throws
/// Error (usage): "channel-option" for another level or a key derivation, "aid-unknown" when no AID is known;
/// what Scp02::implicit throws; Error (card) when the counter cannot be read.
void open_implicit_channel(CardSession& session, const OpenRequest& request, Ledger& ledger);

}  // namespace gpsh::gp
