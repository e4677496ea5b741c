// SPDX-License-Identifier: Apache-2.0
#include "gp/new_key_derivation.h"

#include "gp/channel_keys.h"
#include "tests/gp/key_channel.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

constexpr auto kCplcAnswer =
    "9F7F2A 4790D321470000000000 2345 55891920 4839 000000000000000018649535383931390000000000000000 9000";

class NewKeyDerivationTest : public KeyChannelTest {
 protected:
  KeySet derive(std::string_view method) {
    return derive_new_keys(session, {.method = Diversification::parse(method), .master = master});
  }
  /// What the method makes of these 10 bytes of an answer to INITIALIZE UPDATE.
  void expect_same(std::string_view method, const char* data) {
    const auto derived = derive(method);
    const auto wanted = diversify(Diversification::parse(method), master, hex(data), 2);
    EXPECT_TRUE(derived.enc == wanted.enc && derived.mac == wanted.mac && derived.dek == wanted.dek)
        << method;
    EXPECT_FALSE(derived.enc == derived.mac);
  }
  const Secret master = key_of("47454D5850524553534F53414D504C45");
};

TEST_F(NewKeyDerivationTest, Visa2TakesAidAndSerialNumber) {
  open({.protocol = 2});
  card.expect("80CA004F00", "4F08A000000003001234 9000").expect("80CA9F7F00", kCplcAnswer);
  expect_same("visa2", "1234 0000 55891920 0000");
}

TEST_F(NewKeyDerivationTest, Visa1TakesTheChipsNumber) {
  open({.protocol = 2});
  card.expect("80CA9F7F00", kCplcAnswer);
  expect_same("visa1", "0000 2345 55891920 4839");
}

TEST_F(NewKeyDerivationTest, EmvTakesDiversificationData) {
  open({.protocol = 2});
  card.expect("80CA00CF00", "CF0A00112233445566778899 9000");
  expect_same("emvcps11", "00112233445566778899");
}

TEST_F(NewKeyDerivationTest, OthersTakeTheChannelsData) {
  open({.protocol = 2});
  expect_same("visa", "00004279130C5A3E7781");
}

TEST_F(NewKeyDerivationTest, RefusalsAndShortDataStop) {
  open({.protocol = 2});
  card.expect("80CA004F00", "6A88");
  EXPECT_EQ(thrown_error([&] { return derive("visa2"); }).code, "card-status");
  card.expect("80CA004F00", "4F01A0 9000");
  const auto error = thrown_error([&] { return derive("visa2"); });
  EXPECT_EQ(error.code, "bad-response");
  EXPECT_EQ(error.message, "keys cannot be derived: data object 004F of the card has only 1 bytes");
  card.expect("80CA9F7F00", "9F7F02 4790 9000");
  EXPECT_EQ(thrown_error([&] { return derive("visa1"); }).code, "bad-response");
  card.expect("80CA00CF00", "CF0A0011 9000");
  EXPECT_EQ(thrown_error([&] { return derive("emvcps11"); }).kind, ErrorKind::card);
}

TEST_F(NewKeyDerivationTest, NothingIsAskedWithoutAChannelADekOrAMasterKey) {
  EXPECT_EQ(thrown_error([&] { return derive("visa2"); }).code, "no-channel");
  open({.protocol = 2, .dek = ""});
  EXPECT_EQ(thrown_error([&] { return derive("visa2"); }).code, "key-missing");
  open({.protocol = 2});
  const auto none = thrown_error([&] {
    return derive_new_keys(session, {.method = Diversification::parse("visa2"), .master = Secret()});
  });
  EXPECT_EQ(none.code, "new-keys-missing");
  EXPECT_EQ(none.message, "there is no master key to derive the new keys from");
  EXPECT_TRUE(observer.lines.empty());
}

}  // namespace
}  // namespace gpsh::gp
