// SPDX-License-Identifier: Apache-2.0
// What other host tools do to a card, on every profile that can be managed and at every level it has.
#include "tests/virtualcard/host_tool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace gpsh::virtualcard {
namespace {

using test::CapParts;
using test::HostTool;
using testing::Contains;
using testing::Key;
using testing::Not;
using testing::Pair;

constexpr std::string_view kPackage = "E0E1E2E3E401";
constexpr std::string_view kModule = "E0E1E2E3E40101";
constexpr std::string_view kInstance = "E0E1E2E3E4AA01";
constexpr std::string_view kDomain = "A000000151535099";

/// Not here: cards whose keys nobody knows, that are locked, or whose channel begins without being asked.
std::vector<std::string> manageable() {
  auto names = profile_names();
  std::erase_if(names, [](const auto& name) {
    return name == "jcop-not-fused" || name == "card-locked" || name == "generic-scp02-i1a";
  });
  return names;
}

class Management {
 public:
  Management(const Profile& profile, std::uint8_t level)
      : profile_(profile.name), level_(level), tool_(profile, level) {}

  void look();
  void list_install_lock_and_delete();
  void personalise();
  void change_the_keys();
  void make_a_security_domain_and_load_into_it();
  void lock_and_unlock_the_card();

 private:
  /// Other keys of the same kind, all different.
  [[nodiscard]] KeySet other_keys() const {
    auto keys = tool_.state().default_key_set();
    std::uint8_t first = 0x50;
    for (auto* key : {&keys.enc, &keys.mac, &keys.dek}) {
      std::ranges::fill(*key, first);
      first = static_cast<std::uint8_t>(first + 0x10);
    }
    return keys;
  }
  void expect_install(std::string_view domain = "") {
    EXPECT_EQ(tool_.load({.code_bytes = 300}, domain.empty() ? tool_.aid() : domain), "009000");
    EXPECT_EQ(tool_.install("0C", {kPackage, kModule, kInstance, "00", "C902A1B2", ""}), "009000");
    EXPECT_THAT(tool_.list("40"), Contains(Pair(std::string(kInstance), "07")));
    EXPECT_THAT(tool_.list("20"), Contains(Pair(std::string(kPackage), "01")));
    EXPECT_THAT(tool_.list("10"), Contains(Key(std::string(kPackage))));
  }
  void expect_delete() {
    EXPECT_EQ(tool_.command("80E40080", make_tlv(0x4F, hex(kPackage))), "009000");
    EXPECT_THAT(tool_.list("40"), Not(Contains(Key(std::string(kInstance)))));
    EXPECT_THAT(tool_.list("20"), Not(Contains(Key(std::string(kPackage)))));
  }
  std::string set_status(std::string_view p1_p2, std::string_view aid = "") {
    return aid.empty() ? tool_.send_wrapped("80F0" + std::string(p1_p2))
                       : tool_.command("80F0" + std::string(p1_p2), hex(aid));
  }

