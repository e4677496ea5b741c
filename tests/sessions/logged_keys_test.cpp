// SPDX-License-Identifier: Apache-2.0
#include "sessions/logged_keys.h"

#include <gtest/gtest.h>

#include <string>

namespace gpsh::sessions {
namespace {

const std::string kA = "404142434445464748494A4B4C4D4E4F";
const std::string kB = "0102030405060708090A0B0C0D0E0F10";

gp::Secret key(std::string_view text) {
  return gp::Secret::from_hex(text).value();
}

TEST(LoggedKeys, BaseKeyIsAllThree) {
  const auto found = find_logged_keys("establish_context\nopen_sc -keyind 0 -keyver 0 -key " + kA + "\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].line, 2U);
  EXPECT_TRUE(found[0].keys.enc == key(kA) && found[0].keys.mac == key(kA) && found[0].keys.dek == key(kA));
}

TEST(LoggedKeys, EachInItsPlace) {
  const auto found = find_logged_keys("open_sc -enc_key " + kA + " -mac_key " + kB);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].keys.enc == key(kA) && found[0].keys.mac == key(kB) && found[0].keys.dek.empty());
}

TEST(LoggedKeys, WithEqualsSigns) {
  const auto found = find_logged_keys("set_keys => [EncKey = " + kA + kA + " | MacKey=" + kB + "]");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].keys.enc == key(kA + kA) && found[0].keys.mac == key(kB));
}

TEST(LoggedKeys, OtherLengthsAndOtherWordsAreNone) {
  EXPECT_TRUE(find_logged_keys("open_sc -key 4041\nopen_sc -keyver " + kA + "\n-key" + kA).empty());
  EXPECT_TRUE(find_logged_keys("open_sc -enc_key ********************************").empty());
  EXPECT_TRUE(find_logged_keys("").empty());
}

TEST(LoggedKeys, EchoedTwiceCountsOnce) {
  const auto line = "open_sc -key " + kA + "\n";
  EXPECT_EQ(find_logged_keys(line + line + "open_sc -key " + kB + "\r\n").size(), 2U);
}

}  // namespace
}  // namespace gpsh::sessions
