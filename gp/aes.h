// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "core/bytes.h"
#include "gp/secret.h"

namespace Botan {
class BlockCipher;
class MessageAuthenticationCode;
}  // namespace Botan

namespace gpsh::gp {

inline constexpr std::size_t kAesBlockBytes = 16;
using AesBlock = std::array<std::uint8_t, kAesBlockBytes>;

/// AES with a key of 16, 24 or 32 bytes (GPCS 2.3.1 section B.2). The key schedule is made once. Data must be
/// whole blocks, else Error (internal); any other key length is Error (usage, "key-length").
class Aes {
 public:
  explicit Aes(const Secret& key);
  Aes(Aes&&) noexcept;
  Aes& operator=(Aes&&) noexcept;
  ~Aes();

  [[nodiscard]] AesBlock encrypt_block(const AesBlock& block) const;
  [[nodiscard]] Bytes cbc_encrypt(const AesBlock& start, ByteView data) const;
  [[nodiscard]] Bytes cbc_decrypt(const AesBlock& start, ByteView data) const;
  /// The same over the data itself.
  void cbc_encrypt_in_place(const AesBlock& start, std::span<std::uint8_t> data) const;

 private:
  std::unique_ptr<Botan::BlockCipher> cipher_;
};

/// AES-CMAC (NIST SP 800-38B; GPCS 2.3.1 section B.2.2). Keeps its cipher objects; key lengths as Aes.
class Cmac {
 public:
  explicit Cmac(const Secret& key);
  Cmac(Cmac&&) noexcept;
  Cmac& operator=(Cmac&&) noexcept;
  ~Cmac();

  [[nodiscard]] AesBlock compute(std::initializer_list<ByteView> parts);
  /// The same where the result is part of a key: it never leaves scrubbed memory.
  void compute_into(std::initializer_list<ByteView> parts, std::span<std::uint8_t, kAesBlockBytes> mac);

 private:
  std::unique_ptr<Botan::MessageAuthenticationCode> mac_;
};

}  // namespace gpsh::gp
