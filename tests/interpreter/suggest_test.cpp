// SPDX-License-Identifier: Apache-2.0
#include "core/suggest.h"

#include <gtest/gtest.h>

#include "interpreter/command_table.h"

namespace gpsh::interpreter {
namespace {

TEST(Suggest, FindsTheNearestCommand) {
  EXPECT_EQ(suggest("open_cs", command_names()), "open_sc");
  EXPECT_EQ(suggest("Get_Data", command_names()), "get_data");
  EXPECT_EQ(suggest("card-connect", command_names()), "card_connect");
  EXPECT_EQ(suggest("getstatus", command_names()), "get_status");
}

TEST(Suggest, LetterCaseCostsNothing) {
  EXPECT_EQ(suggest("-aid", all_option_names()), "-AID");
}

TEST(Suggest, LettersThatChangedPlacesAreOneMistake) {
  EXPECT_EQ(suggest("-kye", all_option_names()), "-key");
}

TEST(Suggest, TheBeginningOfOneNameIsEnough) {
  EXPECT_EQ(suggest("sel", command_names()), "select");
  EXPECT_EQ(suggest("-sec", {"-security", "-scp", "-scpimpl"}), "-security");
  EXPECT_EQ(suggest("get", command_names()), std::nullopt) << "several begin so";
}

TEST(Suggest, WordsOfOtherToolsHaveTheirCommand) {
  EXPECT_EQ(command_meant("uninstall"), "delete") << "install is nearer, and the opposite";
  EXPECT_EQ(command_meant("quit"), "exit");
  EXPECT_EQ(command_meant("opensc"), "open_sc");
}

TEST(Suggest, SaysNothingForWhatIsFarFromEverything) {
  EXPECT_EQ(suggest("frobnicate", command_names()), std::nullopt);
  EXPECT_EQ(suggest(std::string(1000, 'x'), command_names()), std::nullopt);
  EXPECT_EQ(suggest("", command_names()), std::nullopt);
}

}  // namespace
}  // namespace gpsh::interpreter
