// SPDX-License-Identifier: Apache-2.0
#include "gp/key_management.h"

#include "tests/gp/key_channel.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

class KeyManagementTest : public KeyChannelTest {
 protected:
  void expect_refusal_before_sending(const NewKeySet& request, std::string_view code) {
    EXPECT_EQ(thrown_error([&] { return put(request); }).code, code);
    EXPECT_TRUE(observer.lines.empty());
  }
  int put(const NewKeySet& request) {
    put_secure_channel_keys(session, request);
    return 0;
  }
  int remove(const KeySelection& selection) {
    delete_key(session, selection);
    return 0;
  }
  const KeySet keys = new_keys();
};

// GPShell 3.0.0, run scp02-55-putkeys-1.
constexpr auto kScp02PutKey =
    "80D8018143 01 801013F567387299BA1FA179EAAF18C8CDE403A4B7D6 8010 10C429F8AA0A8EB6B1AF437D8B0F2DEC "
    "039DCB14 8010400BF8D2375D2C2FA9CA9007CD437F0903E93347 00";

TEST_F(KeyManagementTest, ThreeTripleDesKeys) {
  open({.protocol = 2});
  card.expect(kScp02PutKey, "01 A4B7D6 9DCB14 E93347 9000");
  put({.keys = keys, .replaced_version = 1, .new_version = 1});
  EXPECT_EQ(remark_text("new-keys"),
            "key version 1 now holds the new keys, check values ENC A4B7D6, MAC 9DCB14, DEK E93347");
  EXPECT_EQ(remark("new-keys")->advice, "open a channel with them before the old ones are deleted");
  EXPECT_EQ(remark_text("key-set-in-use"), "PUT KEY replaces key version 1, which opened this channel");
}

TEST_F(KeyManagementTest, NewVersionDoesNotWarnOfTheChannelsKeys) {
  open({.protocol = 2});
  std::string command(kScp02PutKey);
  command.replace(4, 2, "00").replace(11, 2, "02");
  card.expect(command, "02 A4B7D6 9DCB14 E93347 9000");
  put({.keys = keys, .new_version = 2});
  EXPECT_EQ(remark("key-set-in-use"), nullptr);
}

TEST_F(KeyManagementTest, ALostAnswerToPutKeySaysWhatMayBe) {
  open({.protocol = 2});
  card.expect(kScp02PutKey, "");
  const auto error =
      thrown_error([&] { return put({.keys = keys, .replaced_version = 1, .new_version = 1}); });
  EXPECT_TRUE(
      error.advice.ends_with("version 1 may hold the old or the new keys: try the new ones first, and once "
                             "only, as a try with the wrong "
                             "ones counts"))
      << error.advice;
  EXPECT_EQ(to_hex(error.exchange->apdu), "80D80181");
  std::string command(kScp02PutKey);
  command.replace(4, 2, "00").replace(11, 2, "02");
  card.expect(command, "6110").expect("00C0000010", "6F00");
  EXPECT_EQ(
      thrown_error([&] { return put({.keys = keys, .new_version = 2}); }).advice,
      "the card has done the command: look what is on it before sending it again; the card may have taken "
      "the keys: get_key_information_templates shows whether version 2 is there");
}

TEST_F(KeyManagementTest, ALostAnswerToDeleteSaysWhatMayBe) {
  card.expect("80E4008003 D20102 00", "");
  EXPECT_TRUE(thrown_error([&] { return remove({.version = 2}); })
                  .advice.ends_with(
                      "the card may have deleted it: get_key_information_templates shows which keys it has"));
}

TEST_F(KeyManagementTest, ImplicitChannelKnowsNoVersionToWarnOf) {
  open({.protocol = 2, .key_version = 0});
  std::string command(kScp02PutKey);
  command.replace(4, 2, "00").replace(11, 2, "02");
  card.expect(command, "02 A4B7D6 9DCB14 E93347 9000");
  put({.keys = keys, .new_version = 2});
  EXPECT_EQ(remark("key-set-in-use"), nullptr);
}

