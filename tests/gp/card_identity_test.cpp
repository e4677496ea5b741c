// SPDX-License-Identifier: Apache-2.0
#include "gp/card_identity.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/tlv.h"

namespace gpsh::gp {
namespace {

InitializeUpdateResponse answer(Bytes diversification_data) {
  return {.diversification_data = std::move(diversification_data), .key_version = 0x20, .protocol = 2};
}

TEST(CardIdentity, IsTheHashOfDiversificationDataAndAid) {
  // "abc": FIPS 180-4's example of SHA-256, appendix B.1 of FIPS 180-2.
  const auto identity = card_identity(answer(hex("61")), hex("6263"));
  EXPECT_EQ(to_hex(identity.fingerprint), "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");
  EXPECT_TRUE(identity.unique);
  EXPECT_EQ(identity.key_version, 0x20);
}

TEST(CardIdentity, BlankDiversificationDataIsNotUnique) {
  EXPECT_FALSE(card_identity(answer(Bytes(10, 0x00)), {}).unique);
  EXPECT_FALSE(card_identity(answer(Bytes(10, 0xFF)), hex("A000000003")).unique);
  auto nearly = Bytes(10, 0xFF);
  nearly.back() = 0x00;
  EXPECT_TRUE(card_identity(answer(nearly), {}).unique);
}

// CPLC of recording gp-04.
const Bytes kCplc =
    hex("4790D3214700000000002345558919204839000000000000000018649535383931390000000000000000");

Bytes with(std::size_t at, std::uint8_t value) {
  auto changed = kCplc;
  changed.at(at) = value;
  return changed;
}

TEST(CplcFingerprint, WithAndWithoutTag) {
  const auto fingerprint = cplc_fingerprint(kCplc);
  EXPECT_EQ(fingerprint.size(), 32U);
  EXPECT_EQ(cplc_fingerprint(make_tlv(0x9F7F, kCplc)), fingerprint);
}

TEST(CplcFingerprint, ChangesWithTheChipOnly) {
  const auto fingerprint = cplc_fingerprint(kCplc);
  for (const std::size_t chip : {0U, 3U, 10U, 12U, 15U, 17U}) {
    EXPECT_NE(cplc_fingerprint(with(chip, 0x5A)), fingerprint) << chip;
  }
  for (const std::size_t later : {4U, 9U, 18U, 41U}) {
    EXPECT_EQ(cplc_fingerprint(with(later, 0x5A)), fingerprint) << later;
  }
}

TEST(CplcFingerprint, NothingWithoutASerialNumber) {
  auto blank = kCplc;
  std::fill(blank.begin() + 12, blank.begin() + 16, std::uint8_t{0});
  EXPECT_TRUE(cplc_fingerprint(blank).empty());
  EXPECT_TRUE(cplc_fingerprint({}).empty());
  EXPECT_TRUE(cplc_fingerprint(ByteView(kCplc).first(17)).empty());
  EXPECT_TRUE(cplc_fingerprint(hex("9F7F")).empty());
}

}  // namespace
}  // namespace gpsh::gp
