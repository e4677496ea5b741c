// SPDX-License-Identifier: Apache-2.0
#include "gp/protocol_choice.h"

#include <gmock/gmock.h>

#include "gp/expect_ok.h"

namespace gpsh::gp {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

ScpOption option(std::uint8_t scp, std::uint8_t i) {
  return {.scp = scp, .i = {i}};
}

Error refused() {
  return refusal(StatusWord(0x6985), "GET DATA", {.cla = 0x80, .ins = 0xCA, .p2 = 0x66, .le = 256});
}

TEST(ProtocolChoice, OptionThenFciThenCardDataThenTheUsualOne) {
  Detection detection{.fci = {option(2, 0x55)}, .card_data = {option(2, 0x35)}};
  EXPECT_EQ(choose_implementation(2, 0x15, detection).i, 0x15);
  EXPECT_EQ(choose_implementation(2, 0x15, detection).source, Detection::Source::options);
  EXPECT_EQ(choose_implementation(2, std::nullopt, detection).i, 0x55);
  EXPECT_EQ(choose_implementation(2, std::nullopt, detection).source, Detection::Source::fci);
  detection.fci = {option(3, 0x70)};
  EXPECT_EQ(choose_implementation(2, std::nullopt, detection).i, 0x35);
  EXPECT_EQ(choose_implementation(2, std::nullopt, detection).source, Detection::Source::card_data);
  EXPECT_EQ(choose_implementation(2, std::nullopt, {}).i, 0x15);
  EXPECT_EQ(choose_implementation(1, std::nullopt, {}).i, 0x05);
  EXPECT_EQ(choose_implementation(1, std::nullopt, {}).source, Detection::Source::assumed);
}

// GPCS 2.3.1 Table E-1: 1A and 0B start implicitly; 0D is not one of SCP02.
TEST(ProtocolChoice, WhatCannotBeChosenIsPassedOverInItsPlace) {
  const auto chosen = [](const Detection& detection) {
    return choose_implementation(2, std::nullopt, detection);
  };
  for (const auto other : std::initializer_list<std::uint8_t>{0x1A, 0x0B, 0x0D}) {
    const auto in_fci = chosen({.fci = {option(2, other), option(2, 0x05)}, .card_data = {option(2, 0x55)}});
    EXPECT_EQ(in_fci.i, 0x05) << to_hex(other);
    EXPECT_EQ(in_fci.source, Detection::Source::fci);
    const auto in_66 = chosen({.fci = {option(2, other)}, .card_data = {option(2, other), option(2, 0x55)}});
    EXPECT_EQ(in_66.i, 0x55) << to_hex(other);
    EXPECT_EQ(in_66.source, Detection::Source::card_data);
    const auto nowhere = chosen({.fci = {option(2, other)}, .card_data = {option(2, other)}});
    EXPECT_EQ(nowhere.i, 0x15) << to_hex(other);
    EXPECT_EQ(nowhere.source, Detection::Source::assumed);
  }
}

// GPCS 2.3.1 Table E-1.
TEST(ProtocolChoice, WhatToTypeForAnImplicitStart) {
  EXPECT_EQ(implicit_start_advice({.fci = {option(2, 0x1A)}}),
            "the card announces SCP02 with i=1A, which opens without INITIALIZE UPDATE: write open_sc -scp 2 "
            "-scpimpl 0x1A -security 1 with the card's own keys");
  EXPECT_THAT(implicit_start_advice({.card_data = {option(3, 0x70), option(2, 0x0B)}}),
              HasSubstr("-scp 2 -scpimpl 0x0B"));
  EXPECT_THAT(implicit_start_advice({.fci = {option(2, 0x05), option(2, 0x1A)}}), HasSubstr("-scpimpl 0x1A"));
  for (const auto i : std::initializer_list<std::uint8_t>{0x15, 0x55, 0x05, 0x02, 0xFA}) {
    EXPECT_EQ(implicit_start_advice({.card_data = {option(2, i)}}), "") << to_hex(i);
  }
  EXPECT_EQ(implicit_start_advice({.card_data = {option(3, 0x1A)}}), "");
  EXPECT_EQ(implicit_start_advice({}), "");
}

TEST(ProtocolChoice, SourceInWords) {
  Detection detection{.card_data_asked = true, .refusal = refused()};
  EXPECT_EQ(protocol_source(2, {.i = 0x15, .source = Detection::Source::fci}, detection).text,
            "SCP02 with i=15: taken from the SELECT response (tag 64); GET DATA 0066 was refused: 6985");
  EXPECT_EQ(protocol_source(2, {.i = 0x15, .source = Detection::Source::assumed}, {}).text,
            "SCP02 with i=15: assumed, as the card does not say");
  EXPECT_EQ(protocol_source(2, {.i = 0x55, .source = Detection::Source::options}, {}).text,
            "SCP02 with i=55: taken from the options");
  detection.refusal = Error({.kind = ErrorKind::card, .code = "bad-response", .message = "no tag 73"});
  EXPECT_EQ(
      protocol_source(2, {.i = 0x55, .source = Detection::Source::card_data}, detection).text,
      "SCP02 with i=55: taken from GET DATA 0066 (tag 64); the answer to GET DATA 0066 could not be read");
}

TEST(ProtocolChoice, AgreementNeedsNoWords) {
  const Detection detection{.fci = {option(2, 0x15)}};
  EXPECT_THAT(contradictions(2, {.i = 0x15, .source = Detection::Source::options}, detection), IsEmpty());
  EXPECT_THAT(contradictions(2, {.i = 0x15, .source = Detection::Source::fci}, detection), IsEmpty());
  EXPECT_THAT(contradictions(2, {.i = 0x15, .source = Detection::Source::options}, {}), IsEmpty());
}

TEST(ProtocolChoice, OneOfSeveralAnnouncedIsNoContradiction) {
  const ImplementationChoice given{.i = 0x15, .source = Detection::Source::options};
  EXPECT_THAT(contradictions(2, given, {.fci = {option(2, 0x05), option(2, 0x15)}}), IsEmpty());
  EXPECT_THAT(contradictions(2, given, {.fci = {option(2, 0x1A)}, .card_data = {option(2, 0x15)}}),
              IsEmpty());
  const auto fci_first = contradictions(2, given, {.fci = {option(2, 0x05)}, .card_data = {option(2, 0x15)}});
  ASSERT_THAT(fci_first, SizeIs(1));
  EXPECT_EQ(fci_first.at(0).text,
            "the options say i=15, the SELECT response (tag 64) says i=05; the options are used");
  EXPECT_THAT(contradictions(2, given, {.fci = {option(2, 0x1A)}}), SizeIs(1)) << "all that the card says";
}

TEST(ProtocolChoice, DifferentImplementationIsAsSevereAsItsBits) {
  const auto severity_of = [](std::uint8_t announced) {
    const Detection detection{.fci = {option(2, announced)}};
    const auto remarks = contradictions(2, {.i = 0x15, .source = Detection::Source::options}, detection);
    EXPECT_THAT(remarks, SizeIs(1));
    return remarks.at(0).severity;
  };
  for (const auto harmless : {0x55, 0x35, 0x75}) {
    EXPECT_EQ(severity_of(static_cast<std::uint8_t>(harmless)), Severity::note) << harmless;
  }
  for (const auto harmful : {0x14, 0x17, 0x1D, 0x05, 0x45}) {
    EXPECT_EQ(severity_of(static_cast<std::uint8_t>(harmful)), Severity::warning) << harmful;
  }
}

TEST(ProtocolChoice, AnnouncedImplementationAgainstTheAnswer) {
  const auto said = [](std::uint8_t answered, const Detection& detection) {
    return contradictions(3, {.i = answered, .source = Detection::Source::answer}, detection);
  };
  for (const auto answered : std::initializer_list<std::uint8_t>{0x60, 0x71}) {
    const auto remarks = said(answered, {.fci = {option(3, 0x70)}});
    ASSERT_THAT(remarks, SizeIs(1));
    EXPECT_EQ(remarks.at(0).code, "implementation-differs");
    EXPECT_EQ(remarks.at(0).severity, Severity::note);
    EXPECT_EQ(remarks.at(0).text, "the SELECT response (tag 64) says i=70, the card answered i=" +
                                      to_hex(answered) + "; the answer is used");
  }
  const auto in_66 = said(0x60, {.card_data = {option(2, 0x15), option(3, 0x70)}});
  ASSERT_THAT(in_66, SizeIs(1));
  EXPECT_EQ(in_66.at(0).text, "GET DATA 0066 (tag 64) says i=70, the card answered i=60; the answer is used");
  EXPECT_THAT(said(0x70, {.fci = {option(3, 0x60), option(3, 0x70)}}), IsEmpty());
  EXPECT_THAT(said(0x70, {.fci = {option(2, 0x55)}, .card_data = {option(3, 0x70)}}), IsEmpty());
  EXPECT_THAT(said(0x70, {.fci = {option(3, 0xF8)}}), IsEmpty())
      << "reserved bits, of which nothing is known";
}

TEST(ProtocolChoice, AnAnswerThatWasNotAnnounced) {
  const auto remarks = contradictions(2, {}, {.fci = {option(3, 0x70)}});
  ASSERT_THAT(remarks, SizeIs(1));
  EXPECT_EQ(remarks.at(0).code, "protocol-differs");
  EXPECT_THAT(contradictions(2, {}, {.fci = {option(0x80, 0x00)}}), IsEmpty())
      << "SCP80 is not meant for this";
}

TEST(ProtocolName, HasTwoDigits) {
  EXPECT_EQ(protocol_name(2), "SCP02");
  EXPECT_EQ(protocol_name(17), "SCP17");
}

}  // namespace
}  // namespace gpsh::gp