// GPShell 3.0.0, run scp03-70-putkeys-1.
TEST_F(KeyManagementTest, ThreeAesKeys) {
  open({.protocol = 3, .i = 0x70});
  card.expect(
      "80D8018143 01 8810C62E5212589B9EAF19AE940D03C3B7C203F2A8DF "
      "8810C814E3458598910A3366E9C7BAEEFA9B03D7D0E4 "
      "881079F5ECFF0CE8E1A75D3B57985CC4209903DCC3AC 00",
      "01 F2A8DF D7D0E4 DCC3AC 9000");
  put({.keys = keys, .replaced_version = 1, .new_version = 1});
  EXPECT_EQ(remark_text("new-keys"),
            "key version 1 now holds the new keys, check values ENC F2A8DF, MAC D7D0E4, DEK DCC3AC");
}

TEST_F(KeyManagementTest, OpenPlatformHasType81WhateverTheScriptSays) {
  open({.protocol = 1, .i = 0x05});
  card.expect(
      "80D8018143 01 81106C242DC05240ED834127E298A97B574D03A4B7D6 "
      "81101164A5E447D8B81BFAF84320F96E3E9F039DCB14 "
      "8110 0D1497AA7A942534FD8F047AD25B2148 03E93347 00",
      "01 A4B7D6 9DCB14 E93347 9000");
  put({.mode = CardMode::open_platform_201,
       .keys = keys,
       .replaced_version = 1,
       .new_version = 1,
       .key_type = kAesKey});
}

TEST_F(KeyManagementTest, EveryCheckValueIsCompared) {
  for (const auto* answer : {"01 A4B7D7 9DCB14 E93347", "01 A4B7D6 9DCB15 E93347", "01 A4B7D6 9DCB14 E93348",
                             "02 A4B7D6 9DCB14 E93347", "01 A4B7D6 9DCB14", "01", ""}) {
    open({.protocol = 2});
    card.expect(kScp02PutKey, std::string(answer) + "9000");
    EXPECT_EQ(thrown_error([&] { return put({.keys = keys, .replaced_version = 1, .new_version = 1}); }).code,
              "key-check-value")
        << answer;
  }
  EXPECT_EQ(remark("new-keys"), nullptr);
}

TEST_F(KeyManagementTest, WrongCheckValueIsTold) {
  open({.protocol = 2});
  card.expect(kScp02PutKey, "01 A4B7D7 9DCB14 E93347 9000");
  const auto error =
      thrown_error([&] { return put({.keys = keys, .replaced_version = 1, .new_version = 1}); });
  EXPECT_EQ(
      error.message,
      "PUT KEY was accepted, but the card answered 01A4B7D79DCB14E93347 where version and check values of "
      "the keys sent are 01A4B7D69DCB14E93347");
  EXPECT_EQ(
      error.advice,
      "the card may hold other keys than the ones meant: keep the old key set, and try to open a channel "
      "with the new one before anything else");
}

TEST_F(KeyManagementTest, MissingCheckValuesAreTold) {
  open({.protocol = 2});
  card.expect(kScp02PutKey, "9000");
  EXPECT_EQ(
      thrown_error([&] { return put({.keys = keys, .replaced_version = 1, .new_version = 1}); }).message,
      "PUT KEY was accepted, but the card answered nothing where version and check values of the keys "
      "sent are 01A4B7D69DCB14E93347");
}

TEST_F(KeyManagementTest, CardWithOneBaseKeyConfirmsOne) {
  open({.protocol = 2, .i = 0x54});
  card.expect(kScp02PutKey, "01 A4B7D6 9000");
  put({.keys = keys, .replaced_version = 1, .new_version = 1});
  card.expect(kScp02PutKey, "01 A4B7D7 9000");
  EXPECT_EQ(thrown_error([&] { return put({.keys = keys, .replaced_version = 1, .new_version = 1}); }).code,
            "key-check-value");
}

