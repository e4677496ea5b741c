// SPDX-License-Identifier: Apache-2.0
// What a word of gpsh takes of the options of a run, and what gpsh help says of codes.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace gpsh::test {
namespace {

TEST(CommandLineWords, OptionsOfARunMayStandBeforeAWord) {
  const WorkingFolder folder;
  folder.write("a.txt", "frobnicate\n");
  for (const auto& words : {std::vector<std::string>{"--lenient", "--format", "json", "check", "a.txt"},
                            {"check", "a.txt", "--lenient", "--format", "json"}}) {
    const auto run = folder.run(words);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(nlohmann::json::parse(run.out).at("files").at(0).at("warnings"), 1);
  }
  EXPECT_EQ(folder.run({"--format", "json", "keys", "kcv", "--key", "404142434445464748494A4B4C4D4E4F"}).out,
            folder.run({"keys", "kcv", "--key", "404142434445464748494A4B4C4D4E4F", "--format", "json"}).out);
}

TEST(CommandLineWords, HelpOfAWordShowsTheOptionsOfARunThatItTakes) {
  const WorkingFolder folder;
  const auto info = folder.run({"info", "--help"}).out;
  for (const auto* option : {"--card CARD", "--reader READER", "--replay FILE", "--format TEXT:{text,json}"})
    EXPECT_NE(info.find(option), std::string::npos) << option << info;
  EXPECT_EQ(info.find("--record"), std::string::npos) << info;
  EXPECT_NE(folder.run({"check", "--help"}).out.find("--format TEXT:{text,json,sarif}"), std::string::npos);
}

TEST(CommandLineWords, HelpOnCodes) {
  const WorkingFolder folder;
  EXPECT_EQ(nlohmann::json::parse(folder.run({"help", "codes", "--format", "json"}).out).at(0).at("code"),
            "access-denied");
  EXPECT_EQ(nlohmann::json::parse(folder.run({"help", "card-mute", "--format", "json"}).out)
                .at("causes")
                .get<std::string>()
                .substr(0, 16),
            "it lies the wron");
  EXPECT_TRUE(folder.run({"help", "codes"})
                  .out.starts_with(
                      "Codes of a run and of the words of gpsh:\n\nReaders and cards:\n  access-denied "));
  EXPECT_EQ(folder.run({"help", "card-cryptogrm"}).err,
            "gpsh: error[gpsh.unknown-command]: there is no script command card-cryptogrm\n"
            "  advice: did you mean card-cryptogram?\n");
  EXPECT_EQ(folder.run({"help", "cod"}).err,
            "gpsh: error[gpsh.unknown-command]: there is no script command cod\n"
            "  advice: did you mean codes?\n");
}

}  // namespace
}  // namespace gpsh::test
