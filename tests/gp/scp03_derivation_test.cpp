// SPDX-License-Identifier: Apache-2.0
#include "gp/scp03_derivation.h"

#include <gtest/gtest.h>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

Cmac mac() {
  return Cmac(Secret::from_hex("404142434445464748494A4B4C4D4E4F").value());
}

// AmdD 1.2 section 4.1.5: label, separator, length in bits, counter, context.
TEST(Scp03Derivation, InputsOfTheFunction) {
  auto key = mac();
  const auto context = hex("0102030405060708 1112131415161718");
  const auto label = hex("00000000000000000000 00");
  const auto block = [&](std::string_view rest) {
    return to_bytes(key.compute({label, hex(rest), context}));
  };
  const auto derived = [&](DerivationConstant constant, std::size_t bytes) {
    return derive(key, {.constant = constant, .bytes = bytes, .context = context});
  };
  EXPECT_TRUE(derived(DerivationConstant::session_enc, 16) == Secret::from_bytes(block("04 00 0080 01")));
  EXPECT_TRUE(derived(DerivationConstant::session_mac, 32) ==
              Secret::from_bytes(concat({block("06 00 0100 01"), block("06 00 0100 02")})));
  auto longest = concat({block("07 00 00C0 01"), block("07 00 00C0 02")});
  longest.resize(24);
  EXPECT_TRUE(derived(DerivationConstant::session_response_mac, 24) == Secret::from_bytes(longest));
}

TEST(Scp03Derivation, DataAndKeyAreTheSame) {
  auto key = mac();
  const auto context = hex("00000A A000000151000000");
  for (const std::size_t bytes : {8U, 16U}) {
    const Scp03Derivation derivation{
        .constant = DerivationConstant::card_challenge, .bytes = bytes, .context = context};
    EXPECT_EQ(derive_data(key, derivation).size(), bytes);
    EXPECT_TRUE(Secret::from_bytes(derive_data(key, derivation)) == derive(key, derivation));
  }
}

TEST(Scp03Derivation, TheLengthIsPartOfTheInput) {
  auto key = mac();
  const Scp03Derivation eight{.constant = DerivationConstant::card_cryptogram, .bytes = 8, .context = {}};
  const Scp03Derivation sixteen{.constant = DerivationConstant::card_cryptogram, .bytes = 16, .context = {}};
  EXPECT_NE(derive_data(key, eight), to_bytes(ByteView(derive_data(key, sixteen)).first(8)));
}

TEST(Scp03Derivation, RefusesOtherLengths) {
  auto key = mac();
  for (const std::size_t bytes : {0U, 33U}) {
    const auto error = thrown_error([&] { return derive(key, {.bytes = bytes, .context = {}}); });
    EXPECT_EQ(error.code, "bad-derivation");
    EXPECT_EQ(error.kind, ErrorKind::internal);
  }
  EXPECT_EQ(thrown_error([&] { return derive_data(key, {.bytes = 17, .context = {}}); }).code,
            "bad-derivation");
}

}  // namespace
}  // namespace gpsh::gp
