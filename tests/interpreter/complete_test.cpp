// SPDX-License-Identifier: Apache-2.0
#include "interpreter/complete.h"

#include <gmock/gmock.h>

#include "interpreter/offers.h"

namespace gpsh::interpreter {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

Completions completed(std::string_view line) {
  return complete(
      line,
      {.readers =
           [] {
             return std::vector<std::string>{"OMNIKEY 3x21 00 00", "Virtual"};
           },
       .aids =
           [] {
             return std::vector<std::string>{"A000000003000000", "D0D1D2D3D4D501"};
           },
       .files =
           [](std::string_view start) {
             return std::vector<std::string>{std::string(start) + "x.cap", std::string(start) + "my files/"};
           },
       .next_step = [] { return std::string("next: select"); }});
}

std::vector<std::string> texts(std::string_view line) {
  std::vector<std::string> all;
  for (const auto& candidate : completed(line).candidates) all.push_back(candidate.text);
  return all;
}

TEST(Complete, AtTheStartCommandsAndShellWords) {
  const auto all = texts("");
  EXPECT_EQ(all.size(), command_table().size() + shell_words().size());
  EXPECT_THAT(all, Contains("open_sc"));
  EXPECT_THAT(all, Contains("history"));
  EXPECT_THAT(texts("  get_s"), ElementsAre("get_secure_channel_protocol_details", "get_status"));
  EXPECT_EQ(completed("  get_s").from, 2U);
  EXPECT_THAT(texts("frob"), IsEmpty());
}

TEST(Complete, OptionsThatAreNotGivenYet) {
  EXPECT_THAT(texts("get_status "), ElementsAre("-element", "-format", "-noStop"));
  EXPECT_THAT(texts("get_status -element 40 "), ElementsAre("-format", "-noStop"));
  EXPECT_THAT(texts("get_status -element 40 -f"), ElementsAre("-format"));
  EXPECT_EQ(
      completed("get_status -el").candidates.front().help,
      "what to list: 80 issuer security domain, 40 applications and security domains, 20 load files, 10 "
      "load files with their modules; bits may be combined");
}

TEST(Complete, LetterCaseDoesNotMatter) {
  EXPECT_THAT(texts("select -aid"), ElementsAre("-AID"));
  EXPECT_THAT(texts("select -AID d0d1"), ElementsAre("D0D1D2D3D4D501"));
}

TEST(Complete, WordsOfAnEnumeration) {
  EXPECT_THAT(texts("get_status -format "), ElementsAre("0", "2"));
  const auto derivations = texts("open_sc -keyDerivation ");
  EXPECT_THAT(derivations, Contains("none"));
  EXPECT_THAT(derivations, Contains("visa2"));
  EXPECT_THAT(derivations, Not(Contains("or a template")));
}

TEST(Complete, AidsReadersAndFiles) {
  EXPECT_THAT(texts("select -AID "), ElementsAre("A000000003000000", "D0D1D2D3D4D501"));
  EXPECT_THAT(texts("card_connect -reader "), ElementsAre("\"OMNIKEY 3x21 00 00\"", "Virtual"));
  EXPECT_THAT(texts("install -file caps/"), ElementsAre("caps/x.cap", "\"caps/my files/"));
  EXPECT_FALSE(completed("install -file caps/").candidates.back().finished);
}

TEST(Complete, WithinAnOpenQuote) {
  const auto found = completed("card_connect -reader \"OMNI");
  EXPECT_EQ(found.from, 21U);
  ASSERT_EQ(found.candidates.size(), 1U);
  EXPECT_EQ(found.candidates.front().text, "\"OMNIKEY 3x21 00 00\"");
}

TEST(Complete, AHintWhereNothingCanBeListed) {
  const auto found = completed("put_sc_key -key ");
  EXPECT_THAT(found.candidates, IsEmpty());
  EXPECT_EQ(found.hint, "-key: base or master key (key, 16, 24 or 32 bytes in hex)");
}

TEST(Complete, ValuesThatAreUsual) {
  EXPECT_THAT(texts("get_status -element "), ElementsAre("80", "40", "20", "10"));
  EXPECT_EQ(completed("get_status -element 4").candidates.front().help, "applications and security domains");
  EXPECT_THAT(texts("open_sc -security "), ElementsAre("0", "1", "3", "17", "19", "51"));
}

// New keys are nobody's to propose.
TEST(Complete, KeysThatEverybodyKnowsAreOfferedToOpenAChannel) {
  EXPECT_THAT(texts("open_sc -key 40"), Contains("404142434445464748494A4B4C4D4E4F"));
  EXPECT_THAT(texts("put_sc_key -key 40"), IsEmpty());
}

TEST(Complete, TheNextStepWhereAnythingCanStand) {
  EXPECT_EQ(completed("").hint, "next: select");
  EXPECT_EQ(completed("get_s").hint, "");
}

TEST(Complete, ArgumentsOfShellWords) {
  EXPECT_THAT(texts("trace o"), ElementsAre("on", "off"));
  EXPECT_THAT(texts("help put_dm_t"), ElementsAre("put_dm_token_keys"));
  EXPECT_THAT(texts("trace on "), IsEmpty());
}

TEST(Complete, NothingInCommentsAndFreeText) {
  EXPECT_THAT(texts("# get"), IsEmpty());
  EXPECT_THAT(texts("get_status // -el"), IsEmpty());
  EXPECT_THAT(texts("print -"), IsEmpty());
  EXPECT_THAT(texts("mode_211 "), IsEmpty());
}

TEST(Complete, CommonStart) {
  EXPECT_EQ(common_start({{.text = "get_status"}, {.text = "get_secure"}}), "get_s");
  EXPECT_EQ(common_start({}), "");
}

TEST(Complete, ListForTheTerminal) {
  EXPECT_EQ(completion_list(completed("trace "), 80),
            "  on       print every APDU from here on\n"
            "  off      print none\n"
            "  explain  print what every APDU says, in words\n"
            "  gpshell  print the bytes of every APDU, as GPShell does\n");
  EXPECT_EQ(completion_list(completed("get_status -format "), 100),
            "  0\n"
            "  2\n"
            "  -format: response format: 0 the old one, 2 TLV; mode_201 uses the old one (0 | 2)\n");
  EXPECT_EQ(completion_list(completed("trace on"), 20), "  on  print every...\n");
  EXPECT_EQ(completion_list(completed("get_k"), 20), "  get_key_information_templates\n");
  EXPECT_EQ(completion_list(completed("get_status -format "), 40),
            "  0\n"
            "  2\n"
            "  -format: response format: 0 the old\n"
            "  one, 2 TLV; mode_201 uses the old one\n"
            "  (0 | 2)\n");
}

TEST(Complete, EveryOfferHasItsSource) {
  for (const auto& command : command_table()) {
    for (const auto& option : command.options) {
      if (offer_of(command.name, option) != Offer::words) continue;
      const auto found = texts(std::string(command.name) + " " + std::string(option.name) + " ");
      EXPECT_GE(found.size(), 2U) << option.name;
      for (const auto& word : found) EXPECT_FALSE(option.validate(word)) << option.name << " " << word;
    }
  }
}

}  // namespace
}  // namespace gpsh::interpreter