TEST_F(KeyManagementTest, RefusedAesKeysNameTheOtherForm) {
  open({.protocol = 3, .i = 0x70});
  card.expect(
      "80D8018146 01 881110C62E5212589B9EAF19AE940D03C3B7C203F2A8DF "
      "881110C814E3458598910A3366E9C7BAEEFA9B03D7D0E4 88111079F5ECFF0CE8E1A75D3B57985CC4209903DCC3AC 00",
      "6A80");
  const auto error = thrown_error([&] {
    return put({.keys = keys, .replaced_version = 1, .new_version = 1, .format = KeyFormat::length_prefixed});
  });
  EXPECT_EQ(error.code, "card-status");
  EXPECT_EQ(
      error.advice,
      "the card may want AES keys in the other form: try -keyFormat gpshell; keys can be replaced only by "
      "keys of the same type and length");
}

TEST_F(KeyManagementTest, AnotherRefusalHasItsOwnAdvice) {
  open({.protocol = 2});
  card.expect(kScp02PutKey, "6A80");
  const auto error =
      thrown_error([&] { return put({.keys = keys, .replaced_version = 1, .new_version = 1}); });
  EXPECT_EQ(error.code, "card-status");
  EXPECT_EQ(error.advice.find("keyFormat"), std::string::npos);
  EXPECT_EQ(error.exchange->apdu, hex("80D80181")) << "no key data in messages";
}

TEST_F(KeyManagementTest, NothingIsSentForKeysThatCannotBe) {
  expect_refusal_before_sending({.keys = keys, .new_version = 1}, "no-channel");
  open({.protocol = 2, .dek = ""});
  expect_refusal_before_sending({.keys = keys, .new_version = 1}, "key-missing");
  open({.protocol = 2});
  expect_refusal_before_sending({.keys = keys, .new_version = 0}, "key-version");
  expect_refusal_before_sending({.keys = keys, .new_version = 128}, "key-version");
  expect_refusal_before_sending({.keys = keys, .replaced_version = 128, .new_version = 1}, "key-version");
  expect_refusal_before_sending({.keys = keys, .new_version = 1, .key_type = 0x89}, "key-type");
  const KeySet no_dek{keys.enc.clone(), keys.mac.clone(), Secret()};
  expect_refusal_before_sending({.keys = no_dek, .new_version = 1}, "new-keys-missing");
  const KeySet uneven{keys.enc.clone(), Secret::from_bytes(Bytes(24, 0x11)), keys.dek.clone()};
  expect_refusal_before_sending({.keys = uneven, .new_version = 1}, "key-length");
}

TEST_F(KeyManagementTest, MessagesOfKeysThatCannotBe) {
  const KeySet none;
  EXPECT_EQ(thrown_error([&] { return put({.keys = none, .new_version = 1}); }).message,
            "the new ENC key is missing");
  const KeySet uneven{keys.enc.clone(), Secret::from_bytes(Bytes(24, 0x11)), keys.dek.clone()};
  EXPECT_EQ(thrown_error([&] { return put({.keys = uneven, .new_version = 1}); }).message,
            "the new keys have different lengths: ENC 16, MAC 24, DEK 16 bytes");
  EXPECT_EQ(thrown_error([&] { return put({.keys = keys}); }).message,
            "new keys cannot get version 0; key versions are 1 to 127");
}

TEST_F(KeyManagementTest, CurrentKekIsForScp01) {
  open({.protocol = 1, .i = 0x15, .dek = ""});
  const auto kek = key_of(kStaticKey);
  card.expect(
      "80D8008143 02 80106C242DC05240ED834127E298A97B574D03A4B7D6 "
      "80101164A5E447D8B81BFAF84320F96E3E9F039DCB14 "
      "8010 0D1497AA7A942534FD8F047AD25B2148 03E93347 00",
      "02 A4B7D6 9DCB14 E93347 9000");
  put({.keys = keys, .new_version = 2, .current_kek = &kek});
  open({.protocol = 2});
  card.expect(kScp02PutKey, "01 A4B7D6 9DCB14 E93347 9000");
  put({.keys = keys, .replaced_version = 1, .new_version = 1, .current_kek = &kek});
  EXPECT_EQ(remark_text("unused-kek"),
            "-current_kek is not used: only SCP01 encrypts new keys under a static key");
}

