// SPDX-License-Identifier: Apache-2.0
#include "gp/card_capabilities.h"

#include <gmock/gmock.h>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using testing::ElementsAre;
using testing::IsEmpty;

// Constructed after GPCS 2.3.1 Tables H-5 and H-6.
TEST(CardCapabilities, EveryTag) {
  const auto card = parse_card_capabilities(
      hex("673C A007 800102 81021555  A009 800103 810170 820107  A00E 800181 81020001 830200AE 840140"
          "8103FFFE80 82031E0600 83020102 84018A 8502FF03 86012C"));
  ASSERT_EQ(card.protocols.size(), 3U);
  EXPECT_EQ(card.protocols[0], (ProtocolCapability{.scp = 2, .implementations = hex("1555")}));
  EXPECT_EQ(card.protocols[1], (ProtocolCapability{.scp = 3, .implementations = hex("70"), .aes_keys = 7}));
  EXPECT_EQ(card.protocols[2], (ProtocolCapability{.scp = 0x81,
                                                   .implementations = hex("0001"),
                                                   .tls_cipher_suites = hex("00AE"),
                                                   .longest_pre_shared_key = 0x40}));
  EXPECT_EQ(card.security_domain_privileges, 0xFFFE80U);
  EXPECT_EQ(card.application_privileges, 0x1E0600U);
  EXPECT_EQ(card.load_file_hashes, hex("0102"));
  EXPECT_EQ(card.load_file_encryption, hex("8A"));
  EXPECT_EQ(card.token_suites, hex("FF03"));
  EXPECT_EQ(card.receipt_suites, hex("2C"));
}

TEST(CardCapabilities, DapSuitesAndCurves) {
  const auto card = parse_card_capabilities(hex("6707 870102 88020001"));
  EXPECT_EQ(card.dap_suites, hex("02"));
  EXPECT_EQ(card.curve_references, hex("0001"));
  EXPECT_EQ(card.application_privileges, std::nullopt);
}

TEST(CardCapabilities, UnreadableDataIsRefused) {
  for (const auto* data :
       {"", "6603810100", "67028103", "6705A003800202", "6704810201 02", "6706A00480020203"}) {
    EXPECT_EQ(thrown_error([data] { return parse_card_capabilities(hex(data)); }).code, "bad-response")
        << data;
  }
  EXPECT_EQ(thrown_error([] { return parse_card_capabilities({}); }).message,
            "the card capability information cannot be read: there is no tag 67");
  EXPECT_EQ(thrown_error([] { return parse_card_capabilities(hex("6704 8102FFFF")); }).message,
            "the card capability information cannot be read: privileges of 2 bytes");
}

TEST(CardCapabilities, BitsAndNumbersHaveNames) {
  EXPECT_THAT(aes_key_names(0x05), ElementsAre("AES-128", "AES-256"));
  EXPECT_THAT(load_file_hash_names(hex("010409")), ElementsAre("SHA-1", "SHA-512", "09"));
  EXPECT_THAT(load_file_encryption_names(hex("8A")), ElementsAre("AES-128", "AES-256", "with start value"));
  EXPECT_THAT(signature_suite_names(hex("4402")),
              ElementsAre("DES retail MAC", "ECDSA-256 SHA-256", "ECDSA-521 SHA-512"));
  EXPECT_THAT(signature_suite_names({}), IsEmpty());
}

}  // namespace
}  // namespace gpsh::gp
