// SPDX-License-Identifier: Apache-2.0
#include "sessions/doctor_log.h"

#include <gtest/gtest.h>

#include <string>

namespace gpsh::sessions {
namespace {

// Host challenge and answer of recording gpshell-21.
constexpr auto kCommand = "8050000008D067FF312745EBE500";
constexpr auto kAnswer = "000021619600596445050102000E2E07A5F0A58F617901CC45908A6D";
constexpr auto kChallenge = "D067FF312745EBE5";
constexpr auto kFailure =
    "mutual_authentication() returns 0x80302000 (The verification of the card cryptogram failed.)\n";

std::string trace(const std::string& answer) {
  return std::string("Command --> ") + kCommand + "\nWrapped command --> " + kCommand + "\nResponse <-- " +
         answer + "\n";
}

TEST(DoctorLog, GpshellTrace) {
  const auto log = parse_doctor_log("open_sc\n" + trace(std::string(kAnswer) + "9000"));
  ASSERT_EQ(log.sessions.size(), 1U);
  EXPECT_EQ(log.sessions[0].line, 3U);
  EXPECT_EQ(log.sessions[0].asked.host_challenge, hex(kChallenge));
  EXPECT_EQ(log.sessions[0].asked.answer.card_cryptogram, hex("617901CC45908A6D"));
  EXPECT_FALSE(log.sessions[0].asked.assumed_protocol);
}

TEST(DoctorLog, KnowsTheApplicationAndTheAnnouncedI) {
  const std::string select =
      "Command --> 00A4040008A000000151000000\nWrapped command --> 00A4040008A000000151000000\n"
      "Response <-- 9000\n";
  const std::string card_data =
      "Command --> 80CA006600\nWrapped command --> 80CA006600\n"
      "Response <-- 660F730D640B06092A864886FC6B0402559000\n";
  const auto log = parse_doctor_log(select + card_data + trace(std::string(kAnswer) + "9000"));
  ASSERT_EQ(log.sessions.size(), 1U);
  ASSERT_EQ(log.sessions[0].asked.applications.size(), 1U);
  EXPECT_EQ(log.sessions[0].asked.applications[0].text(), "A000000151000000");
  EXPECT_EQ(log.sessions[0].asked.announced_i, 0x55);
}

TEST(DoctorLog, KnowsTheApplicationInTheLogOfAnyTool) {
  const auto log = parse_doctor_log(
      "-> 00 A4 04 00 00\n(waiting 0012)\n<- 6F 10 84 08 A0 00 00 00 03 00 00 00 A5 04 9F 65 01 FF 90 00\n"
      "-> 80 50 00 00 08 D0 67 FF 31 27 45 EB E5\n<- " +
      std::string(kAnswer) + " 9000\n");
  ASSERT_EQ(log.sessions.size(), 1U);
  ASSERT_EQ(log.sessions[0].asked.applications.size(), 1U);
  EXPECT_EQ(log.sessions[0].asked.applications[0].text(), "A000000003000000");
  EXPECT_FALSE(log.sessions[0].asked.announced_i);
}

TEST(DoctorLog, CryptogramMismatchMeansMode201) {
  const auto failed = trace(std::string(kAnswer) + "9000") + kFailure;
  EXPECT_EQ(parse_doctor_log(failed).sessions.at(0).asked.assumed_protocol, 1);
  EXPECT_FALSE(parse_doctor_log("mode_211\n" + failed).sessions.at(0).asked.assumed_protocol);
  EXPECT_TRUE(parse_doctor_log(kFailure).sessions.empty());
}

TEST(DoctorLog, KnowsTheDerivationThatTheScriptAskedFor) {
  const auto good = trace(std::string(kAnswer) + "9000");
  const auto derivation = [&](const std::string& script) {
    const auto assumed = parse_doctor_log(script + "\n" + good).sessions.at(0).asked.assumed_derivation;
    return assumed ? assumed->name() : "not known";
  };
  EXPECT_EQ(derivation("open_sc -key 40 -keyDerivation visa2"), "visa2");
  EXPECT_EQ(derivation("open_sc,-keyDerivation,\"emvcps11\",-key,40"), "emvcps11");
  EXPECT_EQ(derivation("open_sc -keyDerivation none -key 40"), "none");
  EXPECT_EQ(derivation("gemXpressoPro\nopen_sc -key 40"), "visa2");
  EXPECT_EQ(derivation("open_sc -key 40"), "not known");
  EXPECT_EQ(derivation("open_sc -keyDerivation visa9"), "not known");
  EXPECT_EQ(derivation("open_sc -keyDerivation visa2\nopen_sc -key 40"), "not known");
  EXPECT_EQ(derivation("open_sc -keyDerivation"), "not known");
}

TEST(DoctorLog, OnlyTheSessionThatFailed) {
  const auto good = trace(std::string(kAnswer) + "9000");
  const auto log = parse_doctor_log(good + good + kFailure + good);
  ASSERT_EQ(log.sessions.size(), 3U);
  EXPECT_FALSE(log.sessions[0].asked.assumed_protocol);
  EXPECT_EQ(log.sessions[1].asked.assumed_protocol, 1);
  EXPECT_FALSE(log.sessions[2].asked.assumed_protocol);
}

TEST(DoctorLog, RefusedInitializeUpdateIsNoSession) {
  EXPECT_TRUE(parse_doctor_log(trace("6A88")).sessions.empty());
}

TEST(DoctorLog, PairsOfAnyTool) {
  const auto log = parse_doctor_log(
      "A>> T=1 (4+0008) 80500000 08 D067FF312745EBE5 00\n"
      "A<< (0028+2) (7ms) " +
      std::string(kAnswer) + " 9000\n");
  ASSERT_EQ(log.sessions.size(), 1U);
  EXPECT_EQ(log.sessions[0].line, 1U);
  EXPECT_EQ(log.sessions[0].asked.answer.key_version, 0x01);
  EXPECT_EQ(log.sessions[0].asked.answer.protocol, 0x02);
}

TEST(DoctorLog, LinesBetweenAndAnswerWithoutStatusWord) {
  const auto log = parse_doctor_log("> 80 50 00 00 08 D0 67 FF 31 27 45 EB E5\n(waiting 0012)\n< " +
                                    std::string(kAnswer) + "\n");
  ASSERT_EQ(log.sessions.size(), 1U);
  EXPECT_EQ(log.sessions[0].asked.host_challenge, hex(kChallenge));
}

TEST(DoctorLog, LongChallenges) {
  const std::string answer =
      "00000346020614090044"
      "01"
      "03"
      "01" +
      std::string(64, 'A');
  const auto log =
      parse_doctor_log("-> 8050000010 000102030405060708090A0B0C0D0E0F 00\n<- " + answer + " 9000\n");
  ASSERT_EQ(log.sessions.size(), 1U);
  EXPECT_EQ(log.sessions[0].asked.host_challenge.size(), 16U);
  EXPECT_EQ(log.sessions[0].asked.answer.card_challenge.size(), 16U);
}

TEST(DoctorLog, CommandWithoutAnswerAndAnswerWithoutCommand) {
  EXPECT_TRUE(parse_doctor_log("> 80 50 00 00 08 D0 67 FF 31 27 45 EB E5\n").sessions.empty());
  EXPECT_TRUE(parse_doctor_log(std::string("< ") + kAnswer + "\n").sessions.empty());
  EXPECT_TRUE(parse_doctor_log("").sessions.empty());
}

TEST(DoctorLog, DamagedGpshellTraceIsSearchedAsText) {
  const auto log = parse_doctor_log("Command --> 00A40\n" + trace(std::string(kAnswer) + "9000"));
  EXPECT_EQ(log.sessions.size(), 1U);
}

}  // namespace
}  // namespace gpsh::sessions
