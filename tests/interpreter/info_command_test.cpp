// SPDX-License-Identifier: Apache-2.0
// gpsh info as a person calls it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace gpsh::test {
namespace {

using nlohmann::json;

constexpr auto kLog =
    "> 00A4040000\n< 6F108408A000000151000000A5049F6501FF9000\n"
    "> 80CA9F7F00\n< 6A88\n"
    "> 80CA006600\n< "
    "664C734A06072A864886FC6B01600C060A2A864886FC6B02020101630906072A864886FC6B03640B06092A864886FC"
    "6B040255650B06092B8510864864020103660C060A2B060104012A026E01029000\n"
    "> 80CA006700\n< 6A88\n"
    "> 80CA00E000\n< E00CC00401FF8010C00402FF80109000\n"
    "> 80CA00C100\n< C10200079000\n"
    "> 80CA00C200\n< 6A88\n"
    "> 80CA004200\n< 6D00\n"
    "> 80CA004500\n< 45040102030490 00\n"
    "> 80CA2F00025C0000\n< 6A88\n"
    "> 80CAFF2100\n< 6A88\n";

TEST(InfoCommand, ShowsTheVirtualCardWithoutAuthentication) {
  const WorkingFolder folder;
  const auto run = folder.run({"--card", "virtual", "info"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.err, "");
  EXPECT_TRUE(run.out.starts_with("reader ")) << run.out;
  EXPECT_NE(run.out.find("\nATR 3B"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("84 application AID: A000000003000000"), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("secure channel protocol: SCP02 i=15"), std::string::npos) << run.out;
}

TEST(InfoCommand, AnswersFromALog) {
  const WorkingFolder folder;
  folder.write("card.log", kLog);
  const auto run = folder.run({"info", "--replay", "card.log"});
  EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
  for (const auto* text :
       {"SELECT without AID\n", "    84 application AID: A000000151000000\n",
        "9F7F card production life cycle data: refused, 6A88 (", "  secure channel protocol: SCP02 i=55\n",
        "00E0 key information\n  key version FF identifier 01: DES 16 bytes\n",
        "00C1 sequence counter\n  counter: 7\n", "0042 issuer identification number: refused, 6D00 ("}) {
    EXPECT_NE(run.out.find(text), std::string::npos) << text << run.out;
  }
}

TEST(InfoCommand, Json) {
  const WorkingFolder folder;
  folder.write("card.log", kLog);
  const auto run = folder.run({"info", "--replay", "card.log", "--format", "json"});
  const auto card = json::parse(run.out);
  EXPECT_EQ(card.at("atr"), "3B00");
  EXPECT_EQ(card.at("protocol"), "T=1");
  ASSERT_EQ(card.at("answers").size(), 11U);
  EXPECT_EQ(card.at("answers").at(5), json::parse(R"({"tag": "00C1", "name": "sequence counter", "sw": "9000",
      "data": "C1020007", "fields": [{"name": "counter", "value": "7"}]})"));
  EXPECT_EQ(card.at("answers").at(1).at("sw"), "6A88");
  EXPECT_TRUE(card.at("answers").at(1).at("data").is_null());
}

TEST(InfoCommand, CardThatRefusesAllIsNotGood) {
  const WorkingFolder folder;
  std::string log;
  for (const auto* command :
       {"00A4040000", "80CA9F7F00", "80CA006600", "80CA006700", "80CA00E000", "80CA00C100", "80CA00C200",
        "80CA004200", "80CA004500", "80CA2F00025C0000", "80CAFF2100"}) {
    log += std::string("> ") + command + "\n< 6A82\n";
  }
  folder.write("card.log", log);
  const auto run = folder.run({"info", "--replay", "card.log"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_NE(run.out.find("SELECT without AID: refused, 6A82 ("), std::string::npos) << run.out;
}

// GPCS 2.3.1 section 11.3.3.1.1.
TEST(InfoCommand, AParameterReferenceIsNoLengthAndAnEmptyEntryNoKey) {
  const WorkingFolder folder;
  std::string log = kLog;
  log.replace(log.find("E00CC00401FF8010C00402FF8010"), 28, "E00AC000C0060170B040F000");
  folder.write("card.log", log);
  const auto run = folder.run({"info", "--replay", "card.log"});
  EXPECT_NE(run.out.find("00E0 key information\n  key version 70 identifier 01: elliptic curve public key "
                         "64 bytes, elliptic curve parameters reference 00\n00C1"),
            std::string::npos)
      << run.out;
}

TEST(InfoCommand, DataThatCannotBeReadIsShownAsItIs) {
  const WorkingFolder folder;
  std::string log = kLog;
  log.replace(log.find("C1020007"), 8, "C1050007");
  folder.write("card.log", log);
  const auto run = folder.run({"info", "--replay", "card.log"});
  EXPECT_NE(run.out.find("00C1 sequence counter: C1050007\n  cannot be read: "), std::string::npos)
      << run.out;
}

}  // namespace
}  // namespace gpsh::test
