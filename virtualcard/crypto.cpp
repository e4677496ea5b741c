// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/crypto.h"

#include <botan/block_cipher.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <numeric>
#include <string>

#include "core/error.h"

namespace gpsh::virtualcard {
namespace {

using Block = std::array<std::uint8_t, kDesBlockBytes>;

std::unique_ptr<Botan::BlockCipher> cipher(const std::string& name, ByteView key) {
  auto made = Botan::BlockCipher::create_or_throw(name);
  made->set_key(key.data(), key.size());
  return made;
}

Block block_at(ByteView data, std::size_t offset) {
  Block block{};
  std::ranges::copy(data.subspan(offset, kDesBlockBytes), block.begin());
  return block;
}

void xor_into(Block& target, const Block& other) {
  std::ranges::transform(target, other, target.begin(), std::bit_xor<std::uint8_t>());
}

void need_whole_blocks(ByteView data) {
  if (data.size() % kDesBlockBytes == 0) return;
  throw Error({.kind = ErrorKind::internal,
               .code = "card-crypto",
               .message = "DES works on whole blocks, not on " + std::to_string(data.size()) + " bytes"});
}

/// The last block of CBC encryption, and every block on the way through `keep`.
template <typename Keep>
Block cbc_encrypt(const Botan::BlockCipher& des, Block chain, ByteView data, Keep keep) {
  need_whole_blocks(data);
  for (std::size_t offset = 0; offset < data.size(); offset += kDesBlockBytes) {
    xor_into(chain, block_at(data, offset));
    des.encrypt(chain.data());
    keep(chain);
  }
  return chain;
}

constexpr auto kKeepNothing = [](const Block&) {};

}  // namespace

Key make_key(ByteView bytes) {
  return {bytes.begin(), bytes.end()};
}

Bytes pad_blocks(ByteView data, std::size_t block_bytes) {
  auto padded = to_bytes(data);
  padded.push_back(0x80);
  while (padded.size() % block_bytes != 0) padded.push_back(0x00);
  return padded;
}

std::optional<Bytes> unpad_blocks(ByteView padded, std::size_t block_bytes) {
  if (padded.empty() || padded.size() % block_bytes != 0) return std::nullopt;
  const auto last_block = padded.last(block_bytes);
  const auto mark =
      std::find_if(last_block.rbegin(), last_block.rend(), [](auto byte) { return byte != 0x00; });
  if (mark == last_block.rend() || *mark != 0x80) return std::nullopt;
  const auto padding_bytes = static_cast<std::size_t>(mark - last_block.rbegin()) + 1;
  return to_bytes(padded.first(padded.size() - padding_bytes));
}

Key triple_des_encrypt(const Key& key, ByteView data) {
  Key encrypted;
  const auto des = cipher("TripleDES", key);
  cbc_encrypt(*des, Block{}, data,
              [&](const Block& block) { encrypted.insert(encrypted.end(), block.begin(), block.end()); });
  return encrypted;
}

Bytes triple_des_decrypt(const Key& key, ByteView data) {
  need_whole_blocks(data);
  const auto des = cipher("TripleDES", key);
  Bytes plain;
  Block chain{};
  for (std::size_t offset = 0; offset < data.size(); offset += kDesBlockBytes) {
    const auto encrypted = block_at(data, offset);
    auto block = encrypted;
    des->decrypt(block.data());
    xor_into(block, chain);
    append(plain, block);
    chain = encrypted;
  }
  return plain;
}

Key triple_des_encrypt_ecb(const Key& key, ByteView data) {
  need_whole_blocks(data);
  const auto des = cipher("TripleDES", key);
  Key encrypted;
  for (; !data.empty(); data = data.subspan(kDesBlockBytes)) {
    auto block = block_at(data, 0);
    des->encrypt(block.data());
    encrypted.insert(encrypted.end(), block.begin(), block.end());
  }
  return encrypted;
}

Bytes triple_des_decrypt_ecb(const Key& key, ByteView data) {
  need_whole_blocks(data);
  const auto des = cipher("TripleDES", key);
  Bytes plain;
  for (; !data.empty(); data = data.subspan(kDesBlockBytes)) {
    auto block = block_at(data, 0);
    des->decrypt(block.data());
    append(plain, block);
  }
  return plain;
}

Bytes full_triple_des_mac(const Key& key, ByteView data) {
  return full_triple_des_mac(key, Block{}, data);
}

Bytes full_triple_des_mac(const Key& key, ByteView icv, ByteView data) {
  need_whole_blocks(icv);
  const auto mac = cbc_encrypt(*cipher("TripleDES", key), block_at(icv, 0), pad_des(data), kKeepNothing);
  return to_bytes(mac);
}

Bytes single_des_mac(const Key& key, ByteView icv, ByteView data) {
  need_whole_blocks(icv);
  const auto padded = pad_des(data);
  const auto blocks = ByteView(padded);
  const auto single = cipher("DES", ByteView(key).first(kDesBlockBytes));
  const auto chain =
      cbc_encrypt(*single, block_at(icv, 0), blocks.first(blocks.size() - kDesBlockBytes), kKeepNothing);
  return to_bytes(cbc_encrypt(*cipher("TripleDES", key), chain, blocks.last(kDesBlockBytes), kKeepNothing));
}

Bytes encrypt_icv(const Key& key, ByteView icv) {
  return to_bytes(
      cbc_encrypt(*cipher("DES", ByteView(key).first(kDesBlockBytes)), Block{}, icv, kKeepNothing));
}

bool equal_in_constant_time(ByteView a, ByteView b) {
  if (a.size() != b.size()) return false;
  const auto difference = std::transform_reduce(a.begin(), a.end(), b.begin(), std::uint8_t{0},
                                                std::bit_or<>(), std::bit_xor<>());
  return difference == 0;
}

}  // namespace gpsh::virtualcard
