// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "core/aid.h"
#include "gp/initialize_update.h"
#include "gp/scp02.h"
#include "gp/static_keys.h"

namespace gpsh::gp {

/// A protocol as the doctor sees it.
struct DoctorProtocol {
  std::uint8_t number = 0;
  std::uint8_t i = 0;                 ///< one that it speaks; the card cryptogram does not depend on it
  KeyRole proven = KeyRole::enc;      ///< the key that the card cryptogram proves
  KeyRole challenged = KeyRole::mac;  ///< the key that a pseudo-random challenge proves
  // These throw what the protocol throws.
  bool (*fits)(const ProtocolStart&) = nullptr;
  bool (*challenge_fits)(const ProtocolStart&, const Aid&) = nullptr;
};

/// The protocols that an answer of this length can belong to, the announced one first.
[[nodiscard]] std::vector<DoctorProtocol> possible_protocols(const InitializeUpdateResponse& answer);

}  // namespace gpsh::gp
