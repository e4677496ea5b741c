// SPDX-License-Identifier: Apache-2.0
// docs/virtual-card.md shows answers of a card and the profile that is made of them.
#include <gtest/gtest.h>

#include <sstream>
#include <utility>

#include "tests/support/test_data.h"
#include "tests/virtualcard/fixed_random.h"
#include "virtualcard/virtual_card.h"

namespace gpsh::virtualcard {
namespace {

/// The lines of the section that stand in code blocks, without their indentation by four.
std::vector<std::string> code_of(std::string_view section) {
  auto text = test::read_file(test::source_file("docs/virtual-card.md"));
  text.erase(0, text.find("### " + std::string(section)));
  std::istringstream lines(text.substr(0, text.find("\n| field |")));
  std::vector<std::string> code;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("    ")) code.push_back(line.substr(4));
  }
  return code;
}

struct Exchange {
  std::string command;
  std::string answer;
};

TEST(DocumentedProfile, GivesTheAnswersItIsMadeOf) {
  std::vector<Exchange> exchanges;
  std::string profile;
  for (const auto& line : code_of("A profile for your card")) {
    if (!profile.empty() || line == "{") {
      profile += line + "\n";
    } else if (line.starts_with("> ")) {
      exchanges.push_back({.command = line.substr(2), .answer = ""});
    } else if (!exchanges.empty()) {
      exchanges.back().answer += line.substr(2);
    }
  }
  ASSERT_EQ(exchanges.size(), 3U);
  test::FixedRandom random("112233445566");
  VirtualCard card(parse_profile(profile, "docs/virtual-card.md"), random);
  for (const auto& [command, answer] : exchanges) {
    EXPECT_EQ(to_hex(card.transmit(hex(command))), to_hex(hex(answer))) << command;
  }
}

}  // namespace
}  // namespace gpsh::virtualcard
