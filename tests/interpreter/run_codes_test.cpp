// SPDX-License-Identifier: Apache-2.0
#include "interpreter/run_codes/run_codes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "tests/support/code_sources.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

namespace checks = interpreter::checks;
namespace run_codes = interpreter::run_codes;

std::set<std::string> names(const CodesInSources& codes) {
  std::set<std::string> all;
  for (const auto& [code, file] : codes) all.insert(code);
  return all;
}

TEST(RunCodes, AreFoundInSources) {
  using Names = std::set<std::string>;
  EXPECT_EQ(names(codes_in("throw Error({.kind = a, .code = \"bad-x\", .message = \"no-code\"});", "a")),
            Names{"bad-x"});
  EXPECT_EQ(names(codes_in("{.code = cut() ? \"one\" : \"two\", .message = m}", "a")), (Names{"one", "two"}));
  EXPECT_EQ(names(codes_in("{.code = fields.text(\"code\"), .facts = {}}", "a")), Names{});
  EXPECT_EQ(names(codes_in("static constexpr std::string_view code = \"open-quote\";", "a")),
            Names{"open-quote"});
  EXPECT_EQ(names(codes_in(
                "Error f(int a, std::string_view code, T t) {}\nthrow f(g(1, 2), \"late\", \"t\");", "a")),
            Names{"late"});
  EXPECT_EQ(names(codes_in("struct S { std::string_view code; };\nf(\"word\");", "a")), Names{});
  EXPECT_EQ(names(codes_in("CodeMeaning{codes::kX, \"row\", \"text\"},", "a")), Names{"row"});
  EXPECT_EQ(names(codes_in("if (error.code() == \"asked\") exit_code = 1;", "a")), Names{});
}

TEST(RunCodes, EveryCodeThatIsGivenIsExplained) {
  const auto given = codes_in_sources();
  EXPECT_GT(given.size(), 200U);
  for (const auto& [code, file] : given)
    EXPECT_NE(checks::find_code(code), nullptr) << file << " gives " << code << ", which no table explains";
}

TEST(RunCodes, EveryCodeThatIsExplainedIsGiven) {
  const auto given = codes_in_sources();
  for (const auto code : checks::all_codes())
    EXPECT_TRUE(given.contains(std::string(code))) << code << " is explained, and nothing gives it";
}

TEST(RunCodes, EachIsExplainedOnce) {
  const auto codes = checks::all_codes();
  EXPECT_EQ(std::set(codes.begin(), codes.end()).size(), codes.size());
}

/// What stands in a table cannot end a sentence, and says what the message alone cannot.
TEST(RunCodes, EachSaysWhatItComesFromAndWhatToDo) {
  for (const auto& topic : run_codes::topics()) {
    EXPECT_TRUE(std::ranges::is_sorted(topic.codes, {}, &checks::Code::code)) << topic.title;
    for (const auto& code : topic.codes) {
      for (const auto text : {code.meaning, code.causes, code.remedy}) {
        ASSERT_FALSE(text.empty()) << code.code;
        EXPECT_EQ(std::string(".?!").find(text.back()), std::string::npos) << code.code;
      }
      EXPECT_TRUE(code.example.empty() || code.example.ends_with('\n')) << code.code;
    }
  }
}

TEST(RunCodes, RemarksOfARunCanBeAllowed) {
  const std::regex remark(R"re(\{\.severity = Severity::(note|warning),\s*\.code = "([a-z-]+)")re");
  std::size_t found = 0;
  for (const auto& [code, file] : codes_in_sources()) {
    const auto text = read_file(source_file(file));
    for (std::sregex_iterator at(text.begin(), text.end(), remark); at != std::sregex_iterator();
         ++at, ++found) {
      const auto* known = checks::find_code((*at)[2].str());
      ASSERT_NE(known, nullptr) << (*at)[2];
      EXPECT_TRUE(checks::can_be_allowed(*known) || known->code == "replay-leftover") << known->code;
    }
  }
  EXPECT_GT(found, 20U);
  EXPECT_TRUE(checks::can_be_allowed(*checks::find_code("visa1-without-effect")));
  EXPECT_FALSE(checks::can_be_allowed(*checks::find_code("card-mute")));
}

TEST(RunCodes, PageIsFresh) {
  EXPECT_EQ(read_file(source_file("docs/codes.md")), run_codes::markdown())
      << "make it anew: gpsh help codes --markdown > docs/codes.md";
}

TEST(RunCodes, OneIsExplained) {
  EXPECT_EQ(*checks::explain_code("gpsh.sharing-violation"),
            "sharing-violation (error): another program has the card for itself.\n"
            "Mostly because: scdaemon of GnuPG, a browser, an authenticator; or another gpsh.\n"
            "Close it.\n"
            "\n"
            "Example:\n"
            "    gpgconf --kill scdaemon\n");
}

}  // namespace
}  // namespace gpsh::test
