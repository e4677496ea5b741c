// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "gp/card_session.h"
#include "gp/channel_keys.h"
#include "gp/detection.h"
#include "gp/ledger.h"
#include "gp/security_level.h"

namespace gpsh::gp {

/// Go on where gpsh would stop for the card's sake.
enum class Force { no, yes };

struct OpenRequest {
  CardMode mode = CardMode::global_platform_211;
  ChannelKeys keys{};
  std::uint8_t key_version = 0;
  std::uint8_t key_index = 0;
  SecurityLevel level{};
  std::optional<std::uint8_t> scp{};       ///< -scp; absent: detect
  std::optional<std::uint8_t> scp_impl{};  ///< -scpimpl, the i parameter; absent: detect
  Force force = Force::no;
  Ledger* ledger = nullptr;  ///< counts the attempts; null: nobody does
};

/// Opens a secure channel: GET DATA 0066 (only where GPShell sends it), INITIALIZE UPDATE, EXTERNAL
/// AUTHENTICATE; or, for an i of SCP02 that starts implicitly, nothing but GET DATA 00C1. A channel that was
/// open is forgotten first. EXTERNAL AUTHENTICATE is sent only after everything the card's answer can prove
/// was verified; each decision is a remark. After an Error no channel is open.
///
/// Errors: usage "key-missing", "key-length", "one-base-key", "channel-option", "level-not-covered" of the
/// options, "derivation-protocol"; card "card-status", "bad-response", "detection-refused", "no-protocol";
/// security "card-cryptogram", "card-challenge", "protocol-mismatch", "wrong-mode", "level-not-covered" of
/// the answer, "ledger-refused", "counter-exhausted"; file "ledger-unwritable".
void open_channel(CardSession& session, const OpenRequest& request);

}  // namespace gpsh::gp
