// SPDX-License-Identifier: Apache-2.0
// What the shell says before a command that takes something away, and what it may remember of a line.
#include "interpreter/consequence.h"

#include <gtest/gtest.h>

#include "interpreter/check.h"
#include "interpreter/history_rule.h"
#include "tests/interpreter/script_run.h"
#include "tests/interpreter/written_file.h"
#include "tests/support/small_cap.h"

namespace gpsh::interpreter {
namespace {

BoundScript bound(const std::string& line) {
  return check(Source("input", line + "\n"), test::no_environment, Strictness::strict, SecretDisplay::masked);
}

/// The sentence, with one AID on the card; empty for none.
std::string told(const std::string& line) {
  const auto script = bound("establish_context\ncard_connect\n" + line);
  const auto& command = script.lines.back().command;
  if (!command) return "not a command: " + line;
  const auto there = *Aid::from_bytes(hex("D0D1D2D3D4D501"));
  return consequence(*command, [&](const Aid& aid) { return aid == there; }).value_or("");
}

TEST(Consequence, OfDeleting) {
  EXPECT_EQ(told("delete -AID D0D1D2D3D4D5"),
            "this deletes D0D1D2D3D4D5, with its data, and if it is a load file all that came from it");
  EXPECT_EQ(told("delete_key -keyver 2"),
            "this deletes the keys of version 2; without a key set the card opens no channel");
  EXPECT_EQ(told("delete_key -keyver 2 -keyind 1"),
            "this deletes key 1 of version 2; without a key set the card opens no channel");
  EXPECT_EQ(told("delete_key"),
            "this deletes keys of every version; without a key set the card opens no channel");
}

TEST(Consequence, OfPuttingKeys) {
  EXPECT_EQ(told("put_dm_receipt_keys -key 404142434445464748494a4b4c4d4e4f -newkeyver 113"),
            "this puts new keys on the card as version 113; on some cards they end the factory keys");
  EXPECT_EQ(told("put_dm_token_keys -file token.pem -keyver 112 -newkeyver 112"),
            "this replaces the keys of version 112; the old ones will open no channel any more");
}

TEST(Consequence, OfInstallingOverSomething) {
  EXPECT_EQ(told("install_for_load -pkgAID D0D1D2D3D4D501"),
            "D0D1D2D3D4D501 is on the card already, and this installs over it");
  EXPECT_EQ(told("install_for_load -pkgAID D0D1D2D3D4D502"), "");
  EXPECT_EQ(told("install_for_install -pkgAID D0D1D2D3D4 -AID D0D1D2D3D4 -instAID D0D1D2D3D4D501"),
            "D0D1D2D3D4D501 is on the card already, and this installs over it");
  EXPECT_EQ(told("install -file absent.cap"), "");
}

TEST(Consequence, OfInstallingAFileOverSomething) {
  const test::WrittenFile cap("small.cap", test::SmallCap().zipped());
  const auto install = "install -file " + cap.path();
  EXPECT_EQ(told(install), "");
  EXPECT_EQ(told(install + " -instAID D0D1D2D3D4D501"),
            "D0D1D2D3D4D501 is on the card already, and this installs over it");
  EXPECT_EQ(told(install + " -pkgAID D0D1D2D3D4D501"),
            "D0D1D2D3D4D501 is on the card already, and this installs over it");
}

TEST(Consequence, OfRawApdus) {
  EXPECT_EQ(told("send_apdu -APDU 80F0807F00"),
            "this locks the card: only its issuer security domain answers then");
  EXPECT_EQ(told("send_apdu_nostop -sc 1 -APDU 84F080FF00"),
            "this terminates the card: it can never be used again");
  EXPECT_EQ(told("send_apdu -APDU 80F0800F00"),
            "this changes the life cycle of the card; it cannot go back to an earlier state");
  EXPECT_EQ(told("send_apdu -APDU 80F0408307D0D1D2D3D4D501"), "this locks an application or security domain");
  EXPECT_EQ(told("send_apdu -APDU 80F0400307D0D1D2D3D4D501"), "");
  EXPECT_EQ(told("send_apdu -APDU 80E40000094F07D0D1D2D3D4D501"),
            "this APDU is DELETE: what it names is gone afterwards");
  EXPECT_EQ(told("send_apdu -APDU 80D8000000"),
            "this APDU is PUT KEY: the keys that it replaces will open no channel any more");
  EXPECT_EQ(told("send_apdu -APDU 00F0807F00"), "");
  EXPECT_EQ(told("send_apdu -APDU 80CA9F7F00"), "");
  EXPECT_EQ(told("send_apdu -APDU 80"), "");
}

TEST(Consequence, OfHarmlessCommands) {
  EXPECT_EQ(told("select"), "");
  EXPECT_EQ(told("get_status -element 40"), "");
}

bool remembered(const std::string& line) {
  const auto script = bound(line);
  return may_be_remembered(script.source, script.lines.back());
}

TEST(HistoryRule, NoSecrets) {
  EXPECT_FALSE(remembered("open_sc -key 00112233445566778899AABBCCDDEEFF"));
  EXPECT_FALSE(remembered("put_dm_token_keys -file a.pem -pass secret"));
  EXPECT_FALSE(remembered("opne_sc -key 00112233445566778899AABBCCDDEEFF"));
  EXPECT_FALSE(remembered("frobnicate 00112233445566778899AABBCCDDEEFF"));
  EXPECT_FALSE(remembered("open_sc -security 1 -frobnicate 00112233445566778899AABBCCDDEEFF"));
  EXPECT_TRUE(remembered("open_sc -key 404142434445464748494a4b4c4d4e4f"));
}

TEST(HistoryRule, NoDataThatIsWritten) {
  EXPECT_FALSE(remembered("store_data -data 8001020304"));
  EXPECT_FALSE(remembered("send_apdu -APDU 002000000431323334"));
  EXPECT_FALSE(remembered("send_apdu_nostop -APDU 80D8000001FF"));
  EXPECT_TRUE(remembered("send_apdu -APDU 80CA9F7F00"));
  EXPECT_TRUE(remembered("send_apdu -APDU 80F28000024F0000"));
  EXPECT_TRUE(remembered("send_apdu_nostop -APDU 00A4040007A0000001510000"));
}

TEST(HistoryRule, NoDataOfWrongLines) {
  for (const std::string line : {"send_apdu -apdu 002000800831323334FFFFFFFF", "send_apdu 0020008004",
                                 "sned_apdu -APDU 00200080043132", "store_data -dat 31323334",
                                 "store_dat -data 31323334", "frobnicate -data 31323334"}) {
    EXPECT_FALSE(remembered(line)) << line;
  }
}

TEST(HistoryRule, WrongLinesCanBeCalledBack) {
  EXPECT_TRUE(remembered("get_statsu -element 40"));
  EXPECT_TRUE(remembered("select -aid A000000003000000"));
}

}  // namespace
}  // namespace gpsh::interpreter