  std::string profile_;
  std::uint8_t level_;
  HostTool tool_;
};

// Before any session: what a tool prints of a card; an object is there, or refused as one that is not.
void Management::look() {
  EXPECT_EQ(tool_.select(), "9000");
  for (const std::string tag : {"9F7F", "0042", "0045", "00CF", "00C1", "0066", "0067", "00E0", "5F50"}) {
    const auto answer = tool_.send("80CA" + tag + "00");
    const auto begins = tag.starts_with("00") ? tag.substr(2) : tag;
    const bool there = answer.starts_with(begins) && answer.ends_with("9000");
    const bool refused = profile_ == "jcop-j2a040" && tag == "0066";
    EXPECT_TRUE(there || answer == (refused ? "6985" : "6A88")) << tag << " " << answer;
  }
  EXPECT_EQ(tool_.send("80F28002024F0000"), "6982");
}

void Management::list_install_lock_and_delete() {
  tool_.connect();
  EXPECT_THAT(tool_.list("80"), Contains(Key(tool_.aid())));
  expect_install();
  EXPECT_THAT(tool_.list("40", "5C054F9F70C5CC"), Contains(Pair(std::string(kInstance), "07")));
  EXPECT_EQ(set_status("4080", kInstance), "9000");
  EXPECT_THAT(tool_.list("40"), Contains(Pair(std::string(kInstance), "87")));
  EXPECT_EQ(set_status("4000", kInstance), "9000");
  expect_delete();
  EXPECT_EQ(tool_.command("80E40000", make_tlv(0x4F, hex(kPackage))), "6A88");
}

// Blocks of STORE DATA as case 4 commands, for an application; then the numbers of issuer and card.
void Management::personalise() {
  tool_.connect();
  expect_install();
  EXPECT_EQ(tool_.install("20", {"", "", kInstance, "", "", ""}), "009000");
  EXPECT_EQ(tool_.send_wrapped("80E20100021122"
                               "00"),
            "9000");
  EXPECT_EQ(tool_.send_wrapped("80E28101023344"
                               "00"),
            "9000");
  EXPECT_EQ(to_hex(tool_.state().stored_data), "11223344");
  EXPECT_EQ(tool_.send_wrapped("80E29000064504CAFEBABE"), "9000");
  EXPECT_EQ(tool_.send_wrapped("80CA004500"), "4504CAFEBABE9000");
  EXPECT_EQ(tool_.send_wrapped("80E2900005420312345600"), "9000");
  tool_.select();
  EXPECT_EQ(tool_.send("00CA004200"), "1234569000");
}

void Management::change_the_keys() {
  tool_.connect();
  const auto before = tool_.state().default_key_set().version;
  const bool factory = before == 0xFF;
  const std::string version = factory ? "01" : to_hex(before);
  const auto keys = other_keys();
  const auto answer = tool_.put_keys(factory ? "00" : version, version, keys);
  EXPECT_TRUE(answer.starts_with(version) && answer.ends_with("9000")) << answer;
  EXPECT_EQ(tool_.state().default_key_set().enc, keys.enc);
  tool_.connect();
  EXPECT_THAT(tool_.list("80"), Contains(Key(tool_.aid())));
  EXPECT_TRUE(tool_.put_keys("00", "7E", keys).ends_with("9000"));
  EXPECT_EQ(tool_.send_wrapped("80E4000003D2017E"), "009000");
  EXPECT_EQ(tool_.send_wrapped("80E4000003D2017E"), "6A88");
}

// Nobody says SET STATUS PERSONALIZED here: the domain knows when it has its keys.
void Management::make_a_security_domain_and_load_into_it() {
  tool_.connect();
  const auto issuer = tool_.aid();
  if (!tool_.list("10").contains("A0000000035350")) return;  // the card makes no domains
  EXPECT_EQ(tool_.install("0C", {"A0000000035350", "A000000003535041", kDomain, "80", "C90481020215", ""}),
            "009000");
  EXPECT_THAT(tool_.list("40"), Contains(Pair(std::string(kDomain), "07")));

  tool_.connect(kDomain);
  EXPECT_EQ(tool_.send_wrapped("80CA00E000"), "E0009000");
  const auto keys = other_keys();
  EXPECT_TRUE(tool_.put_keys("00", "01", keys).ends_with("9000"));
  tool_.use_keys(keys);
  tool_.connect(kDomain);
  EXPECT_TRUE(tool_.list("80").empty());
  EXPECT_EQ(tool_.status(), "6A86") << "the issuer's domain is not for it to see";
  EXPECT_TRUE(tool_.list("40").empty());
  EXPECT_EQ(tool_.status(), "6A88");

  tool_.use_keys(std::nullopt);
  tool_.connect();
  EXPECT_EQ(tool_.aid(), issuer);
  EXPECT_THAT(tool_.list("40"), Contains(Pair(std::string(kDomain), "0F")));
  expect_install(kDomain);
  EXPECT_EQ(tool_.command("80E40000", make_tlv(0x4F, hex(kDomain))), "6985") << "it still has something";
  expect_delete();
  EXPECT_EQ(tool_.command("80E40080", make_tlv(0x4F, hex(kDomain))), "009000");
}

void Management::lock_and_unlock_the_card() {
  tool_.connect();
  const auto state = tool_.list("80").at(tool_.aid());
  if (state == "01") {
    EXPECT_EQ(set_status("8007"), "9000");
  }
  if (state != "0F") {
    EXPECT_EQ(set_status("800F"), "9000");
  }
  EXPECT_EQ(set_status("807F"), "9000");
  EXPECT_EQ(tool_.select(), "6283");
  tool_.begin(level_);
  EXPECT_EQ(tool_.list("80").at(tool_.aid()), "7F");
  EXPECT_EQ(tool_.load({}, tool_.aid()), "6985");
  EXPECT_EQ(set_status("800F"), "9000");
  EXPECT_EQ(tool_.select(), "9000");
}

class HostToolOn : public testing::TestWithParam<std::string> {
 protected:
  static void at_every_level(void (Management::*duty)()) {
    auto profile = load_profile(GetParam());
    profile.tolerance = Tolerance::none();  // what is done here is to the letter
    for (const auto level : hex("00010310111333")) {
      if (!profile.default_options().level(level)) continue;
      SCOPED_TRACE("level " + to_hex(level));
      Management management(profile, level);
      (management.*duty)();
    }
  }
};

TEST_P(HostToolOn, Looks) {
  at_every_level(&Management::look);
}
TEST_P(HostToolOn, ListsInstallsLocksAndDeletes) {
  at_every_level(&Management::list_install_lock_and_delete);
}
TEST_P(HostToolOn, Personalises) {
  at_every_level(&Management::personalise);
}
TEST_P(HostToolOn, ChangesTheKeys) {
  at_every_level(&Management::change_the_keys);
}
TEST_P(HostToolOn, MakesASecurityDomainAndLoadsIntoIt) {
  at_every_level(&Management::make_a_security_domain_and_load_into_it);
}
TEST_P(HostToolOn, LocksAndUnlocksTheCard) {
  at_every_level(&Management::lock_and_unlock_the_card);
}

INSTANTIATE_TEST_SUITE_P(Every, HostToolOn, testing::ValuesIn(manageable()), [](const auto& one) {
  auto name = one.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace gpsh::virtualcard
