// SPDX-License-Identifier: Apache-2.0
#include "pcsc/t0_command.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace gpsh::pcsc {
namespace {

std::string on_t0(std::string_view apdu) {
  return to_hex(t0_command(hex(apdu)));
}

ErrorFacts refusal(ByteView apdu) {
  try {
    return {.message = "sent " + to_hex(t0_command(apdu))};
  } catch (const Error& error) {
    return error.facts();
  }
}

TEST(T0Command, LeavesCases1To3AsTheyAre) {
  EXPECT_EQ(on_t0("80F00000"), "80F00000");
  EXPECT_EQ(on_t0("80CA006600"), "80CA006600");
  EXPECT_EQ(on_t0("80CA00660A"), "80CA00660A");
  EXPECT_EQ(on_t0("00A4040002A000"), "00A4040002A000");
}

TEST(T0Command, TakesTheLeOffCase4) {
  EXPECT_EQ(on_t0("00A4040002A00000"), "00A4040002A000");
  EXPECT_EQ(on_t0("8050000008010203040506070800"), "80500000080102030405060708");
}

TEST(T0Command, ShortensAnExtendedFormThatFits) {
  EXPECT_EQ(on_t0("00A40400000002A0000100"), "00A4040002A000");
  EXPECT_EQ(on_t0("80CA0066000010"), "80CA006610");
}

TEST(T0Command, RefusesWhatNeedsTheExtendedForm) {
  auto long_data = hex("80E80000000100");
  long_data.resize(long_data.size() + 256, 0xAA);
  const auto facts = refusal(long_data);
  EXPECT_EQ(facts.kind, ErrorKind::usage);
  EXPECT_EQ(facts.code, "extended-on-t0");
  EXPECT_EQ(facts.message, "an extended APDU cannot be sent over T=0: 256 bytes of data, Le 0");
  EXPECT_EQ(facts.advice, "send at most 255 bytes of data and ask for at most 256, or connect with T=1");
  EXPECT_EQ(refusal(hex("80CA0066000101")).message,
            "an extended APDU cannot be sent over T=0: 0 bytes of data, Le 257");
}

TEST(T0Command, RefusesBytesThatAreNoApdu) {
  EXPECT_EQ(refusal(hex("00A404")).code, "bad-apdu");
  EXPECT_EQ(refusal(hex("00A4040005A000")).code, "bad-apdu");
}

}  // namespace
}  // namespace gpsh::pcsc
