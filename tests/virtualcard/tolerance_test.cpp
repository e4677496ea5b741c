// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/virtualcard/card_host.h"

namespace gpsh::virtualcard {
namespace {

using test::CardHost;
using test::EmptyData;

Profile with(std::string_view members) {
  return parse_profile(
      R"({"kind": "profile", "extends": "generic-scp02", "name": "x", )" + std::string(members) + "}",
      "test");
}

TEST(Tolerance, PaddingInsteadOfNoDataPasses) {
  CardHost host(with(R"("tolerate": ["padded-empty-data"])"));
  host.open(0x03);
  EXPECT_EQ(host.send_wrapped("80CA00C100", EmptyData::encrypted_padding), "C10200019000");
  EXPECT_EQ(host.send_wrapped("80CA00C100", EmptyData::mac_only), "C10200019000");
}

TEST(Tolerance, AStrictCardTakesItForAWrongCommand) {
  for (const auto* members : {R"("strict": true)", R"("tolerate": [])"}) {
    CardHost host(with(members));
    host.open(0x03);
    EXPECT_EQ(host.send_wrapped("80CA00C100", EmptyData::mac_only), "C10200019000");
    EXPECT_EQ(host.send_wrapped("80CA00C100", EmptyData::encrypted_padding), "6982");
    EXPECT_EQ(host.send_wrapped("80CA00C100", EmptyData::mac_only), "6982") << "the session is over";
  }
}

}  // namespace
}  // namespace gpsh::virtualcard
