// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "virtualcard/channel_owner.h"
#include "virtualcard/random_source.h"
#include "virtualcard/scp01_card.h"
#include "virtualcard/scp02_card.h"
#include "virtualcard/scp03_card.h"

namespace gpsh::virtualcard {

/// The protocol of a session.
using SessionProtocol = std::variant<Scp01Card, Scp02Card, Scp03Card>;

/// What INITIALIZE UPDATE brings about.
struct SessionProposal {
  SessionProtocol protocol;
  Bytes host_cryptogram;  ///< that EXTERNAL AUTHENTICATE must bring
  Bytes answer;           ///< the response's data field
};

/// What a proposal is made of.
struct ProposalRequest {
  const ChannelOwner& owner;
  const SecureChannelOptions& options;
  KeySet& keys;  ///< its counter advances where the specification says so
  Bytes host_challenge;
};

/// Proposes a session (GPCS 2.3.1 Tables D-5 and E-8, AmdD Table 7-3). The host challenge has the right
/// length and the sequence counter is not at its end.
[[nodiscard]] SessionProposal propose_session(const ProposalRequest& request, RandomSource& random);

}  // namespace gpsh::virtualcard
