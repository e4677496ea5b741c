// SPDX-License-Identifier: Apache-2.0
#include "interpreter/near_variables.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/program.h"

namespace gpsh::interpreter {
namespace {

std::string advice(const std::string& text, const std::vector<std::vector<std::string>>& known,
                   std::string_view code = "unset-variable") {
  std::vector<Diagnostic> diagnostics{{.code = code, .text = text, .advice = "set it"}};
  name_near_variables(diagnostics, known);
  return diagnostics.front().advice;
}

const std::string kUnset = "-key: \"${CARD_KYE}\" names a variable that is not set";

TEST(NearVariables, TheNearestInTheFirstListThatHasOne) {
  EXPECT_EQ(advice(kUnset, {{"OLD_DEK", "CARD_KEY"}, {"CARD_KYES"}}),
            "did you mean ${CARD_KEY}? Else set it");
  EXPECT_EQ(advice(kUnset, {{"OLD_DEK"}, {"CARD_KYES"}}), "did you mean ${CARD_KYES}? Else set it");
}

TEST(NearVariables, NothingWhereNoneIsNear) {
  EXPECT_EQ(advice(kUnset, {}), "set it");
  EXPECT_EQ(advice(kUnset, {{"HOME"}, {"PATH", "TERM"}}), "set it");
  EXPECT_EQ(advice("-key: \"${\" is cut", {{"CARD_KEY"}}), "set it");
  EXPECT_EQ(advice(kUnset, {{"CARD_KEY"}}, "bad-hex"), "set it") << "of another message";
}

TEST(NearVariables, OfTheFileAndTheEnvironment) {
  const test::WorkingFolder folder;
  folder.write("card.keys", "CARD_KEY = 404142434445464748494A4B4C4D4E4F\n");
  std::filesystem::permissions(folder.path("card.keys"),
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  folder.write("list.txt", "select -AID ${CARD_KYE}\n");
  constexpr auto kElse = "? Else set it before running gpsh; a key can also stand in the file of --keys\n";
  EXPECT_NE(folder.run({"check", "list.txt", "--keys", "card.keys"})
                .err.find(std::string("advice: did you mean ${CARD_KEY}") + kElse),
            std::string::npos);
  EXPECT_NE(folder.run({"check", "list.txt"}, "", {"CARD_KEYS=00"})
                .err.find(std::string("advice: did you mean ${CARD_KEYS}") + kElse),
            std::string::npos);
}

}  // namespace
}  // namespace gpsh::interpreter
