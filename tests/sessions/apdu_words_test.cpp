// SPDX-License-Identifier: Apache-2.0
#include "sessions/apdu_words.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace gpsh::sessions {
namespace {

std::string name_of(std::string_view apdu) {
  return command_name(CommandApdu::parse(hex(apdu)));
}

TEST(ApduWords, NamesWithWhatTheParametersChoose) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"00A4040000", "SELECT"},
      {"8050200008 0102030405060708 00", "INITIALIZE UPDATE (key version 32)"},
      {"8482330000", "EXTERNAL AUTHENTICATE (security level 33)"},
      {"80CA006600", "GET DATA 0066 (card data)"},
      {"80CA9F7F00", "GET DATA 9F7F (card production life cycle data)"},
      {"00CA004200", "GET DATA 0042 (issuer identification number)"},
      {"80CA123400", "GET DATA 1234"},
      {"80F28000024F0000", "GET STATUS (issuer security domain)"},
      {"80F24002024F0000", "GET STATUS (applications)"},
      {"84F22001024F0000", "GET STATUS (load files), next occurrence"},
      {"80F21002024F0000", "GET STATUS (load files and modules)"},
      {"80F2E000024F0000", "GET STATUS (elements E0)"},
      {"80F0800F00", "SET STATUS (issuer security domain)"},
      {"80F0400700", "SET STATUS (applications)"},
      {"80F0600700", "SET STATUS (security domain and its applications)"},
      {"80E60200", "INSTALL [for load]"},
      {"80E60400", "INSTALL [for install]"},
      {"80E60800", "INSTALL [for make selectable]"},
      {"84E60C00", "INSTALL [for install and make selectable]"},
      {"80E60E00", "INSTALL [for load, install and make selectable]"},
      {"80E61000", "INSTALL [for extradition]"},
      {"80E62000", "INSTALL [for personalization]"},
      {"80E64000", "INSTALL [for registry update]"},
      {"80E68200", "INSTALL [for load]"},
      {"80E60000", "INSTALL"},
      {"80E80005", "LOAD (block 5)"},
      {"84E88071", "LOAD (block 113, the last)"},
      {"80E28000", "STORE DATA (block 0, the last)"},
      {"80E40000", "DELETE"},
      {"80D82081", "PUT KEY (key version 32)"},
      {"807A1001", "BEGIN R-MAC SESSION"},
      {"80780003", "END R-MAC SESSION"},
      {"00C0000010", "GET RESPONSE"},
      {"0070000001", "MANAGE CHANNEL"},
      {"00200001", "VERIFY"},
      {"80400000", "instruction 40"},
      {"00E60200", "instruction E6"},
      {"00500000", "instruction 50"},
  };
  for (const auto& [apdu, name] : cases) EXPECT_EQ(name_of(apdu), name) << apdu;
}

TEST(ApduWords, OneLineForACommand) {
  EXPECT_EQ(apdu_in_words(hex("80F24002024F0000")),
            "GET STATUS (applications): CLA 80 INS F2 P1 40 P2 02, 2 data bytes 4F00, Le 256");
  EXPECT_EQ(apdu_in_words(hex("80CA006600")),
            "GET DATA 0066 (card data): CLA 80 INS CA P1 00 P2 66, no data, Le 256");
  EXPECT_EQ(apdu_in_words(hex("00A4040001A0")), "SELECT: CLA 00 INS A4 P1 04 P2 00, 1 data byte A0, no Le");
}

TEST(ApduWords, LongDataIsCut) {
  auto load = CommandApdu{.cla = 0x80, .ins = 0xE8, .p1 = 0x00, .p2 = 0x01, .data = Bytes(33, 0xAB)};
  EXPECT_EQ(apdu_in_words(load.encode()),
            "LOAD (block 1): CLA 80 INS E8 P1 00 P2 01, 33 data bytes "
            "ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB..., no Le");
  load.data.pop_back();
  EXPECT_EQ(apdu_in_words(load.encode()).find("..."), std::string::npos);
}

TEST(ApduWords, KeysAndPinsAreNotShown) {
  EXPECT_EQ(apdu_in_words(hex("80D80081 04 01020304 00")),
            "PUT KEY (key version 0): CLA 80 INS D8 P1 00 P2 81, 4 data bytes (not shown), Le 256");
  EXPECT_EQ(apdu_in_words(hex("00200001 04 31323334")),
            "VERIFY: CLA 00 INS 20 P1 00 P2 01, 4 data bytes (not shown), no Le");
  EXPECT_TRUE(carries_secrets(CommandApdu::parse(hex("00240001"))));
  EXPECT_TRUE(carries_secrets(CommandApdu::parse(hex("002C0001"))));
  EXPECT_TRUE(carries_secrets(CommandApdu::parse(hex("84E2E000"))));
  EXPECT_FALSE(carries_secrets(CommandApdu::parse(hex("84E28000"))));
  EXPECT_FALSE(carries_secrets(CommandApdu::parse(hex("80CA006600"))));
}

TEST(ApduWords, PinsInTlvObjectsAreNotShown) {
  EXPECT_EQ(apdu_in_words(hex("00210001 06 530431323334")),
            "VERIFY: CLA 00 INS 21 P1 00 P2 01, 6 data bytes (not shown), no Le");
  for (const auto* pin : {"0025", "0026", "0027", "0028", "0029", "002D", "0C21", "8021"}) {
    const auto words = apdu_in_words(hex(std::string(pin) + "0001 06 530431323334"));
    EXPECT_NE(words.find(", 6 data bytes (not shown), "), std::string::npos) << words;
    EXPECT_EQ(words.find("instruction"), std::string::npos) << words;
  }
  EXPECT_FALSE(carries_secrets(CommandApdu::parse(hex("0022000102 8001"))));
}

TEST(ApduWords, WhatIsNoCommandIsSaidToBeNone) {
  EXPECT_EQ(apdu_in_words(hex("80CA00")), "not a command APDU, 3 bytes 80CA00");
  EXPECT_EQ(apdu_in_words(hex("80CA0066 02 00")), "not a command APDU, 6 bytes 80CA0066... (not shown)");
  EXPECT_EQ(apdu_in_words(hex("80")), "not a command APDU, 1 byte 80");
  EXPECT_EQ(apdu_in_words({}), "not a command APDU, 0 bytes");
  EXPECT_FALSE(command_in(hex("80CA0066 02 00")).has_value());
  EXPECT_TRUE(command_in(hex("80CA0066")).has_value());
}

}  // namespace
}  // namespace gpsh::sessions
