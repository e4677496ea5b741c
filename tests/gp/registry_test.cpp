// SPDX-License-Identifier: Apache-2.0
#include "gp/registry.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "tests/gp/session_fixture.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const GetStatusRequest kApplications{.element = 0x40};
const GetStatusRequest kOldApplications{.mode = CardMode::open_platform_201, .element = 0x40};
const GetStatusRequest kModules{.element = 0x10, .format = ListingFormat::aid_state};

// The issuer security domain of recording gp-01.
constexpr auto kIssuer = "E3264F08A0000001510000009F700101C5039EFE80C407A0000001515350CC08A000000151000000";

class GetStatusTest : public SessionTest {};

TEST_F(GetStatusTest, TagsOfATemplate) {
  card.expect("80F28002024F0000", std::string(kIssuer) + "9000");
  EXPECT_THAT(get_status(session, {}),
              ElementsAre(RegistryEntry{.aid = hex("A000000151000000"),
                                        .life_cycle = 0x01,
                                        .privileges = 0x9EFE80,
                                        .security_domain = hex("A000000151000000")}));
}

TEST_F(GetStatusTest, ContinuesWhileTheCardHasMore) {
  card.expect("80F24002024F0000", "E3084F06A000 6310")
      .expect("80F24003024F0000", "00000001 6310")
      .expect("80F24003024F0000", "E3084F06A00000000002 9000");
  EXPECT_THAT(get_status(session, kApplications), ElementsAre(RegistryEntry{.aid = hex("A00000000001")},
                                                              RegistryEntry{.aid = hex("A00000000002")}));
}

TEST_F(GetStatusTest, AnEndlessListingIsStopped) {
  card.expect("80F24002024F0000", "6310");
  for (int page = 1; page < 4096; ++page) card.expect("80F24003024F0000", "6310");
  EXPECT_EQ(thrown_error([&] { return get_status(session, kApplications); }).code, "bad-response");
}

TEST_F(GetStatusTest, NothingFoundIsAnEmptyList) {
  card.expect("80F24002024F0000", "6A88");
  EXPECT_THAT(get_status(session, kApplications), IsEmpty());
  ASSERT_NE(remark("empty-listing"), nullptr);
  EXPECT_EQ(remark("empty-listing")->severity, Severity::note);
}

TEST_F(GetStatusTest, NothingMoreFoundEndsTheList) {
  card.expect("80F24002024F0000", "E3084F06A00000000001 6310").expect("80F24003024F0000", "6A88");
  EXPECT_THAT(get_status(session, kApplications), SizeIs(1));
  EXPECT_EQ(remark("empty-listing"), nullptr);
}

TEST_F(GetStatusTest, AnyOtherStatusIsAnError) {
  card.expect("80F24002024F0000", "6982");
  EXPECT_EQ(thrown_error([&] { return get_status(session, kApplications); }).code, "card-status");
}

TEST_F(GetStatusTest, OpenPlatformKnowsTheOldFormatOnly) {
  card.expect("80F24000024F0000", "05A000000001 07 84 6310")
      .expect("80F24001024F0000", "05A000000002 03 00 9000");
  EXPECT_THAT(get_status(session, kOldApplications),
              ElementsAre(RegistryEntry{.aid = hex("A000000001"), .life_cycle = 0x07, .privileges = 0x840000},
                          RegistryEntry{.aid = hex("A000000002"), .life_cycle = 0x03, .privileges = 0}));
}

TEST(Registry, LoadFileWithModules) {
  const auto entries = parse_registry(
      hex("E31F 4F05A000000001 9F700101 CE020100 8406A00000000101 8406A00000000102"), {.element = 0x10});
  EXPECT_THAT(entries, ElementsAre(RegistryEntry{.aid = hex("A000000001"),
                                                 .life_cycle = 0x01,
                                                 .version = hex("0100"),
                                                 .modules = {hex("A00000000101"), hex("A00000000102")}}));
}

TEST(Registry, OldFormatWithModules) {
  const auto entries = parse_registry(
      hex("05A000000001 01 00 02 06A00000000101 06A00000000102  05A000000002 01 00 00"), kModules);
  ASSERT_THAT(entries, SizeIs(2));
  EXPECT_THAT(entries.at(0).modules, ElementsAre(hex("A00000000101"), hex("A00000000102")));
  EXPECT_THAT(entries.at(1).modules, IsEmpty());
}

TEST(Registry, OnePrivilegeByteIsTheFirstOfThree) {
  EXPECT_EQ(parse_registry(hex("E303 C5019E"), kApplications).at(0).privileges, 0x9E0000U);
  EXPECT_EQ(parse_registry(hex("E305 C503000102"), kApplications).at(0).privileges, 0x000102U);
  for (const auto* data : {"E302C500", "E304C5020102", "E306C50401020304"}) {
    EXPECT_EQ(thrown_error([&] { return parse_registry(hex(data), kApplications); }).code, "bad-response")
        << data;
  }
}

