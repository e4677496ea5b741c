// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/aes_crypto.h"

#include <botan/block_cipher.h>
#include <botan/mac.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>

#include "core/error.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::size_t kLabelZeros = 11;

std::string name_of(const Key& key) {
  return "AES-" + std::to_string(key.size() * 8);
}

std::unique_ptr<Botan::BlockCipher> cipher(const Key& key) {
  auto made = Botan::BlockCipher::create_or_throw(name_of(key));
  made->set_key(key.data(), key.size());
  return made;
}

void need_whole_blocks(ByteView icv, ByteView data) {
  if (icv.size() == kAesBlockBytes && data.size() % kAesBlockBytes == 0) return;
  throw Error({.kind = ErrorKind::internal,
               .code = "card-crypto",
               .message = "AES works on whole blocks, not on " + std::to_string(data.size()) +
                          " bytes with " + std::to_string(icv.size()) + " bytes of ICV"});
}

/// a XOR b, both one block.
Bytes combined(ByteView a, ByteView b) {
  Bytes sum(kAesBlockBytes);
  std::ranges::transform(a, b, sum.begin(), std::bit_xor<std::uint8_t>());
  return sum;
}

}  // namespace

Bytes aes_encrypt(const Key& key, ByteView icv, ByteView data) {
  need_whole_blocks(icv, data);
  const auto aes = cipher(key);
  auto chain = to_bytes(icv);
  Bytes encrypted;
  for (; !data.empty(); data = data.subspan(kAesBlockBytes)) {
    chain = combined(chain, data.first(kAesBlockBytes));
    aes->encrypt(chain.data());
    append(encrypted, chain);
  }
  return encrypted;
}

Bytes aes_decrypt(const Key& key, ByteView icv, ByteView data) {
  need_whole_blocks(icv, data);
  const auto aes = cipher(key);
  Bytes plain;
  for (; !data.empty(); data = data.subspan(kAesBlockBytes)) {
    auto block = to_bytes(data.first(kAesBlockBytes));
    aes->decrypt(block.data());
    append(plain, combined(block, icv));
    icv = data.first(kAesBlockBytes);
  }
  return plain;
}

Bytes aes_encrypt_block(const Key& key, ByteView block) {
  return aes_encrypt(key, Bytes(kAesBlockBytes, 0x00), block);
}

Bytes aes_cmac(const Key& key, ByteView data) {
  const auto cmac = Botan::MessageAuthenticationCode::create_or_throw("CMAC(" + name_of(key) + ")");
  cmac->set_key(key.data(), key.size());
  cmac->update(data.data(), data.size());
  const auto mac = cmac->final();
  return {mac.begin(), mac.end()};
}

Key aes_derive(const Key& key, std::uint8_t constant, std::size_t bytes, ByteView context) {
  const auto bits = static_cast<std::uint16_t>(bytes * 8);
  Key derived;
  for (std::uint8_t counter = 1; derived.size() < bytes; ++counter) {
    Bytes input(kLabelZeros, 0x00);
    append(input,
           {constant, 0x00, static_cast<std::uint8_t>(bits >> 8), static_cast<std::uint8_t>(bits), counter});
    append(input, context);
    const auto block = aes_cmac(key, input);
    derived.insert(derived.end(), block.begin(), block.end());
  }
  derived.resize(bytes);
  return derived;
}

}  // namespace gpsh::virtualcard