TEST_F(KeyManagementTest, DeleteKeyInItsForms) {
  card.expect("80E4008003 D20102 00", "00 9000");
  delete_key(session, {.version = 2});
  card.expect("80E4008003 D00101 00", "00 9000");
  delete_key(session, {.identifier = 1});
  card.expect("80E4008006 D00101 D20102 00", "6A88");
  const auto absent = thrown_error([&] { return remove({.version = 2, .identifier = 1}); });
  EXPECT_EQ(absent.code, "card-status");
  EXPECT_EQ(absent.message, "DELETE [key] was refused: 6A88, referenced data not found");
  const auto nothing = thrown_error([&] { return remove({}); });
  EXPECT_EQ(nothing.code, "key-selection");
  EXPECT_EQ(nothing.message, "there is neither a key version nor a key identifier to delete");
}

TEST_F(KeyManagementTest, KeysThatTheCardKeepsHaveTheirOwnAdvice) {
  card.expect("80E4008003 D20101 00", "6985");
  const auto kept = thrown_error([&] { return remove({.version = 1}); });
  EXPECT_EQ(kept.message, "DELETE [key] was refused: 6985, conditions of use not satisfied");
  EXPECT_EQ(
      kept.advice,
      "the keys may be those of the open channel, or the last the card has: open the channel with another "
      "key set first, after put_sc_key if there is none");
  card.expect("80E4008003 D20101 00", "6982");
  EXPECT_EQ(thrown_error([&] { return remove({.version = 1}); }).advice,
            "open a secure channel with open_sc first, at the level the card wants");
}

TEST_F(KeyManagementTest, DeletingTheChannelsOwnKeysWarns) {
  open({.protocol = 2});
  card.expect("80E4008003 D20102 00", "00 9000");
  delete_key(session, {.version = 2});
  EXPECT_EQ(remark("key-set-in-use"), nullptr);
  card.expect("80E4008003 D20101 00", "00 9000");
  delete_key(session, {.version = 1});
  EXPECT_EQ(remark_text("key-set-in-use"), "DELETE takes the keys of version 1, which opened this channel");
  observer.remarks.clear();
  card.expect("80E4008003 D00101 00", "00 9000");
  delete_key(session, {.identifier = 1});
  EXPECT_EQ(remark_text("key-set-in-use"), "DELETE takes a key of version 1, which opened this channel");
}

TEST_F(KeyManagementTest, ReceiptKeyIsAesUnlessTold) {
  open({.protocol = 3, .i = 0x70});
  card.expect("80D8000117 71 8810C62E5212589B9EAF19AE940D03C3B7C203F2A8DF 00", "71 F2A8DF 9000");
  put_receipt_key(session, {.key = keys.enc, .new_version = 0x71});
  open({.protocol = 2});
  card.expect("80D8710117 71 801013F567387299BA1FA179EAAF18C8CDE403A4B7D6 00", "71 A4B7D6 9000");
  put_receipt_key(session,
                  {.key = keys.enc, .replaced_version = 0x71, .new_version = 0x71, .key_type = kDesKey});
  card.expect("80D8710117 71 801013F567387299BA1FA179EAAF18C8CDE403A4B7D6 00", "71 9000");
  EXPECT_EQ(thrown_error([&] {
              put_receipt_key(
                  session,
                  {.key = keys.enc, .replaced_version = 0x71, .new_version = 0x71, .key_type = kDesKey});
              return 0;
            }).code,
            "key-check-value");
}

}  // namespace
}  // namespace gpsh::gp
