// SPDX-License-Identifier: Apache-2.0
#include "gp/aes.h"

#include <botan/block_cipher.h>
#include <botan/mac.h>
#include <botan/mem_ops.h>

#include <algorithm>
#include <string>

#include "core/error.h"
#include "gp/secret_access.h"

namespace gpsh::gp {
namespace {

/// "AES-128".
std::string aes_of(const Secret& key) {
  if (key.size() == 16 || key.size() == 24 || key.size() == 32) {
    return "AES-" + std::to_string(key.size() * 8);
  }
  throw Error(
      {.kind = ErrorKind::usage,
       .code = "key-length",
       .message = "a key of " + std::to_string(key.size()) + " bytes where 16, 24 or 32 are needed (AES)",
       .advice = "check the length of the key options"});
}

void require_blocks(std::size_t bytes) {
  if (bytes % kAesBlockBytes == 0) return;
  throw Error({.kind = ErrorKind::internal,
               .code = "bad-block",
               .message = "AES was given " + std::to_string(bytes) + " bytes, which are no whole blocks"});
}

}  // namespace

Aes::Aes(const Secret& key) : cipher_(Botan::BlockCipher::create_or_throw(aes_of(key))) {
  const auto bytes = SecretAccess::view(key);
  cipher_->set_key(bytes.data(), bytes.size());
}

Aes::Aes(Aes&&) noexcept = default;
Aes& Aes::operator=(Aes&&) noexcept = default;
Aes::~Aes() = default;

AesBlock Aes::encrypt_block(const AesBlock& block) const {
  AesBlock result{};
  cipher_->encrypt(block.data(), result.data());
  return result;
}

Bytes Aes::cbc_encrypt(const AesBlock& start, ByteView data) const {
  auto result = to_bytes(data);
  cbc_encrypt_in_place(start, result);
  return result;
}

void Aes::cbc_encrypt_in_place(const AesBlock& start, std::span<std::uint8_t> data) const {
  require_blocks(data.size());
  // A block of fixed size: the compiler makes one operation of it.
  auto chain = start;
  for (std::size_t at = 0; at < data.size(); at += kAesBlockBytes) {
    const auto block = data.subspan(at).first<kAesBlockBytes>();
    for (std::size_t i = 0; i < kAesBlockBytes; ++i) chain[i] ^= block[i];
    cipher_->encrypt(chain.data());
    std::ranges::copy(chain, block.begin());
  }
}

Bytes Aes::cbc_decrypt(const AesBlock& start, ByteView data) const {
  require_blocks(data.size());
  Bytes result(data.size());
  cipher_->decrypt_n(data.data(), result.data(), data.size() / kAesBlockBytes);
  if (data.empty()) return result;
  Botan::xor_buf(result.data(), start.data(), kAesBlockBytes);
  Botan::xor_buf(result.data() + kAesBlockBytes, data.data(), data.size() - kAesBlockBytes);
  return result;
}

Cmac::Cmac(const Secret& key)
    : mac_(Botan::MessageAuthenticationCode::create_or_throw("CMAC(" + aes_of(key) + ")")) {
  const auto bytes = SecretAccess::view(key);
  mac_->set_key(bytes.data(), bytes.size());
}

Cmac::Cmac(Cmac&&) noexcept = default;
Cmac& Cmac::operator=(Cmac&&) noexcept = default;
Cmac::~Cmac() = default;

AesBlock Cmac::compute(std::initializer_list<ByteView> parts) {
  AesBlock mac{};
  compute_into(parts, mac);
  return mac;
}

void Cmac::compute_into(std::initializer_list<ByteView> parts, std::span<std::uint8_t, kAesBlockBytes> mac) {
  for (const auto part : parts) mac_->update(part.data(), part.size());
  mac_->final(mac.data());
}

}  // namespace gpsh::gp
