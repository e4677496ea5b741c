// SPDX-License-Identifier: Apache-2.0
#include "gp/keys.h"

#include <gtest/gtest.h>

namespace gpsh::gp {
namespace {

Secret key(std::string_view text) {
  return Secret::from_hex(text).value();
}

TEST(Keys, PublicTestKeysAreKnown) {
  EXPECT_TRUE(is_public_test_key(key("404142434445464748494A4B4C4D4E4F")));
  EXPECT_TRUE(is_public_test_key(key("404142434445464748494A4B4C4D4E4F404142434445464748494A4B4C4D4E4F")));
  EXPECT_TRUE(is_public_test_key(key("47454D5850524553534F53414D504C45")));
  EXPECT_EQ(public_test_key_name(key("47454D5850524553534F53414D504C45")),
            "GemXpresso sample key 47454D5850524553534F53414D504C45");
}

TEST(Keys, OthersAreNot) {
  EXPECT_FALSE(is_public_test_key(key("404142434445464748494A4B4C4D4E4E")));
  EXPECT_FALSE(is_public_test_key(key("4041424344454647")));
  EXPECT_FALSE(is_public_test_key(Secret()));
}

TEST(Keys, PublicTestKeysAreListed) {
  const auto keys = public_test_keys();
  ASSERT_EQ(keys.size(), 3U);
  for (const auto& known : keys) EXPECT_EQ(public_test_key_name(known.key), known.name);
  EXPECT_EQ(keys[0].short_name, "default");
  EXPECT_EQ(keys[1].short_name, "gemxpresso");
  EXPECT_EQ(keys[2].key.size(), 32U);
}

TEST(Keys, KeySetClones) {
  const KeySet keys{key("01"), key("02"), Secret()};
  const auto copy = keys.clone();
  EXPECT_TRUE(copy.enc == keys.enc);
  EXPECT_TRUE(copy.mac == keys.mac);
  EXPECT_TRUE(copy.dek.empty());
}

}  // namespace
}  // namespace gpsh::gp
