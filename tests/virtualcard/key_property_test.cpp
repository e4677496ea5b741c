// SPDX-License-Identifier: Apache-2.0
// Whatever sequence of PUT KEY and DELETE comes, the issuer's keys stay sound and the card can be entered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>
#include <utility>

#include "tests/virtualcard/key_host.h"
#include "virtualcard/card_json.h"
#include "virtualcard/domain_keys.h"

namespace gpsh::virtualcard {
namespace {

using test::KeyHost;

constexpr std::array<std::string_view, 4> kVersions{"01", "02", "30", "73"};
constexpr std::array<std::string_view, 4> kIdentifiers{"01", "02", "03", "04"};

class KeySequence {
 public:
  KeySequence(std::string_view profile, unsigned seed) : random_(seed), host_(profile) {
    const bool aes = host_.options().protocol == Protocol::scp03;
    type_ = aes ? kAesKey : kDesKey;
  }

  /// Opens a session with the default key set, then one command.
  std::string step() {
    host_.begin(below(2) == 0 ? 0x01 : 0x03);
    before_ = state();
    const std::string replaced = below(3) == 0 ? std::string(one_of(kVersions)) : "00";
    const std::string version(one_of(kVersions));
    switch (below(4)) {
      case 0: return host_.put_key(replaced + std::string(one_of(kIdentifiers)), version + field());
      case 1: return host_.put_key(replaced + "81", version + field() + field() + field());
      case 2: return host_.send_wrapped("80E4000003D201" + version);
      default: {
        const auto identifier = std::string(one_of(kIdentifiers));
        return host_.send_wrapped("80E4000006D001" + identifier + "D201" + version);
      }
    }
  }
  [[nodiscard]] const CardState& card() const { return host_.state(); }
  /// As the state file has it.
  [[nodiscard]] nlohmann::json state() const { return with_card_state({}, host_.state()); }
  /// When the last command came.
  [[nodiscard]] const nlohmann::json& before() const { return before_; }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }
  template <std::size_t n>
  std::string_view one_of(const std::array<std::string_view, n>& choices) {
    return choices.at(below(n));
  }
  std::string field() {
    std::string key;
    while (key.size() < 32) key += to_hex(static_cast<std::uint8_t>(random_() >> 8));
    return host_.field(type_, key);
  }

  std::minstd_rand random_;
  KeyHost host_;
  std::uint8_t type_ = kDesKey;
  nlohmann::json before_;
};

void expect_sound_keys(const CardState& card, const Profile& profile) {
  const auto& domain = card.issuer_security_domain.domain;
  EXPECT_FALSE(domain.key_sets.empty());
  std::set<std::pair<int, int>> names;
  for (const auto& key : all_keys(domain, profile)) {
    EXPECT_TRUE(names.emplace(key.version, key.identifier).second)
        << to_hex(key.version) << to_hex(key.identifier);
  }
  for (const auto& set : domain.key_sets) {
    EXPECT_TRUE(set.version <= 0x6F || set.version == kFactoryKeyVersion) << to_hex(set.version);
    EXPECT_TRUE(set.enc.size() == set.mac.size() && set.enc.size() == set.dek.size());
  }
}

class KeyProperty : public testing::TestWithParam<const char*> {};

TEST_P(KeyProperty, TheKeysStaySound) {
  const auto profile = load_profile(GetParam());
  std::set<std::string> endings;
  for (unsigned seed = 1; seed <= 5; ++seed) {
    KeySequence sequence(GetParam(), seed);
    for (int i = 0; i < 60; ++i) {
      const auto answer = sequence.step();
      endings.insert(answer.substr(answer.size() - 4));
      if (!answer.ends_with("9000")) {
        EXPECT_EQ(sequence.state(), sequence.before()) << answer;
      }
      expect_sound_keys(sequence.card(), profile);
      if (HasFailure()) FAIL() << "seed " << seed << " after step " << i << ": " << answer;
    }
  }
  EXPECT_THAT(endings, testing::IsSupersetOf({"9000", "6985", "6A80", "6A88"}));
}

INSTANTIATE_TEST_SUITE_P(Protocols, KeyProperty,
                         testing::Values("generic-scp01", "generic-scp02", "jcop-j2a040", "scp03-i70"),
                         [](const auto& one) {
                           std::string name = one.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace gpsh::virtualcard
