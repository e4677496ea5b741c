// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <botan/secmem.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/bytes.h"

namespace gpsh::gp {

/// A key. Owns memory that is overwritten before it is given back; move-only. It cannot be printed, turned
/// into hex or copied into Bytes: only the ciphers of gp look inside (gp/secret_access.h).
class Secret {
 public:
  Secret() = default;
  Secret(Secret&&) noexcept = default;
  Secret& operator=(Secret&&) noexcept = default;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() = default;

  /// An even number of hex digits in either case; nothing else. Empty text gives an empty secret. The digits
  /// are decoded straight into scrubbed memory; the text itself stays the caller's to clear.
  [[nodiscard]] static std::optional<Secret> from_hex(std::string_view text);
  [[nodiscard]] static Secret from_bytes(ByteView bytes);
  [[nodiscard]] Secret clone() const;

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }

  /// Takes the same time wherever the first difference is; the length is not secret.
  friend bool operator==(const Secret& a, const Secret& b);

 private:
  friend class SecretAccess;
  explicit Secret(Botan::secure_vector<std::uint8_t> bytes) : bytes_(std::move(bytes)) {}

  Botan::secure_vector<std::uint8_t> bytes_;
};

}  // namespace gpsh::gp
