// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/get_status.h"

#include <gtest/gtest.h>

#include "tests/virtualcard/card_host.h"
#include "tests/virtualcard/channel_host.h"
#include "tests/virtualcard/domain_profile.h"

namespace gpsh::virtualcard {
namespace {

using test::CardHost;

const std::string kDomain =
    "E3264F08A0000000030000009F70010FC5039EFE80C407A0000000035350CC08A000000003000000";
const std::string kApplet =
    "E3264F08D0D1D2D3D4D501019F700107C503000000C407D0D1D2D3D4D501CC08A000000003000000";
const std::string kJcopFile = "E31B4F07A00000000353509F700101CE020100CC08A000000003000000";
const std::string kOwnFile = "E31B4F07D0D1D2D3D4D5019F700101CE020100CC08A000000003000000";
const std::string kJcopFileAndModule =
    "E3254F07A00000000353509F700101CE020100CC08A0000000030000008408A000000003535041";
const std::string kOwnFileAndModule =
    "E3254F07D0D1D2D3D4D5019F700101CE020100CC08A0000000030000008408D0D1D2D3D4D50101";

/// A card with an open session at level 00, so that commands stay readable.
CardHost opened(Profile profile) {
  CardHost host(std::move(profile));
  host.open(0x00);
  return host;
}
CardHost opened() {
  return opened(load_profile("generic-scp02"));
}

TEST(GetStatus, NeedsASession) {
  EXPECT_EQ(CardHost("generic-scp02").send("80F28002024F0000"), "6982");
}

TEST(GetStatus, EveryElement) {
  auto host = opened();
  EXPECT_EQ(host.send("80F28002024F0000"), kDomain + "9000");
  EXPECT_EQ(host.send("80F24002024F0000"), kApplet + "9000");
  EXPECT_EQ(host.send("80F22002024F0000"), kJcopFile + kOwnFile + "9000");
  EXPECT_EQ(host.send("80F21002024F0000"), kJcopFileAndModule + kOwnFileAndModule + "9000");
}

TEST(GetStatus, CombinedElements) {
  auto host = opened();
  EXPECT_EQ(host.send("80F2E002024F0000"), kDomain + kApplet + kJcopFile + kOwnFile + "9000");
  EXPECT_EQ(host.send("80F23002024F0000"), kJcopFileAndModule + kOwnFileAndModule + "9000");
}

// GP 2.1.1 Table 9-23: one byte of privileges, no load file, version or domain. The load file's entry is the
// one recording vec-kaoh-scp02-get-status-mac-only begins with.
TEST(GetStatus, TheOlderSpecificationHasFewerFields) {
  auto host = opened(load_profile("jcop-j2a040"));
  EXPECT_EQ(host.send("80F22002024F0000"),
            "E30D4F07A00000000353509F700101"
            "E30D4F07D0D1D2D3D4D5019F700101"
            "9000");
  EXPECT_EQ(host.send("80F24002024F0000"), "E3114F08D0D1D2D3D4D501019F700107C501009000");
}

// GP 2.1.1 Tables 9-22 and 9-24.
TEST(GetStatus, TheFixedFormat) {
  auto host = opened();
  EXPECT_EQ(host.send("80F28000024F0000"), "08A0000000030000000F9E9000");
  EXPECT_EQ(host.send("80F24000024F0000"), "08D0D1D2D3D4D5010107009000");
  EXPECT_EQ(host.send("80F22000024F0000"),
            "07A00000000353500100"
            "07D0D1D2D3D4D5010100"
            "9000");
  EXPECT_EQ(host.send("80F21000024F0000"),
            "07A00000000353500100"
            "0108A000000003535041"
            "07D0D1D2D3D4D5010100"
            "0108D0D1D2D3D4D501019000");
}

TEST(GetStatus, TheSearchCriterion) {
  auto host = opened();
  EXPECT_EQ(host.send("80F22002074F05D0D1D2D3D400"), kOwnFile + "9000") << "same RID";
  EXPECT_EQ(host.send("80F22002094F07D0D1D2D3D4D50100"), kOwnFile + "9000");
  EXPECT_EQ(host.send("80F220020A4F08D0D1D2D3D4D5010100"), "6A88") << "longer than the AID";
  EXPECT_EQ(host.send("80F24002034F01A000"), "6A88");
  EXPECT_EQ(host.send("80F28002074F05D0D1D2D3D400"), kDomain + "9000") << "not for the domain alone";
  EXPECT_EQ(host.send("80F2E002074F05D0D1D2D3D400"), kApplet + kOwnFile + "9000");
}

TEST(GetStatus, TheTagListChoosesFields) {
  auto host = opened();
  EXPECT_EQ(host.send("80F24002074F005C034F9F7000"), "E30E4F08D0D1D2D3D4D501019F7001079000");
  EXPECT_EQ(host.send("80F24002064F005C02C5CC00"), "E30FC503000000CC08A0000000030000009000");
  EXPECT_EQ(host.send("80F24002069F7001074F00"), "6A80") << "4F comes first";
  EXPECT_EQ(host.send("80F24002064F009F70010700"), kApplet + "9000") << "other criteria are ignored";
}

TEST(GetStatus, UnreadableData) {
  auto host = opened();
  EXPECT_EQ(host.send("80F2400200"), "6A80");
  EXPECT_EQ(host.send("80F24002024F0500"), "6A80");
  EXPECT_EQ(host.send("80F24002014F00"), "6A80");
  EXPECT_EQ(host.send("80F24002045F4F01A000"), "6A80") << "another tag";
  EXPECT_EQ(host.send("80F24002134F11000102030405060708090A0B0C0D0E0F1000"), "6A80") << "no AID is that long";
  EXPECT_EQ(host.send("80F24002054F005C019F00"), "6A80") << "half a tag";
}

TEST(GetStatus, Parameters) {
  auto host = opened();
  EXPECT_EQ(host.send("80F20002024F0000"), "6A86");
  EXPECT_EQ(host.send("80F28102024F0000"), "6A86");
  EXPECT_EQ(host.send("80F24004024F0000"), "6A86");
  EXPECT_EQ(host.send("80F24082024F0000"), "6A86");
  EXPECT_EQ(host.send("00F24002024F0000"), "6E00");
}

TEST(GetStatus, ContinuesWithWholeEntries) {
  auto profile = load_profile("generic-scp02");
  profile.response_limit = 70;
  auto host = opened(std::move(profile));
  EXPECT_EQ(host.send("80F2E002024F0000"), kDomain + "6310");
  EXPECT_EQ(host.send("80F2E003024F0000"), kApplet + kJcopFile + "6310");
  EXPECT_EQ(host.send("80F2E003024F0000"), kOwnFile + "9000");
  EXPECT_EQ(host.send("80F2E003024F0000"), "6A88") << "nothing is left";
}

TEST(GetStatus, AnEntryThatDoesNotFitIsCut) {
  auto profile = load_profile("generic-scp02");
  profile.response_limit = 30;
  auto host = opened(std::move(profile));
  EXPECT_EQ(host.send("80F24002024F0000"), kApplet.substr(0, 60) + "6310");
  EXPECT_EQ(host.send("80F24003024F0000"), kApplet.substr(60) + "9000");
}

TEST(GetStatus, NextNeedsTheSameFirst) {
  auto profile = load_profile("generic-scp02");
  profile.response_limit = 30;
  auto host = opened(std::move(profile));
  EXPECT_EQ(host.send("80F22003024F0000"), "6985");
  EXPECT_EQ(host.send("80F22002024F0000"), kJcopFile + "6310");
  EXPECT_EQ(host.send("80F21003024F0000"), "6985") << "other elements";
  EXPECT_EQ(host.send("80F22001024F0000"), "6985") << "other format";
  EXPECT_EQ(host.send("80F22003034F01D000"), "6985") << "other criterion";
  EXPECT_EQ(host.send("80F28003024F0000"), "6A86") << "the domain has no next";
  EXPECT_EQ(host.send("80F22003024F0000"), kOwnFile + "9000");
}

TEST(GetStatus, SelectForgetsTheFirst) {
  auto profile = load_profile("generic-scp02");
  profile.response_limit = 30;
  auto host = opened(std::move(profile));
  EXPECT_EQ(host.send("80F22002024F0000"), kJcopFile + "6310");
  EXPECT_TRUE(host.send("00A4040000").ends_with("9000"));
  host.open(0x00);
  EXPECT_EQ(host.send("80F22003024F0000"), "6985");
}

TEST(GetStatus, EveryProfileAnswersEveryElement) {
  for (const auto& name : profile_names()) {
    test::ChannelHost host(load_profile(name));
    if (load_profile(name).default_options().explicit_initiation()) {
      ASSERT_EQ(host.open(0x00), "9000") << name;
    } else {
      host.start_implicitly();
      ASSERT_TRUE(host.send_wrapped("80CA00C100").ends_with("9000")) << name;
    }
    for (const auto element : {"80", "40", "20", "10"}) {
      for (const auto format : {"00", "02"}) {
        const auto answer = host.send("80F2" + std::string(element) + format + "024F0000");
        const bool nothing = element == std::string("40") && host.state().applications.empty();
        EXPECT_TRUE(nothing ? answer == "6A88" : answer.ends_with("9000") && answer.size() > 4)
            << name << " " << element << " " << answer;
      }
    }
  }
}

/// A card with the supplementary domain selected, and its session open.
CardHost opened_domain(std::string_view privileges) {
  CardHost host(test::profile_with_domain(privileges));
  host.send(test::kSelectDomain);
  host.use_keys(test::domain_keys(host.state()));
  host.open(0x00);
  return host;
}

const std::string kSupplementary =
    "E3264F08A0000001515350419F70010FC503808000C407A0000000035350CC08A000000003000000";
const std::string kItsApplet =
    "E3264F08D0D1D2D3D4D501019F700107C503000000C407D0D1D2D3D4D501CC08A000000151535041";

TEST(GetStatus, TheIssuerSeesAllWithTheDomainTheyBelongTo) {
  auto host = opened(test::profile_with_domain());
  EXPECT_EQ(host.send("80F24002024F0000"), kSupplementary + kItsApplet + "9000");
}

TEST(GetStatus, ASupplementaryDomainSeesWhatIsAssociatedWithIt) {
  auto host = opened_domain("808000");
  EXPECT_EQ(host.send("80F24002024F0000"), kItsApplet + "9000");
  EXPECT_EQ(host.send("80F22002024F0000"), "6A88") << "the load files are the issuer's";
  EXPECT_EQ(host.send("80F28002024F0000"), "6A86") << "the issuer's domain is not for it";
}

TEST(GetStatus, TheGlobalRegistryPrivilegeSeesAll) {
  auto host = opened_domain("808400");
  EXPECT_EQ(host.send("80F28002024F0000"), kDomain + "9000");
  EXPECT_EQ(host.send("80F22002024F0000"), kJcopFile + kOwnFile + "9000");
  EXPECT_TRUE(host.send("80F24002024F0000").ends_with(kItsApplet + "9000"));
}

TEST(GetStatus, ImplicitSelectionParameters) {
  auto profile = load_profile("generic-scp02");
  profile.card.applications.front().implicit_selection = {0x42, 0x83};
  auto host = opened(std::move(profile));
  EXPECT_EQ(host.send("80F24002054F005C01CF00"), "E306CF0142CF01839000");
}

}  // namespace
}  // namespace gpsh::virtualcard
