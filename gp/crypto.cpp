// SPDX-License-Identifier: Apache-2.0
#include "gp/crypto.h"

#include <botan/block_cipher.h>
#include <botan/mac.h>
#include <botan/mem_ops.h>

#include <algorithm>
#include <array>
#include <functional>

#include "core/error.h"
#include "gp/secret_access.h"

namespace gpsh::gp {

namespace {

constexpr std::size_t kKcvBytes = 3;

void require_blocks(ByteView start, ByteView data) {
  if (start.size() == kDesBlockBytes && data.size() % kDesBlockBytes == 0) return;
  throw Error({.kind = ErrorKind::internal,
               .code = "bad-block",
               .message = "a cipher was given " + std::to_string(data.size()) +
                          " bytes and a start value of " + std::to_string(start.size())});
}

void require_key_length(const Secret& key, bool good, std::string_view wanted) {
  if (good) return;
  throw Error({.kind = ErrorKind::usage,
               .code = "key-length",
               .message = "a key of " + std::to_string(key.size()) + " bytes where " + std::string(wanted) +
                          " are needed",
               .advice = "check the length of the key options"});
}

std::unique_ptr<Botan::BlockCipher> make_cipher(const std::string& algorithm, ByteView key) {
  auto cipher = Botan::BlockCipher::create_or_throw(algorithm);
  cipher->set_key(key.data(), key.size());
  return cipher;
}

std::unique_ptr<Botan::BlockCipher> make_triple_des(const Secret& key) {
  require_key_length(key, key.size() == kTripleDesKeyBytes, "16");
  return make_cipher("TripleDES", SecretAccess::view(key));
}

/// CBC in place: works in Bytes and in scrubbed memory alike.
void encrypt_chained(const Botan::BlockCipher& cipher, ByteView start, std::span<std::uint8_t> data) {
  auto previous = start;
  for (std::size_t at = 0; at < data.size(); at += kDesBlockBytes) {
    const auto block = data.subspan(at, kDesBlockBytes);
    std::ranges::transform(block, previous, block.begin(), std::bit_xor<>{});
    cipher.encrypt(block.data());
    previous = block;
  }
}

}  // namespace

bool constant_time_equal(ByteView a, ByteView b) {
  return a.size() == b.size() && Botan::constant_time_compare(a.data(), b.data(), a.size());
}

Bytes pad80(ByteView data, std::size_t block_bytes) {
  auto padded = to_bytes(data);
  append_pad80(padded, block_bytes);
  return padded;
}

void append_pad80(Bytes& data, std::size_t block_bytes) {
  data.push_back(0x80);
  data.resize((data.size() + block_bytes - 1) / block_bytes * block_bytes);
}

std::optional<ByteView> without_pad80(ByteView padded) {
  while (!padded.empty() && padded.back() == 0x00) padded = padded.first(padded.size() - 1);
  if (padded.empty() || padded.back() != 0x80) return std::nullopt;
  return padded.first(padded.size() - 1);
}

TripleDes::TripleDes(const Secret& key) : cipher_(make_triple_des(key)) {}
TripleDes::TripleDes(TripleDes&&) noexcept = default;
TripleDes& TripleDes::operator=(TripleDes&&) noexcept = default;
TripleDes::~TripleDes() = default;

Bytes TripleDes::ecb_encrypt(ByteView data) const {
  require_blocks(Bytes(kDesBlockBytes), data);
  auto result = to_bytes(data);
  cipher_->encrypt_n(data.data(), result.data(), data.size() / kDesBlockBytes);
  return result;
}

Bytes TripleDes::ecb_decrypt(ByteView data) const {
  require_blocks(Bytes(kDesBlockBytes), data);
  auto result = to_bytes(data);
  cipher_->decrypt_n(data.data(), result.data(), data.size() / kDesBlockBytes);
  return result;
}

Bytes TripleDes::cbc_encrypt(ByteView start, ByteView data) const {
  auto result = to_bytes(data);
  cbc_encrypt_in_place(start, result);
  return result;
}

void TripleDes::cbc_encrypt_in_place(ByteView start, std::span<std::uint8_t> data) const {
  require_blocks(start, data);
  encrypt_chained(*cipher_, start, data);
}

Bytes TripleDes::cbc_decrypt(ByteView start, ByteView data) const {
  require_blocks(start, data);
  auto result = ecb_decrypt(data);
  const auto previous = concat({start, data});
  std::ranges::transform(result, ByteView(previous).first(result.size()), result.begin(), std::bit_xor<>{});
  return result;
}

Secret TripleDes::derive_key(Chaining chaining, ByteView derivation_data) const {
  const Bytes start(kDesBlockBytes);
  require_blocks(start, derivation_data);
  Botan::secure_vector<std::uint8_t> key(derivation_data.begin(), derivation_data.end());
  if (chaining == Chaining::cbc) {
    encrypt_chained(*cipher_, start, key);
  } else {
    cipher_->encrypt(key);
  }
  return SecretAccess::adopt(std::move(key));
}

Bytes TripleDes::cbc_mac(ByteView padded) const {
  const auto encrypted = cbc_encrypt(Bytes(kDesBlockBytes), padded);
  require_blocks(ByteView(encrypted).last(std::min(encrypted.size(), kDesBlockBytes)), encrypted);
  return to_bytes(ByteView(encrypted).last(kDesBlockBytes));
}

RetailMac::RetailMac(const Secret& key) {
  require_key_length(key, key.size() == kTripleDesKeyBytes, "16");
  const auto bytes = SecretAccess::view(key);
  mac_ = Botan::MessageAuthenticationCode::create_or_throw("X9.19-MAC");
  mac_->set_key(bytes.data(), bytes.size());
  left_half_ = make_cipher("DES", bytes.first(kDesBlockBytes));
}

RetailMac::RetailMac(RetailMac&&) noexcept = default;
RetailMac& RetailMac::operator=(RetailMac&&) noexcept = default;
RetailMac::~RetailMac() = default;

Bytes RetailMac::compute(ByteView start, ByteView padded) {
  require_blocks(start, padded);
  require_blocks(padded.first(std::min(padded.size(), kDesBlockBytes)), padded);
  // The library's MAC always starts from zeros; a start value XORed into the first block does the same.
  std::array<std::uint8_t, kDesBlockBytes> first{};
  std::ranges::transform(start, padded.first(kDesBlockBytes), first.begin(), std::bit_xor<>{});
  const auto rest = padded.subspan(kDesBlockBytes);
  mac_->update(first.data(), first.size());
  mac_->update(rest.data(), rest.size());
  Bytes mac(kDesBlockBytes);
  mac_->final(mac.data());
  return mac;
}

Bytes RetailMac::encrypt_start(ByteView block) const {
  require_blocks(block, block);
  auto result = to_bytes(block);
  left_half_->encrypt(result.data());
  return result;
}

Bytes kcv_3des(const Secret& key) {
  const auto block = TripleDes(key).ecb_encrypt(Bytes(kDesBlockBytes));
  return to_bytes(ByteView(block).first(kKcvBytes));
}

Bytes kcv_aes(const Secret& key) {
  require_key_length(key, key.size() == 16 || key.size() == 24 || key.size() == 32, "16, 24 or 32");
  const auto cipher = make_cipher("AES-" + std::to_string(key.size() * 8), SecretAccess::view(key));
  Bytes block(cipher->block_size(), 0x01);
  cipher->encrypt(block.data());
  return to_bytes(ByteView(block).first(kKcvBytes));
}

}  // namespace gpsh::gp
