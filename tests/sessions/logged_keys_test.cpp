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

TEST(LoggedKeys, OfGlobalPlatformPro) {
  const auto given = find_logged_keys("gp --key-enc " + kA + " --key-mac " + kB + " --key-dek " + kA + " -l");
  ASSERT_EQ(given.size(), 1U);
  EXPECT_TRUE(given[0].keys.enc == key(kA) && given[0].keys.mac == key(kB) && given[0].keys.dek == key(kA));
  const auto shown = find_logged_keys("[INFO] GPSession - Diversified card keys: ENC=" + kA +
                                      " (KCV: 8BAF47) MAC=" + kB + " (KCV: DF5118) DEK=" + kA + " for SCP02");
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_TRUE(shown[0].keys.enc == key(kA) && shown[0].keys.mac == key(kB) && shown[0].keys.dek == key(kA));
}

TEST(LoggedKeys, OneALineMakeASet) {
  const auto found = find_logged_keys("ENC: Ver:0 ID:0 Type:DES3 Len:16 Value:" + kA + " KCV: 8BAF47\n" +
                                      "MAC: Ver:0 ID:0 Type:DES3 Len:16 Value:" + kB + "\n" +
                                      "KEK: Ver:0 ID:0 Type:DES3 Len:16 Value:" + kA + "\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].line, 1U);
  EXPECT_TRUE(found[0].keys.enc == key(kA) && found[0].keys.mac == key(kB) && found[0].keys.dek == key(kA));
}

TEST(LoggedKeys, OfJcshell) {
  const auto found = find_logged_keys("set-key 255/1/DES-ECB/" + kA + " 255/2/DES-ECB/" + kB);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].keys.enc == key(kA) && found[0].keys.mac == key(kB));
}

TEST(LoggedKeys, BrokenByAConsole) {
  const auto line = "open_sc -security 1 -keyind 0 -keyver 32 -enc_key " + kA + " -mac_key " + kB;
  const auto found = find_logged_keys(line.substr(0, line.size() - 9) + "\n" + line.substr(line.size() - 9) +
                                      " -kek_key " + kA + "\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].keys.enc == key(kA) && found[0].keys.mac == key(kB) && found[0].keys.dek == key(kA));
}

/// As a console of this width shows it.
std::string folded(std::string_view line, std::size_t width) {
  std::string rows;
  for (; line.size() > width; line.remove_prefix(width)) rows += std::string(line.substr(0, width)) + "\n";
  return rows + std::string(line) + "\n";
}

TEST(LoggedKeys, BrokenAnywhereIntoManyRows) {
  const auto line = "open_sc -security 51 -keyind 0 -keyver 32 -mac_key " + kB + kA + " -enc_key " + kA + kB +
                    " -kek_key " + kA + kA + " -noStop";
  for (std::size_t width = 60; width < line.size(); ++width) {
    SCOPED_TRACE(width);
    const auto found = find_logged_keys("card_connect\n" + folded(line, width) +
                                        "Command --> 80CA006600\nopen_sc -key " + kB + "\n");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].line, 2U);
    EXPECT_TRUE(found[0].keys.enc == key(kA + kB) && found[0].keys.mac == key(kB + kA));
    EXPECT_TRUE(found[0].keys.dek == key(kA + kA));
    EXPECT_TRUE(found[1].keys.mac == key(kB));
  }
}

TEST(LoggedKeys, AKeyAtTheEndOfALineWhateverTheNextBeginsWith) {
  for (const std::string next :
       {"Command --> 80CA006600", "A>> T=1 (4+0000) 80CA0066", "Chained", "delete_key", "80CA006600",
        "=> 80 CA", "00A4040000", "-> 80CA006600", "e"}) {
    const auto found = find_logged_keys("open_sc -security 1 -keyind 0 -mac_key " + kB + " -enc_key " + kA +
                                        "\n" + next + "\n");
    ASSERT_EQ(found.size(), 1U) << next;
    EXPECT_TRUE(found[0].keys.enc == key(kA) && found[0].keys.mac == key(kB)) << next;
  }
}

TEST(LoggedKeys, InEverySpellingThatAScriptMayHave) {
  for (const auto& line :
       {"open_sc,-security,1,-mac_key," + kB + ",-enc_key," + kA,
        "open_sc -mac_key \"" + kB + "\" -enc_key \"" + kA + "\"",
        "open_sc -enc_key " + kB + " -mac_key " + kA + " -enc_key " + kA + " -mac_key " + kB}) {
    const auto found = find_logged_keys(line);
    ASSERT_EQ(found.size(), 1U) << line;
    EXPECT_TRUE(found[0].keys.enc == key(kA) && found[0].keys.mac == key(kB)) << line;
  }
}

std::vector<LoggedSessionKeys> session_keys_in(std::string_view text) {
  KeyFinder finder;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    finder.line(text.substr(0, end), number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  finder.finish();
  EXPECT_TRUE(finder.keys().empty());
  return std::move(finder.session_keys());
}

TEST(LoggedSessionKeys, AreNoStaticKeys) {
  const auto found =
      session_keys_in("[INFO] GPSession - Session keys: ENC=" + kA + " MAC=" + kB + " RMAC=" + kA + "\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].enc == key(kA) && found[0].mac == key(kB) && found[0].response_mac == key(kA));
}

TEST(LoggedSessionKeys, OneALineBehindAHeading) {
  const auto found = session_keys_in(
      "[DEBUG] PlaintextKeys - session keys: {\n"
      "ENC=version=0 id=0 type=AES bytes=" +
      kA + ", \nMAC=version=0 id=0 type=AES bytes=" + kB + "}\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].enc == key(kA) && found[0].mac == key(kB));
}

TEST(LoggedSessionKeys, OfJcmanagerWithTheFirstPartTwice) {
  const auto found = session_keys_in(
      "S_ENC: 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 01 02 03 04 05 06 07 08\n"
      "The Current session MAC key is 40 41 42 43 44 45 46 47 48 49 4A 4B 4C 4D 4E 4F\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].enc == key(kB) && found[0].mac == key(kA));
}

TEST(LoggedKeys, NoMoreThanItsLimitIsKept) {
  KeyFinder finder;
  for (std::size_t n = 0; n < 2 * KeyFinder::kMost; ++n) {
    finder.line("open_sc -key " + std::to_string(1000 + n) + kA.substr(4), n + 1);
  }
  finder.finish();
  EXPECT_EQ(finder.keys().size(), KeyFinder::kMost);
}

}  // namespace
}  // namespace gpsh::sessions