TEST(Registry, ManyPrivilegeBytesAreRefused) {
  const auto answer = concat({hex("E38201 02 C581FF"), Bytes(255, 0xFF)});
  const auto error = thrown_error([&] { return parse_registry(answer, kApplications); });
  EXPECT_EQ(error.code, "bad-response");
  EXPECT_EQ(error.kind, ErrorKind::card);
}

TEST(Registry, WhatTheCardLeftOutIsAbsent) {
  const auto entries = parse_registry(hex("E300"), kApplications);
  EXPECT_THAT(entries, ElementsAre(RegistryEntry{}));
  EXPECT_FALSE(entries.front().privileges);
  EXPECT_FALSE(entries.front().version);
}

TEST(Registry, UnknownTagsAreSkipped) {
  EXPECT_THAT(parse_registry(hex("E4024F00 E307 DF2001AA 4F01A0"), kApplications),
              ElementsAre(RegistryEntry{.aid = hex("A0")}));
}

TEST_F(GetStatusTest, ACardThatRefusesTagsIsToldWithTheOldFormat) {
  card.expect("80F24002024F0000", "6A86");
  const auto error = thrown_error([&] { return get_status(session, kApplications); });
  EXPECT_EQ(error.message, "GET STATUS was refused: 6A86, incorrect parameters P1, P2");
  EXPECT_EQ(
      error.advice,
      "an older card may know no listings with tags: try get_status -format 0; or the selected domain may "
      "not list this element");
}

TEST(Registry, AnAnswerInTheOldFormatIsToldWithIt) {
  constexpr auto kAdvice =
      "it does not begin with tag E3: an older card may know no tags, try get_status -format 0";
  const auto old = thrown_error([] { return parse_registry(hex("05A000000001 07 84"), kApplications); });
  EXPECT_EQ(old.code, "bad-response");
  EXPECT_EQ(old.advice, kAdvice);
  const auto other = thrown_error([] { return parse_registry(hex("0501020304 05"), kApplications); });
  EXPECT_EQ(other.advice, kAdvice);
  const auto tags = thrown_error([] { return parse_registry(hex("0703010203"), kApplications); });
  EXPECT_EQ(tags.advice, kAdvice);
  EXPECT_EQ(thrown_error([] { return parse_registry(hex("0702A0AA"), kApplications); }).message,
            "the answer to GET STATUS cannot be read: there is no tag E3");
  EXPECT_EQ(thrown_error([] { return parse_registry(hex("E303C500"), kApplications); }).advice, "");
  EXPECT_EQ(thrown_error([] { return parse_registry(hex("05A0"), kModules); }).advice, "");
  EXPECT_THAT(parse_registry({}, kApplications), IsEmpty());
}

TEST(Registry, TruncatedDataIsRefused) {
  const auto whole = hex(kIssuer);
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto part = ByteView(whole).first(size);
    EXPECT_EQ(thrown_error([&] { return parse_registry(part, kApplications); }).code, "bad-response") << size;
  }
  const auto old = hex("05A0000000010100020600000000010106A00000000102");
  for (std::size_t size = 1; size < old.size(); ++size) {
    const auto part = ByteView(old).first(size);
    EXPECT_EQ(thrown_error([&] { return parse_registry(part, kModules); }).code, "bad-response") << size;
  }
  EXPECT_EQ(thrown_error([] { return parse_registry(hex("E3039F7000"), kApplications); }).code,
            "bad-response");
}

TEST(Registry, LifeCycleKindByElement) {
  EXPECT_EQ(life_cycle_kind({}, 0x80), LifeCycleKind::card);
  EXPECT_EQ(life_cycle_kind({}, 0x40), LifeCycleKind::application);
  EXPECT_EQ(life_cycle_kind({}, 0x20), LifeCycleKind::load_file);
  EXPECT_EQ(life_cycle_kind({}, 0x10), LifeCycleKind::load_file);
}

TEST(Registry, LifeCycleKindByEntryWhereTheElementMixes) {
  EXPECT_EQ(life_cycle_kind({.life_cycle = 0x01, .privileges = 0x9EFE80}, 0xE0), LifeCycleKind::card);
  EXPECT_EQ(life_cycle_kind({.life_cycle = 0x01, .privileges = 0}, 0xE0), LifeCycleKind::load_file);
  EXPECT_EQ(life_cycle_kind({.life_cycle = 0x07, .privileges = 0x800000}, 0xE0), LifeCycleKind::application);
}

}  // namespace
}  // namespace gpsh::gp
