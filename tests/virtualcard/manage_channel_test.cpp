// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/manage_channel.h"

#include <gtest/gtest.h>

#include "tests/virtualcard/card_host.h"
#include "tests/virtualcard/domain_profile.h"

namespace gpsh::virtualcard {
namespace {

using test::CardHost;

TEST(ManageChannel, OpensAndClosesInTurn) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send("0070000001"), "019000");
  EXPECT_EQ(host.send("0070000001"), "029000");
  EXPECT_EQ(host.send("0070000001"), "039000");
  EXPECT_EQ(host.send("0070000001"), "6A81") << "no more";
  EXPECT_EQ(host.send("00708002"), "9000");
  EXPECT_EQ(host.send("00708002"), "6200") << "closed already";
  EXPECT_EQ(host.send("02CA006600"), "6881") << "not open";
  EXPECT_EQ(host.send("0070000001"), "029000") << "the first that is closed";
}

TEST(ManageChannel, TheNumberMayBeGiven) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send("0070000301"), "039000");
  EXPECT_EQ(host.send("0070000301"), "6A81") << "open already";
  EXPECT_EQ(host.send("0070000401"), "6A86");
  EXPECT_EQ(host.send("00708000"), "6A86") << "the basic channel stays open";
  EXPECT_EQ(host.send("00704000"), "6A86");
  EXPECT_EQ(host.send("00700000015A01"), "6700");
  EXPECT_EQ(host.send("0470000001"), "6882");
}

TEST(ManageChannel, ACardWithTheBasicChannelOnly) {
  CardHost host("jcop-j2a040");
  EXPECT_EQ(host.send("0070000001"), "6881");
  EXPECT_EQ(host.send("00708001"), "6881");
  EXPECT_EQ(host.send("01A4040000"), "6881");
}

TEST(ManageChannel, EachChannelHasASelectedApplicationOfItsOwn) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send("0070000001"), "019000");
  EXPECT_EQ(host.send("01A4040008D0D1D2D3D4D50101"), "6F0A8408D0D1D2D3D4D501019000");
  EXPECT_EQ(host.send("01B0000000"), "6D00") << "the applet";
  EXPECT_TRUE(host.send("80CA00C100").ends_with("9000")) << "the domain";
  EXPECT_EQ(host.send("0170000001"), "029000");
  EXPECT_EQ(host.send("02B0000000"), "6D00") << "opened from where the applet is";
  EXPECT_EQ(host.send("82CA00C100"), "6E00");
  host.card().reset();
  EXPECT_EQ(host.send("81CA00C100"), "6881") << "a reset closes them";
}

TEST(ManageChannel, EachChannelHasASecureChannelOfItsOwn) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send("0070000001"), "019000");
  host.open(0x00);
  EXPECT_TRUE(host.send("80F28002024F0000").ends_with("9000"));
  EXPECT_EQ(host.send("81F28002024F0000"), "6982");
}

// GPCS 2.3.1 E.4.4: the logical channel is not in the MAC.
TEST(ManageChannel, TheMacIsTheSameOnEveryChannel) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send("0070000001"), "019000");
  host.use_channel(1);
  host.open(0x01);
  const auto command = host.wrap("80F28002024F0000");
  EXPECT_EQ(command.at(0), 0x85);
  EXPECT_TRUE(host.send_bytes(command).ends_with("9000"));
}

TEST(ManageChannel, ALockedCardOpensNone) {
  auto profile = load_profile("generic-scp02");
  profile.card.issuer_security_domain.life_cycle = CardLifeCycle::locked;
  CardHost host(std::move(profile));
  EXPECT_EQ(host.send("0070000001"), "6A81");
}

TEST(ManageChannel, ImplicitSelection) {
  auto profile = load_profile("generic-scp02");
  profile.card.applications.front().implicit_selection = {0x42};  // contact, channel 2
  CardHost host(std::move(profile));
  EXPECT_EQ(host.send("00B0000000"), "6D00");
  EXPECT_TRUE(host.send("80CA00C100").ends_with("9000")) << "the domain on the basic channel";
  EXPECT_EQ(host.send("0070000201"), "029000");
  EXPECT_EQ(host.send("82CA00C100"), "6E00") << "the applet on channel 2";
}

TEST(ManageChannel, TheCardResetPrivilegeSelectsOnTheBasicChannel) {
  auto profile = load_profile("generic-scp02");
  auto& applet = profile.card.applications.front();
  applet.privileges = Privileges().with(Privilege::card_reset);
  EXPECT_EQ(CardHost(profile).send("80CA00C100"), "6E00");
  applet.life_cycle = 0x87;
  EXPECT_TRUE(CardHost(profile).send("80CA00C100").ends_with("9000")) << "locked";
}

}  // namespace
}  // namespace gpsh::virtualcard
