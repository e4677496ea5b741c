// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "gp/card_session.h"
#include "gp/detection.h"
#include "gp/keys.h"
#include "gp/security_level.h"

namespace gpsh::gp {

/// Go on where gpsh would stop for the card's sake.
enum class Force { no, yes };

struct OpenRequest {
  CardMode mode = CardMode::global_platform_211;
  KeySet keys{};
  Secret base_key{};  ///< -key; serves as all three keys where none of them is given
  std::uint8_t key_version = 0;
  std::uint8_t key_index = 0;
  SecurityLevel level{};
  std::optional<std::uint8_t> scp{};       ///< -scp; absent: detect
  std::optional<std::uint8_t> scp_impl{};  ///< -scpimpl, the i parameter; absent: detect
  Force force = Force::no;
};

/// Opens a secure channel: GET DATA 0066 (only where GPShell sends it), INITIALIZE UPDATE, EXTERNAL
/// AUTHENTICATE. A channel that was open is forgotten first. EXTERNAL AUTHENTICATE is sent only after
/// everything the card's answer can prove was verified; each decision is a remark. After an Error no channel
/// is open.
///
/// Errors: usage "key-missing", "key-length", "not-built"; card "card-status", "bad-response",
/// "detection-refused", "no-protocol"; security "card-cryptogram", "card-challenge", "protocol-mismatch",
/// "wrong-mode".
void open_channel(CardSession& session, const OpenRequest& request);

}  // namespace gpsh::gp
