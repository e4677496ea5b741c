// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/set_status.h"

#include <gtest/gtest.h>

#include "tests/virtualcard/content_host.h"

namespace gpsh::virtualcard {
namespace {

using test::aid;
using test::ContentHost;

constexpr std::string_view kApplet = "D0D1D2D3D4D50101";
constexpr std::string_view kDomain = "A000000151535041";

ContentHost in_state(CardLifeCycle state) {
  auto profile = load_profile("generic-scp02");
  profile.card.issuer_security_domain.life_cycle = state;
  return ContentHost(std::move(profile));
}

TEST(SetStatus, NeedsASession) {
  EXPECT_EQ(test::CardHost("generic-scp02").send("80F0807F00"), "6982");
}

// GPCS 2.3.1 Figure 5-1, every pair of states.
TEST(SetStatus, TheCardsTransitions) {
  using enum CardLifeCycle;
  const std::vector<CardLifeCycle> states{op_ready, initialized, secured, locked, terminated};
  const std::vector<std::pair<CardLifeCycle, CardLifeCycle>> legal{
      {op_ready, initialized}, {initialized, secured},    {secured, locked},     {locked, secured},
      {op_ready, terminated},  {initialized, terminated}, {secured, terminated}, {locked, terminated}};
  for (const auto from : states) {
    if (from == terminated) continue;  // such a card opens no session
    for (const auto to : states) {
      auto host = in_state(from);
      const bool allowed = std::ranges::find(legal, std::pair(from, to)) != legal.end();
      const auto coded = to_hex(static_cast<std::uint8_t>(to));
      EXPECT_EQ(host.set_status("80" + coded), allowed ? "9000" : "6985")
          << to_hex(static_cast<std::uint8_t>(from)) << " to " << coded;
      EXPECT_EQ(host.state().issuer_security_domain.life_cycle, allowed ? to : from);
    }
  }
}

TEST(SetStatus, LockedAndUnlocked) {
  ContentHost host;
  EXPECT_EQ(host.set_status("807F"), "9000");
  EXPECT_TRUE(host.send("00A4040000").ends_with("6283"));
  EXPECT_EQ(host.send("00A4040008D0D1D2D3D4D50101"), "6A81");
  host.open(0x01);
  EXPECT_EQ(host.send_wrapped("80F0800F00"), "9000");
  EXPECT_TRUE(host.send("00A4040000").ends_with("9000"));
}

TEST(SetStatus, Terminated) {
  ContentHost host;
  EXPECT_EQ(host.set_status("80FF"), "9000");
  EXPECT_EQ(host.send("80F28002024F0000"), "6985") << "the session helps no more";
  host.card().reset();
  EXPECT_EQ(host.send("00A4040000"), "6985");
  EXPECT_EQ(host.initialize_update(), "6985");
  EXPECT_TRUE(host.send("80CA00C100").ends_with("9000")) << "GET DATA alone";
}

TEST(SetStatus, StatesThatThereAreNot) {
  ContentHost host;
  EXPECT_EQ(host.set_status("8003"), "6A80");
  EXPECT_EQ(host.set_status("0007", kApplet), "6A86");
  EXPECT_EQ(host.set_status("2080", kApplet), "6A86");
  EXPECT_EQ(host.set_status("C080", kApplet), "6A86");
  EXPECT_EQ(host.set_status("4080"), "6A80") << "no AID";
  EXPECT_EQ(host.set_status("4080", "D0D1D2D3D4D50199"), "6A88");
  EXPECT_EQ(host.set_status("4080", "D0D1D2D3D4D501"), "6A88") << "a load file";
  EXPECT_EQ(host.set_status("4080", "A000000003000000"), "6985") << "the issuer's domain";
  EXPECT_EQ(host.set_status("6080", kApplet), "6A88") << "no security domain";
}

TEST(SetStatus, AnApplicationIsLockedAndComesBackAsItWas) {
  auto profile = load_profile("generic-scp02");
  profile.card.applications.front().life_cycle = 0x1F;  // a state of its own
  ContentHost host(std::move(profile));
  EXPECT_EQ(host.set_status("4000", kApplet), "6985") << "not locked";
  EXPECT_EQ(host.set_status("4080", kApplet), "9000");
  EXPECT_EQ(host.state().find_application(aid(kApplet))->life_cycle, 0x9F);
  EXPECT_EQ(host.set_status("40FF", kApplet), "6985") << "locked already";
  EXPECT_EQ(host.send("00A4040008D0D1D2D3D4D50101"), "6A82");
  EXPECT_EQ(host.set_status("4007", kApplet), "9000") << "bit 80 alone counts";
  EXPECT_EQ(host.state().find_application(aid(kApplet))->life_cycle, 0x1F);
  EXPECT_TRUE(host.send("00A4040008D0D1D2D3D4D50101").ends_with("9000"));
}

TEST(SetStatus, ALockedApplicationLosesItsSessionWhenSelectedAgain) {
  ContentHost host;
  EXPECT_EQ(host.send("0070000001"), "019000");
  EXPECT_TRUE(host.send("01A4040008D0D1D2D3D4D50101").ends_with("9000"));
  EXPECT_EQ(host.set_status("4080", kApplet), "9000");
  EXPECT_EQ(host.send("01A4040008D0D1D2D3D4D50101"), "6A82");
  EXPECT_TRUE(host.send("81CA00C100").ends_with("9000")) << "the issuer's domain is selected instead";
}

TEST(SetStatus, ADomainLocksWhatIsItsOwn) {
  ContentHost host(test::profile_with_domain("808000"));
  EXPECT_EQ(host.load(), "009000");
  EXPECT_EQ(host.make_application("E0E1E2E3E4AA01"), "009000");
  host.enter_domain();
  EXPECT_EQ(host.set_status("4080", "E0E1E2E3E4AA01"), "6985") << "the issuer's";
  EXPECT_EQ(host.set_status("4080", kApplet), "9000");
  EXPECT_EQ(host.set_status("807F"), "6985") << "no Card Lock privilege";
  EXPECT_EQ(host.set_status("80FF"), "6985") << "no Card Terminate privilege";
}

TEST(SetStatus, GlobalLockAndCardLockPrivileges) {
  ContentHost host(test::profile_with_domain("988800"));  // with Card Lock, Card Terminate, Global Lock
  EXPECT_EQ(host.load(), "009000");
  EXPECT_EQ(host.make_application("E0E1E2E3E4AA01"), "009000");
  host.enter_domain();
  EXPECT_EQ(host.set_status("4080", "E0E1E2E3E4AA01"), "9000");
  EXPECT_EQ(host.set_status("807F"), "9000");
  EXPECT_EQ(host.set_status("800F"), "6985") << "it is not the final application";
}

TEST(SetStatus, ADomainsOwnState) {
  auto profile = test::profile_with_domain();
  profile.card.applications.front().life_cycle = 0x07;
  ContentHost host(std::move(profile));
  host.enter_domain();
  EXPECT_EQ(host.set_status("4003", kDomain), "6A80");
  EXPECT_EQ(host.set_status("400F", kDomain), "9000");
  EXPECT_EQ(host.set_status("400F", kDomain), "6985") << "it is already";
  EXPECT_EQ(host.set_status("4080", kDomain), "9000");
  EXPECT_EQ(host.send("80F24002024F0000"), "6985") << "a locked domain rejects everything";
  EXPECT_EQ(host.send(test::kSelectDomain), "6A82");
}

TEST(SetStatus, ADomainWithAllThatBelongsToIt) {
  ContentHost host(test::profile_with_domain());
  EXPECT_EQ(host.set_status("4080", kApplet), "9000");
  EXPECT_EQ(host.set_status("6080", kDomain), "9000") << "what is locked already is no error";
  EXPECT_EQ(host.state().find_application(aid(kApplet))->life_cycle, 0x87);
  EXPECT_EQ(host.state().find_application(aid(kDomain))->life_cycle, 0x8F);
  EXPECT_EQ(host.set_status("6000", kDomain), "9000");
  EXPECT_EQ(host.state().find_application(aid(kApplet))->life_cycle, 0x07);
  EXPECT_EQ(host.state().find_application(aid(kDomain))->life_cycle, 0x0F);
}

}  // namespace
}  // namespace gpsh::virtualcard
