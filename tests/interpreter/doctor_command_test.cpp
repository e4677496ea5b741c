// SPDX-License-Identifier: Apache-2.0
// gpsh doctor as a person calls it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace gpsh::test {
namespace {

using nlohmann::json;

// Host challenge and answer of recording gpshell-21, SCP02 with the default key.
constexpr auto kScp02 =
    "> 80 50 00 00 08 D0 67 FF 31 27 45 EB E5\n"
    "< 00 00 21 61 96 00 59 64 45 05 01 02 00 0E 2E 07 A5 F0 A5 8F 61 79 01 CC 45 90 8A 6D 90 00\n";
// Host challenge and answer of recording jcardmanager-02, SCP01 with the GemXpresso key and VISA 2.
constexpr auto kScp01 =
    "->  80 50 00 01 08 00 01 02 03 04 05 06 07 (00)\n"
    "<-  4D 00 40 82 D0 01 23 25 25 56 FF 01 C1 64 C0 1A 12 C1 E8 12 07 03 BC 8C 28 4A 9C 84, 90 00   "
    "[Normal]\n";
// The first with a cryptogram that nothing makes.
constexpr auto kUnknown =
    "> 80 50 00 00 08 D0 67 FF 31 27 45 EB E5\n"
    "< 00 00 21 61 96 00 59 64 45 05 01 02 00 0E 2E 07 A5 F0 A5 8F 61 79 01 CC 45 90 8A 6E 90 00\n";

TEST(DoctorCommand, SaysWhatFits) {
  const WorkingFolder folder;
  folder.write("card.log", kScp01);
  const auto run = folder.run({"doctor", "card.log"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out,
            "card.log:1: SCP01 with VISA 2 diversification of the GemXpresso sample key "
            "47454D5850524553534F53414D504C45: give it as -key; add -keyDerivation visa2\n"
            "  the card has proven that it knows the ENC key; MAC and DEK are unproven\n"
            "  20 combinations tried\n");
  EXPECT_EQ(run.err, "");
}

TEST(DoctorCommand, Json) {
  const WorkingFolder folder;
  folder.write("a.log", std::string(kScp02) + kScp01);
  folder.write("b.log", kUnknown);
  const auto run = folder.run({"doctor", "a.log", "b.log", "--format", "json"});
  EXPECT_EQ(run.exit_code, 1);
  const auto all = json::parse(run.out);
  ASSERT_EQ(all.size(), 2U);
  ASSERT_EQ(all.at("a.log").size(), 2U);
  const auto& first = all.at("a.log").at(0);
  EXPECT_EQ(first.at("protocol"), "SCP02");
  EXPECT_EQ(first.at("keys"), "default");
  EXPECT_EQ(first.at("derivation"), "none");
  EXPECT_EQ(first.at("fits"), true);
  EXPECT_EQ(first.at("tried"), 20);
  EXPECT_EQ(first.at("advice"),
            "SCP02 with the GlobalPlatform test key 404142434445464748494A4B4C4D4E4F: give it as -key");
  EXPECT_EQ(first.size(), 6U);
  EXPECT_EQ(all.at("a.log").at(1).at("derivation"), "visa2");
  const auto& unknown = all.at("b.log").at(0);
  EXPECT_EQ(unknown.at("protocol"), "SCP02");
  EXPECT_EQ(unknown.at("keys"), "none fits");
  EXPECT_TRUE(unknown.at("derivation").is_null());
  EXPECT_EQ(unknown.at("fits"), false);
}

TEST(DoctorCommand, GivenKeysAndTemplateAreTried) {
  const WorkingFolder folder;
  folder.write("card.log", kUnknown);
  const std::string key = "0102030405060708090A0B0C0D0E0F10";
  const auto run =
      folder.run({"doctor", "card.log", "--key", key, "--enc", "1102030405060708090A0B0C0D0E0F10", "--mac",
                  "2102030405060708090A0B0C0D0E0F10", "--derivation",
                  "$0 $0 $0 $0 $0 $0 $0 $0 $0 $0 $0 $0 $0 $0 $k $k", "--format", "json"});
  EXPECT_EQ(run.exit_code, 1) << run.err;
  // Five keys of 16 bytes, six derivations that are not for SCP03 alone, two protocols.
  EXPECT_EQ(json::parse(run.out).at("card.log").at(0).at("tried"), 5 * 6 * 2);
  EXPECT_EQ(run.out.find(key), std::string::npos);
}

TEST(DoctorCommand, GivenKeyThatFits) {
  const WorkingFolder folder;
  // A refusal first, which is no session.
  folder.write("card.log",
               "Command --> 80500000081122334455667788\n"
               "Response <-- 6A88\n" +
                   std::string(kScp02));
  const auto run = folder.run({"doctor", "card.log", "--key", "404142434445464748494A4B4C4D4E4F"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_TRUE(
      run.out.starts_with("card.log:3: SCP02 with the GlobalPlatform test key "
                          "404142434445464748494A4B4C4D4E4F: protocol, derivation and key are right\n"))
      << run.out;
}

TEST(DoctorCommand, LogWithoutSession) {
  const WorkingFolder folder;
  folder.write("empty.log", "nothing here\n");
  const auto run = folder.run({"doctor", "empty.log"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(
      run.err,
      "gpsh: warning[gpsh.no-initialize-update]: empty.log has no INITIALIZE UPDATE with its host challenge "
      "and a good answer\n"
      "  advice: record the session with its APDUs: enable_trace in GPShell, -d in GlobalPlatformPro, -s in "
      "opensc-tool (OpenSC), --apdu in pcscd (pcsc-lite); logs of JCShell, securo-gp, GPJ and pySim are read "
      "too, as is any text with commands and responses in hex\n");
  EXPECT_EQ(folder.run({"doctor", "empty.log", "--format", "json"}).out, "{\n  \"empty.log\": []\n}\n");
}

TEST(DoctorCommand, UsageErrors) {
  const WorkingFolder folder;
  folder.write("card.log", kScp02);
  EXPECT_EQ(folder.run({"doctor"}).exit_code, 2);
  EXPECT_EQ(folder.run({"doctor", "card.log", "--format", "sarif"}).exit_code, 2);
  const auto absent = folder.run({"doctor", "absent.log"});
  EXPECT_EQ(absent.exit_code, 2);
  EXPECT_NE(absent.err.find("gpsh.unreadable-log"), std::string::npos) << absent.err;
  const auto short_key = folder.run({"doctor", "card.log", "--key", "40414243"});
  EXPECT_EQ(short_key.exit_code, 2);
  EXPECT_EQ(short_key.err,
            "gpsh: error[gpsh.key-value]: the value of --key is not a key\n"
            "  advice: give 16, 24 or 32 bytes as hex digits\n");
  const auto method = folder.run({"doctor", "card.log", "--derivation", "visa9"});
  EXPECT_EQ(method.exit_code, 2);
  EXPECT_NE(method.err.find("there is no key derivation \"visa9\""), std::string::npos) << method.err;
}

}  // namespace
}  // namespace gpsh::test
