// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_mismatch.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gpsh::sessions {
namespace {

ErrorFacts mismatch(std::string_view script, std::string_view log) {
  const auto command = hex(script);
  return replay_mismatch(command,
                         {.plain_command = {}, .wire_command = hex(log), .wire_response = {}, .line = 27},
                         "list.log")
      .facts();
}

/// The first line of the message, from the field on.
std::string difference(std::string_view script, std::string_view log) {
  const std::string start = "the script sends another command than the recording: ";
  const auto message = mismatch(script, log).message;
  EXPECT_EQ(message.substr(0, start.size()), start);
  return message.substr(start.size(), message.find('\n') - start.size());
}

TEST(ReplayMismatch, WholeText) {
  const auto facts = mismatch("80F28002024F0000", "80F24002024F0000");
  EXPECT_EQ(facts.kind, ErrorKind::card);
  EXPECT_EQ(facts.code, "replay-mismatch");
  EXPECT_EQ(
      facts.message,
      "the script sends another command than the recording: P1 is 80, recorded is 40\n"
      "  script: GET STATUS (issuer security domain): CLA 80 INS F2 P1 80 P2 02, 2 data bytes 4F00, Le 256\n"
      "  recorded (list.log, line 27): GET STATUS (applications): CLA 80 INS F2 P1 40 P2 02, 2 data bytes "
      "4F00, Le 256");
  EXPECT_EQ(facts.advice, "replay the script that made this recording, with the same options and files");
  ASSERT_TRUE(facts.exchange.has_value());
  EXPECT_EQ(facts.exchange->command, "GET STATUS (issuer security domain)");
  EXPECT_EQ(to_hex(facts.exchange->apdu), "80F28002024F0000");
  EXPECT_FALSE(facts.exchange->sw.has_value());
}

struct Pair {
  const char* script;
  const char* log;
  const char* difference;
};

TEST(ReplayMismatch, NamesTheFirstFieldThatDiffers) {
  const std::vector<Pair> pairs = {
      {"80CA006600", "84CA004508DD20A4D73A3A7FCA00", "CLA is 80, recorded is 84"},
      {"80CA006600", "80F24002024F0000", "INS is CA, recorded is F2"},
      {"80CA006600", "80CA9F7F00", "P1 is 00, recorded is 9F"},
      {"80CA006600", "80CA00E000", "P2 is 66, recorded is E0"},
      {"80F240024F", "80F24002024F0000", "Lc is 0 bytes, recorded is 2 bytes"},
      {"00A4040001A0", "00A4040002A000", "Lc is 1 byte, recorded is 2 bytes"},
      {"00A4040003A0000B", "00A4040003A0010C", "data at offset 1 is 000B, recorded is 010C"},
      {"8482010010AA0102030405060708090A0B0C0D0E0F", "8482010010BB0102030405060708090A0B0C0D0E0F",
       "data at offset 0 is AA01020304050607..., recorded is BB01020304050607..."},
      {"80CA0066", "80CA006600", "Le is absent, recorded is 256"},
      {"80CA006610", "80CA006600", "Le is 16, recorded is 256"},
  };
  for (const auto& pair : pairs) EXPECT_EQ(difference(pair.script, pair.log), pair.difference) << pair.script;
}

TEST(ReplayMismatch, SameFieldsInAnotherCoding) {
  EXPECT_EQ(difference("00A4040000", "00A404000000"), "the byte at offset 5 is the end, recorded is 00");
}

TEST(ReplayMismatch, BytesThatAreNoCommand) {
  EXPECT_EQ(difference("80CA006600", "80CA00"), "the byte at offset 3 is 66, recorded is the end");
  EXPECT_EQ(difference("80CA0066 05 00", "80CA0066 04 00"),
            "the byte at offset 4 is another value, recorded is a value not shown");
}

TEST(ReplayMismatch, KeysAreNotShown) {
  const auto facts = mismatch("80D80081 04 01020304 00", "80D80081 04 01029999 00");
  EXPECT_EQ(
      facts.message,
      "the script sends another command than the recording: data at offset 2 is another value, recorded is a "
      "value not shown\n"
      "  script: PUT KEY (key version 0): CLA 80 INS D8 P1 00 P2 81, 4 data bytes (not shown), Le 256\n"
      "  recorded (list.log, line 27): PUT KEY (key version 0): CLA 80 INS D8 P1 00 P2 81, 4 data bytes (not "
      "shown), Le 256");
  EXPECT_EQ(to_hex(facts.exchange->apdu), "80D80081");
}

TEST(ReplayMismatch, KeysOfADamagedCommandAreNotShown) {
  const auto facts = mismatch("80D80081 05 01020304", "80D80081 07 01029999");
  EXPECT_EQ(facts.message,
            "the script sends another command than the recording: the byte at offset 4 is another value, "
            "recorded is a value not shown\n"
            "  script: not a command APDU, 9 bytes 80D80081... (not shown)\n"
            "  recorded (list.log, line 27): not a command APDU, 9 bytes 80D80081... (not shown)");
  EXPECT_EQ(facts.exchange->command, "a malformed command");
  EXPECT_EQ(to_hex(facts.exchange->apdu), "80D80081");
}

TEST(ReplayMismatch, KeysInAnotherCodingAreNotShown) {
  EXPECT_EQ(difference("80D80081 04 01020304", "80D80081 000004 01020304"),
            "the byte at offset 4 is another value, recorded is a value not shown");
}

}  // namespace
}  // namespace gpsh::sessions
