// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gp/open_channel.h"

namespace gpsh::gp {

/// Opens SCP02 without INITIALIZE UPDATE (GPCS 2.3.1 section E.1.2.2): the sequence counter is read with GET
/// DATA 00C1, the application is the selected one, the level is 01. The first wrapped command is the
/// authentication, so the ledger counts it before it is sent, and clears it when the card accepts it. Where
/// the card refuses it, or answers a later one with a security error, the channel is lost: the card takes
/// each C-MAC that follows for the start of another (section E.1.6), and each start is an attempt. Throws
/// Error (usage): "channel-option" for another level or a key derivation, "aid-unknown" when no AID is known;
/// what Scp02::implicit throws; Error (card) when the counter cannot be read.
void open_implicit_channel(CardSession& session, const OpenRequest& request, Ledger& ledger);

/// After a command that was sent as it is: without secure messaging it ends the level of an implicit channel,
/// and the card begins another channel with the next C-MAC (GPCS 2.3.1 section E.1.6). So one that had begun
/// is lost here too, which is a remark ("implicit-ended"). Any other channel stays as it is.
void end_implicit_channel(CardSession& session, ByteView apdu);

}  // namespace gpsh::gp
