// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/bytes.h"
#include "gp/static_keys.h"

namespace gpsh::gp {

/// What SCP02's session keys are derived with (GPCS 2.3.1 section E.4.1).
enum class Scp02KeyUse : std::uint16_t {
  command_mac = 0x0101,
  response_mac = 0x0102,
  data_encryption = 0x0181,
  encryption = 0x0182,
};

/// The session key of one base key for a 2-byte sequence counter; empty where there is no such key. Throws
/// Error (usage, "key-length").
[[nodiscard]] Secret derive_scp02_key(const StaticKeys& keys, KeyRole base, Scp02KeyUse use,
                                      ByteView counter);

/// The role whose base key serves: its own, or the one key there is. Throws Error (usage, "one-base-key")
/// when there should be one and different ones are given.
class Scp02BaseKeys {
 public:
  enum class Count { one, three };

  Scp02BaseKeys(const StaticKeys& keys, Count count);
  [[nodiscard]] KeyRole role(KeyRole wanted) const { return only_ ? *only_ : wanted; }

 private:
  std::optional<KeyRole> only_{};
};

/// The sequence counter after this one; nothing at its end (GPCS 2.3.1 section E.1.2). Throws
/// Error (card) when it does not have 2 bytes.
[[nodiscard]] std::optional<Bytes> next_sequence_counter(ByteView counter);

}  // namespace gpsh::gp
