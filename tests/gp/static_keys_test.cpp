// SPDX-License-Identifier: Apache-2.0
#include "gp/static_keys.h"

#include <gtest/gtest.h>

#include <memory>

#include "gp/secure_channel.h"
#include "tests/gp/channel_vectors.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

/// A token: counts what it is asked for and never shows a key.
class Token final : public StaticKeys {
 public:
  explicit Token(const KeySet& keys) : keys_(keys) {}

  std::size_t key_bytes(KeyRole role) const override { return keys_.key_bytes(role); }
  bool same_key(KeyRole a, KeyRole b) const override { return keys_.same_key(a, b); }
  Secret derive_triple_des(KeyRole role, Chaining chaining, ByteView data) const override {
    ++operations;
    return keys_.derive_triple_des(role, chaining, data);
  }
  AesDerivation aes_derivation(KeyRole role) const override {
    ++operations;
    return keys_.aes_derivation(role);
  }
  DataEncryption triple_des_data_encryption(Chaining chaining) const override {
    ++operations;
    return keys_.triple_des_data_encryption(chaining);
  }
  DataEncryption aes_data_encryption() const override {
    ++operations;
    return keys_.aes_data_encryption();
  }

  mutable int operations = 0;

 private:
  KeysInMemory keys_;
};

template <class Protocol>
void expect_same_channel(const std::string& vectors, std::size_t block) {
  const VectorSession session(test::read_vectors(vectors).at(block));
  const Token token(session.keys);
  const auto& start = session.start();
  const ProtocolStart elsewhere{.keys = token,
                                .answer = start.answer,
                                .host_challenge = start.host_challenge,
                                .i = start.i,
                                .level = start.level};
  auto in_memory = Protocol(start);
  auto with_token = Protocol(elsewhere);
  EXPECT_GE(token.operations, 2);
  EXPECT_TRUE(with_token.card_cryptogram_fits());
  EXPECT_EQ(with_token.external_authenticate(), in_memory.external_authenticate());
  EXPECT_EQ(with_token.wrap(command_with(20)), in_memory.wrap(command_with(20)));
  EXPECT_EQ(with_token.encrypt_sensitive(Bytes(16)), in_memory.encrypt_sensitive(Bytes(16)));
}

TEST(StaticKeys, ATokenOpensEveryProtocol) {
  expect_same_channel<Scp01>("tests/data/scp01.vec", 0);
  expect_same_channel<Scp02>("tests/data/scp02.vec", 0);
  expect_same_channel<Scp03>("tests/data/scp03.vec", 3);
}

TEST(KeysInMemory, SaysWhatItHas) {
  const KeySet set{
      key_of("404142434445464748494A4B4C4D4E4F"), key_of("404142434445464748494A4B4C4D4E4F"), {}};
  const KeysInMemory keys(set);
  EXPECT_EQ(keys.key_bytes(KeyRole::enc), 16U);
  EXPECT_EQ(keys.key_bytes(KeyRole::dek), 0U);
  EXPECT_TRUE(keys.same_key(KeyRole::enc, KeyRole::mac));
  EXPECT_FALSE(keys.same_key(KeyRole::enc, KeyRole::dek));
  EXPECT_FALSE(keys.aes_derivation(KeyRole::dek));
  EXPECT_FALSE(keys.aes_data_encryption());
  EXPECT_FALSE(keys.triple_des_data_encryption(Chaining::ecb));
}

TEST(KeysInMemory, WhatItGivesOutlivesTheKeys) {
  auto set = std::make_unique<KeySet>();
  set->dek = key_of("404142434445464748494A4B4C4D4E4F");
  const auto triple_des = KeysInMemory(*set).triple_des_data_encryption(Chaining::cbc);
  const auto aes = KeysInMemory(*set).aes_data_encryption();
  const TripleDes expected_triple_des(set->dek);
  const Aes expected_aes(set->dek);
  set.reset();
  EXPECT_EQ(triple_des(Bytes(16, 0x11)), expected_triple_des.cbc_encrypt(Bytes(8), Bytes(16, 0x11)));
  EXPECT_EQ(aes(Bytes(16, 0x11)), expected_aes.cbc_encrypt(AesBlock{}, Bytes(16, 0x11)));
}

TEST(KeysInMemory, RefusesKeysOfAnotherCipher) {
  const KeySet set{Secret::from_bytes(Bytes(32)), Secret::from_bytes(Bytes(8)),
                   Secret::from_bytes(Bytes(24))};
  const KeysInMemory keys(set);
  EXPECT_EQ(thrown_error([&] { return keys.derive_triple_des(KeyRole::enc, Chaining::ecb, Bytes(16)); }).code,
            "key-length");
  EXPECT_EQ(thrown_error([&] { return keys.aes_derivation(KeyRole::mac); }).code, "key-length");
  EXPECT_EQ(thrown_error([&] { return keys.triple_des_data_encryption(Chaining::ecb); }).code, "key-length");
}

}  // namespace
}  // namespace gpsh::gp
