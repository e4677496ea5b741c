// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/bytes.h"
#include "gp/secret.h"

namespace gpsh::gp {

/// A key of 16 bytes: `data` through triple DES in ECB mode. It never leaves scrubbed memory. Throws Error
/// (usage, "key-length") for a master key that is not 16 bytes; Error (internal) for data that is not 16.
[[nodiscard]] Secret derive_with_triple_des(const Secret& master, ByteView data);

/// What the counter mode KDF puts before and after its counter.
struct CounterModeInput {
  ByteView before;
  ByteView after;
};

/// A key as long as the master key: the first bytes of CMAC(before || n || after) for n = 01, 02, ... (NIST
/// SP 800-108 section 5.1 with AES-CMAC and a counter of one byte). Throws Error (usage, "key-length") for a
/// master key that is not 16, 24 or 32 bytes.
[[nodiscard]] Secret derive_in_counter_mode(const Secret& master, const CounterModeInput& input);

}  // namespace gpsh::gp
