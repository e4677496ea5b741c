// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/aid.h"
#include "core/bytes.h"
#include "gp/initialize_update.h"
#include "gp/security_level.h"
#include "gp/static_keys.h"
#include "gp/wire.h"

namespace gpsh::gp {

/// What becomes of an empty data field at a level with C-DEC (quirk Q27): the specifications leave it as it
/// is (GPCS 2.1.1 section D.3.4, AmdD 1.2 section 6.2.6; GPCS 2.3.1 section E.4.6 is silent), some programs
/// encrypt its padding.
enum class EmptyData {
  as_wire,    ///< GPShell encrypts it on SCP02
  clear,      ///< stays empty
  encrypted,  ///< on SCP02 and SCP03, as other programs' logs show
};

/// What a protocol is started from after INITIALIZE UPDATE. The protocol keeps none of the references.
struct ProtocolStart {
  KeyAccess keys;  ///< made from a KeySet, or from keys that live elsewhere
  const InitializeUpdateResponse& answer;
  ByteView host_challenge;  ///< 8 bytes (S16: 16)
  std::uint8_t i = 0;
  SecurityLevel level{};
  Wire wire = Wire::gpsh;
  EmptyData empty_data = EmptyData::as_wire;
};

/// How a wrapped command travels. Security is applied before a command is cut (GPCS 2.3.1 section 11.1.5.1),
/// so one that will be cut may be longer than an APDU.
enum class Extent { one_apdu, chained };

/// How much a response that was unwrapped last is worth.
enum class ResponseProof {
  not_asked,        ///< the level asks for no R-MAC
  verified,         ///< it carried a right R-MAC
  unauthenticated,  ///< an error status word without R-MAC: anybody may have put it there
};

}  // namespace gpsh::gp
