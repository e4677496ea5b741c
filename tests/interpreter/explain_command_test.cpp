// SPDX-License-Identifier: Apache-2.0
// gpsh explain as a person calls it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace gpsh::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

// Recording gpshell-26: SCP03 with the default key, level 33.
constexpr auto kLevel33 =
    "A>> T=1 (4+0008) 80500000 08 7E7B7BD6BBACED6B 00\n"
    "A<< (0029+2) (45ms) 00000346020614090044010360DF5BF9B50B977F64D0E982BC2F7192A6 9000\n"
    "A>> T=1 (4+0016) 84823300 10 EAE9727A80E0C4ED6FD4D796189BFA61\n"
    "A<< (0000+2) (25ms) 9000\n"
    "A>> T=1 (4+0024) 84F22002 18 2E6E5F29A91803C860002029900ADB6B635596FC98472E2B 00\n"
    "A<< (0024+2) (25ms) E7044E45CF0177E526398B2DD243B6E48E68E4AA46646813 9000\n";
constexpr auto kInWords =
    ":1: INITIALIZE UPDATE (key version 0), 45 ms\n"
    "  P1: 00 (the card's first key set)\n"
    "  P2: 00\n"
    "  host challenge: 7E7B7BD6BBACED6B\n"
    "  channel: SCP03: card cryptogram right, keys: default\n"
    "  answer 9000: success\n"
    "    key diversification data: 00000346020614090044\n"
    "    key version: 01\n"
    "    protocol: 03 (SCP03)\n"
    "    i: 60\n"
    "    card challenge: DF5BF9B50B977F64\n"
    "    card cryptogram: D0E982BC2F7192A6\n";
constexpr auto kUnwrapped =
    "  P1: 20\n"
    "  P2: 02 (first or all occurrences, answer as TLV)\n"
    "  4F AID\n"
    "  channel: C-MAC right, command data decrypted\n"
    "  channel: R-MAC right, response data decrypted\n"
    "  answer 9000: success\n"
    "    AID: A0000001515350\n"
    "      state: 01 (Loaded)\n";

TEST(ExplainCommand, EveryExchangeInWords) {
  const WorkingFolder folder;
  folder.write("card.log", kLevel33);
  const auto run = folder.run({"explain", "card.log"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.err, "");
  EXPECT_THAT(run.out, testing::StartsWith(std::string("card.log") + kInWords));
  EXPECT_THAT(run.out,
              testing::EndsWith(std::string("card.log:5: GET STATUS (load files), 25 ms\n") + kUnwrapped));
}

TEST(ExplainCommand, FromStdin) {
  const WorkingFolder folder;
  const auto run = folder.run({"explain", "-"}, kLevel33);
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, testing::StartsWith(std::string("-") + kInWords));
}

TEST(ExplainCommand, Json) {
  const WorkingFolder folder;
  folder.write("card.log", kLevel33);
  const auto run = folder.run({"explain", "--format", "json", "card.log"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const auto exchanges = json::parse(run.out).at("card.log");
  ASSERT_EQ(exchanges.size(), 3U);
  EXPECT_EQ(exchanges[2].at("name"), "GET STATUS (load files)");
  EXPECT_EQ(exchanges[2].at("us"), 25000);
  EXPECT_EQ(exchanges[2].at("response").at(0).at("fields").at(0).at("meaning"), "Loaded");
}

TEST(ExplainCommand, TeachesTheCryptography) {
  const WorkingFolder folder;
  folder.write("card.log", kLevel33);
  const auto plain = folder.run({"explain", "card.log"});
  EXPECT_EQ(plain.out.find("cryptography"), std::string::npos);
  const auto text = folder.run({"explain", "--teach", "card.log"});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out,
              HasSubstr("      result: 635596FC98472E2B4FFC925996E1BA1F (its first 8 bytes are sent)\n"
                        "      in the log: 635596FC98472E2B (equal)\n"));
  const auto run = folder.run({"explain", "--teach", "--format", "json", "card.log"});
  const auto exchanges = json::parse(run.out).at("card.log");
  EXPECT_EQ(exchanges[0].at("steps").at(3).at("name"), "card cryptogram");
  EXPECT_EQ(exchanges[2].at("steps").at(0).at("name"), "C-MAC");
}

TEST(ExplainCommand, KeysThatAreGiven) {
  const WorkingFolder folder;
  folder.write("card.log", kLevel33);
  const auto run = folder.run({"explain", "card.log", "--key", "4142"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.key-value]: the value of --key is not a key\n"
            "  advice: give 16, 24 or 32 bytes as hex digits\n");
}

TEST(ExplainCommand, LogWithoutACommand) {
  const WorkingFolder folder;
  folder.write("empty.log", "nothing here\n");
  const auto run = folder.run({"explain", "--format", "json", "empty.log"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_EQ(json::parse(run.out), json::parse(R"({"empty.log": []})"));
  EXPECT_EQ(
      run.err,
      "gpsh: warning[gpsh.no-exchange]: empty.log shows no command as it went to the card\n"
      "  advice: record the session with its APDUs: enable_trace in GPShell, -d in GlobalPlatformPro, -s "
      "in opensc-tool (OpenSC), --apdu in pcscd (pcsc-lite); logs of JCShell, securo-gp, GPJ and pySim are "
      "read too, as is any text with commands and responses in hex\n");
}

TEST(ExplainCommand, StdinThatIsTooLong) {
  const WorkingFolder folder;
  const auto run = folder.run({"explain", "-"}, std::string((std::size_t{64} << 20) + 1, '\n'));
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.unreadable-log]: stdin has more than 64 MiB\n"
            "  advice: keep the log in a file: gpsh explain FILE reads one of any size\n");
}

TEST(ExplainCommand, MissingFile) {
  const WorkingFolder folder;
  const auto run = folder.run({"explain", "missing.log"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(
      run.err,
      HasSubstr("error[gpsh.unreadable-log]: cannot read the log missing.log: No such file or directory\n"));
}

}  // namespace
}  // namespace gpsh::test
