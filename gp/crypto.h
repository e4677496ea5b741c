// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "core/bytes.h"
#include "gp/secret.h"

namespace Botan {
class BlockCipher;
class MessageAuthenticationCode;
}  // namespace Botan

namespace gpsh::gp {

inline constexpr std::size_t kDesBlockBytes = 8;
inline constexpr std::size_t kTripleDesKeyBytes = 16;

/// For MACs and cryptograms. Different lengths are unequal.
[[nodiscard]] bool constant_time_equal(ByteView a, ByteView b);

/// 80 and then zeros up to the next multiple of `block_bytes`; at least the 80 (GPCS 2.3.1 section B.1.3).
[[nodiscard]] Bytes pad80(ByteView data, std::size_t block_bytes);
/// The same at the end of `data`.
void append_pad80(Bytes& data, std::size_t block_bytes);
/// The bytes before such a padding; nothing where there is none.
[[nodiscard]] std::optional<ByteView> without_pad80(ByteView padded);

/// How the blocks of one encryption depend on each other; where no start value is named it is zeros.
enum class Chaining { ecb, cbc };

/// Triple DES with a two-key (16-byte) key. The key schedule is made once. Data must be whole blocks and a
/// start value one block, else Error (internal); any other key length is Error (usage, "key-length").
class TripleDes {
 public:
  explicit TripleDes(const Secret& key);
  TripleDes(TripleDes&&) noexcept;
  TripleDes& operator=(TripleDes&&) noexcept;
  ~TripleDes();

  [[nodiscard]] Bytes ecb_encrypt(ByteView data) const;
  [[nodiscard]] Bytes ecb_decrypt(ByteView data) const;
  [[nodiscard]] Bytes cbc_encrypt(ByteView start, ByteView data) const;
  [[nodiscard]] Bytes cbc_decrypt(ByteView start, ByteView data) const;
  /// An encryption with a start of zeros whose result is a key: it never leaves scrubbed memory.
  [[nodiscard]] Secret derive_key(Chaining chaining, ByteView derivation_data) const;
  [[nodiscard]] Secret derive_key(ByteView derivation_data) const {
    return derive_key(Chaining::cbc, derivation_data);
  }
  /// CBC over the data itself.
  void cbc_encrypt_in_place(ByteView start, std::span<std::uint8_t> data) const;
  /// The last block of CBC with a start of zeros: "full triple DES MAC" (GPCS 2.3.1 section B.1.2.1).
  [[nodiscard]] Bytes cbc_mac(ByteView padded) const;

 private:
  std::unique_ptr<Botan::BlockCipher> cipher_;
};

/// "Single DES plus final triple DES MAC" (ISO/IEC 9797-1 algorithm 3; GPCS 2.3.1 section B.1.2.2) with a
/// two-key (16-byte) key. Keeps its cipher objects.
class RetailMac {
 public:
  explicit RetailMac(const Secret& key);
  RetailMac(RetailMac&&) noexcept;
  RetailMac& operator=(RetailMac&&) noexcept;
  ~RetailMac();

  /// 8 bytes, from whole blocks (at least one) and a start value of one block.
  [[nodiscard]] Bytes compute(ByteView start, ByteView padded);
  /// One block through single DES with the left half of the key: the ICV encryption of GPCS 2.3.1 section
  /// E.3.4.
  [[nodiscard]] Bytes encrypt_start(ByteView block) const;

 private:
  std::unique_ptr<Botan::MessageAuthenticationCode> mac_;
  std::unique_ptr<Botan::BlockCipher> left_half_;
};

/// Key check value: the first 3 bytes of a block of zeros, encrypted (GPCS 2.3.1 section B.6).
/// Throws Error (usage, "key-length") for a key that is not 16 bytes.
[[nodiscard]] Bytes kcv_3des(const Secret& key);
/// Key check value: the first 3 bytes of a block of 01s, encrypted (GPCS 2.3.1 section B.6).
/// Throws Error (usage, "key-length") for a key that is not 16, 24 or 32 bytes.
[[nodiscard]] Bytes kcv_aes(const Secret& key);

}  // namespace gpsh::gp
