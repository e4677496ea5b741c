// SPDX-License-Identifier: Apache-2.0
// Whatever sequence of management commands comes, the registry stays sound.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>

#include "tests/virtualcard/content_host.h"

namespace gpsh::virtualcard {
namespace {

using test::ContentHost;

constexpr std::array<std::string_view, 3> kPackages{"E0E1E2E3E401", "E0E1E2E3E402", "E0E1E2E3E403"};
constexpr std::array<std::string_view, 3> kModules{"E0E1E2E3E40101", "E0E1E2E3E40201", "E0E1E2E3E40301"};
constexpr std::array<std::string_view, 8> kEntries{"E0E1E2E3E4AA01",   "E0E1E2E3E4AA02",  "E0E1E2E3E401",
                                                   "E0E1E2E3E402",     "E0E1E2E3E403",    "A000000151535042",
                                                   "A000000151535041", "D0D1D2D3D4D50101"};
constexpr std::array<std::string_view, 6> kPrivileges{"00", "04", "000200", "000000", "808000", "80C000"};

class Sequence {
 public:
  explicit Sequence(unsigned seed) : random_(seed), host_(profile()) {}

  std::string step() {
    switch (below(9)) {
      case 0: return load();
      case 1: return install();
      case 2: return host_.make_domain(one_of(kEntries), one_of(kPrivileges));
      case 3: return host_.remove(one_of(kEntries), below(2) == 0 ? "00" : "80");
      case 4: return host_.install("1000", {one_of(kEntries), "", one_of(kEntries), "", "", ""});
      case 5: return host_.install("4000", {"", "", one_of(kEntries), one_of(kPrivileges), "", ""});
      case 6: return host_.set_status(below(2) == 0 ? "4080" : "4000", one_of(kEntries));
      case 7: return host_.set_status(below(2) == 0 ? "6080" : "6000", one_of(kEntries));
      default: return host_.install("0800", {"", "", one_of(kEntries), one_of(kPrivileges), "", ""});
    }
  }
  [[nodiscard]] const ContentHost& host() const { return host_; }

 private:
  static Profile profile() {
    auto made = test::profile_with_domain();
    made.card.memory.non_volatile = 4000;  // so that it fills up
    return made;
  }
  std::size_t below(std::size_t end) { return random_() % end; }
  template <std::size_t n>
  std::string_view one_of(const std::array<std::string_view, n>& choices) {
    return choices.at(below(n));
  }
  std::string load() {
    const auto which = below(kPackages.size());
    std::vector<std::string> imports;
    if (below(2) == 0) imports.push_back("0102" + std::string(one_of(kPackages)));
    const auto domain = below(3) == 0 ? std::string_view("A000000151535041") : std::string_view();
    return host_.load({.package = kPackages.at(which), .applets = {kModules.at(which)}, .imports = imports},
                      domain);
  }
  std::string install() {
    const auto which = below(kPackages.size());
    return host_.install(
        below(2) == 0 ? "0C00" : "0400",
        {kPackages.at(which), kModules.at(which), one_of(kEntries), one_of(kPrivileges), "C900", ""});
  }

  std::minstd_rand random_;
  ContentHost host_;
};

void no_aid_twice(const CardState& card) {
  std::set<std::string> seen{card.issuer_security_domain.aid.text()};
  for (const auto& file : card.load_files) EXPECT_TRUE(seen.insert(file.aid.text()).second);
  for (const auto& application : card.applications) EXPECT_TRUE(seen.insert(application.aid.text()).second);
}

void no_orphan(const CardState& card) {
  for (const auto& application : card.applications) {
    const auto* file = card.find_load_file(application.load_file);
    ASSERT_NE(file, nullptr) << application.aid.text();
    if (application.module) {
      EXPECT_EQ(std::ranges::count(file->modules, *application.module), 1);
    }
    EXPECT_NE(card.find_domain(card.domain_of_entry(application)), nullptr) << application.aid.text();
    EXPECT_EQ(application.domain.has_value(), application.privileges.has(Privilege::security_domain));
  }
  for (const auto& file : card.load_files) {
    EXPECT_NE(card.find_domain(card.domain_of_entry(file)), nullptr) << file.aid.text();
    for (const auto& import : file.imports) EXPECT_NE(card.find_load_file(import), nullptr);
  }
}

void memory_adds_up(const CardState& card) {
  std::size_t taken = 0;
  for (const auto& file : card.load_files) taken += file.memory.non_volatile;
  for (const auto& application : card.applications) taken += application.memory.non_volatile;
  EXPECT_LE(taken, card.memory.non_volatile);
  EXPECT_EQ(card.free_memory().non_volatile, card.memory.non_volatile - taken);
}

void states_are_legal(const CardState& card) {
  for (const auto& application : card.applications) {
    const auto unlocked = application.life_cycle & 0x7F;
    const bool legal = unlocked == 0x03 || unlocked == 0x07 || (application.domain && unlocked == 0x0F);
    EXPECT_TRUE(legal) << application.aid.text() << " " << to_hex(application.life_cycle);
  }
}

void unique_privileges_are_held_once(const CardState& card) {
  for (const auto privilege : {Privilege::card_reset, Privilege::final_application}) {
    std::size_t holders = card.issuer_security_domain.privileges.has(privilege) ? 1 : 0;
    for (const auto& application : card.applications)
      holders += application.privileges.has(privilege) ? 1 : 0;
    EXPECT_EQ(holders, 1U);
  }
}

class ManagementProperty : public testing::TestWithParam<unsigned> {};

TEST_P(ManagementProperty, TheRegistryStaysSound) {
  Sequence sequence(GetParam());
  std::set<std::string> answers;
  for (int i = 0; i < 400; ++i) {
    const auto before = sequence.host().registry();
    const auto answer = sequence.step();
    answers.insert(answer);
    const auto& card = sequence.host().state();
    if (!answer.ends_with("9000")) {
      EXPECT_EQ(sequence.host().registry(), before) << answer;
    }
    no_aid_twice(card);
    no_orphan(card);
    memory_adds_up(card);
    states_are_legal(card);
    unique_privileges_are_held_once(card);
    if (HasFailure()) FAIL() << "after step " << i << ": " << answer << sequence.host().registry();
  }
  EXPECT_TRUE(answers.contains("009000") && answers.contains("6985") && answers.contains("6A88"));
}

INSTANTIATE_TEST_SUITE_P(Seeds, ManagementProperty, testing::Range(1U, 11U));

}  // namespace
}  // namespace gpsh::virtualcard
