// SPDX-License-Identifier: Apache-2.0
#include "pcsc/find_reader.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "pcsc/codes.h"

namespace gpsh::pcsc {
namespace {

const std::vector<ReaderInfo> kReaders{{.name = "ACS ACR39U ICC Reader 00 00", .atr = {}},
                                       {.name = "Virtual PCD 00 00", .atr = hex("3B80")},
                                       {.name = "Virtual PCD 00 01", .atr = {}}};

ErrorFacts refusal(const std::vector<ReaderInfo>& readers, std::string_view text) {
  try {
    return {.message = "found " + find_reader(readers, text).name};
  } catch (const Error& error) {
    return error.facts();
  }
}

TEST(FindReader, TakesTheExactNameThoughItIsPartOfAnother) {
  const std::vector<ReaderInfo> readers{{.name = "Reader 10", .atr = {}}, {.name = "Reader 1", .atr = {}}};
  EXPECT_EQ(find_reader(readers, "Reader 1").name, "Reader 1");
}

TEST(FindReader, TakesAUniquePartInEitherCaseWithItsAtr) {
  EXPECT_EQ(find_reader(kReaders, "acr39").name, "ACS ACR39U ICC Reader 00 00");
  const auto found = find_reader({kReaders[0], kReaders[1]}, "VIRTUAL pcd");
  EXPECT_EQ(found.name, "Virtual PCD 00 00");
  EXPECT_EQ(found.atr, hex("3B80"));
}

TEST(FindReader, TakesANumberWhereItIsNoUniquePart) {
  EXPECT_EQ(find_reader(kReaders, "2").name, "Virtual PCD 00 00");
  const std::vector<ReaderInfo> readers{{.name = "Slot 1a", .atr = {}}, {.name = "Slot 1b", .atr = {}}};
  EXPECT_EQ(find_reader(readers, "1").name, "Slot 1a");
}

TEST(FindReader, PrefersAUniquePartToTheNumber) {
  EXPECT_EQ(find_reader(kReaders, "39").name, "ACS ACR39U ICC Reader 00 00");
  EXPECT_EQ(find_reader(kReaders, "1").name, "Virtual PCD 00 01");
}

TEST(FindReader, NamesTheCandidatesOfAnAmbiguousPart) {
  const auto facts = refusal(kReaders, "pcd");
  EXPECT_EQ(facts.kind, ErrorKind::reader);
  EXPECT_EQ(facts.code, "ambiguous-reader");
  EXPECT_EQ(facts.message,
            "\"pcd\" is part of several reader names: 2 \"Virtual PCD 00 00\", 3 \"Virtual PCD 00 01\"");
  EXPECT_EQ(facts.advice, "give more of the name, or the number");
  EXPECT_EQ(facts.native_code, codes::kUnknownReader);
}

TEST(FindReader, SaysWhatIsConnectedWhenNothingFits) {
  const auto facts = refusal(kReaders, "Omnikey");
  EXPECT_EQ(facts.code, "no-such-reader");
  EXPECT_EQ(facts.message, "no reader name contains \"Omnikey\"");
  EXPECT_EQ(facts.advice,
            "connected: 1 \"ACS ACR39U ICC Reader 00 00\", 2 \"Virtual PCD 00 00\", 3 \"Virtual PCD 00 01\"");
}

TEST(FindReader, RefusesANumberThatNoReaderHas) {
  EXPECT_EQ(refusal(kReaders, "77").message, "there is no reader number 77; 3 are connected");
  EXPECT_EQ(refusal({kReaders[1]}, "5").message, "there is no reader number 5; 1 is connected");
  EXPECT_EQ(refusal(kReaders, "99999999999999").message, "no reader name contains \"99999999999999\"");
  EXPECT_EQ(refusal(kReaders, "-2").message, "no reader name contains \"-2\"");
}

TEST(FindReader, SaysThatThereIsNoReaderAtAll) {
  const auto facts = refusal({}, "ACS");
  EXPECT_EQ(facts.code, "no-reader");
  EXPECT_EQ(facts.message, "no card reader is connected");
}

TEST(OtherReaderMeant, IsTheOneWithTheNumberThatWasTakenForAName) {
  const auto remark = other_reader_meant(kReaders, "1", kReaders[2]);
  ASSERT_TRUE(remark);
  EXPECT_EQ(remark->severity, Severity::note);
  EXPECT_EQ(remark->code, "reader-by-name");
  EXPECT_EQ(
      remark->text,
      "\"1\" is taken as part of the name \"Virtual PCD 00 01\"; it is also the number of \"ACS ACR39U ICC "
      "Reader 00 00\"");
  EXPECT_EQ(remark->advice, "for the other one give more of its name");
}

TEST(OtherReaderMeant, IsNoneWhereTheTextMeansOneReaderOnly) {
  EXPECT_FALSE(other_reader_meant(kReaders, "39", kReaders[0])) << "there are no 39 readers";
  EXPECT_FALSE(other_reader_meant(kReaders, "2", kReaders[1])) << "taken as the number";
  EXPECT_FALSE(other_reader_meant(kReaders, "acr39", kReaders[0]));
  const std::vector<ReaderInfo> exact{{.name = "A", .atr = {}}, {.name = "1", .atr = {}}};
  EXPECT_FALSE(other_reader_meant(exact, "1", exact[1])) << "an exact name leaves no doubt";
}

TEST(ReaderByNumber, CountsFromOne) {
  EXPECT_EQ(reader_by_number(kReaders, 1).name, kReaders[0].name);
  EXPECT_EQ(reader_by_number(kReaders, 3).name, kReaders[2].name);
  EXPECT_THROW(static_cast<void>(reader_by_number(kReaders, 0)), Error);
  EXPECT_THROW(static_cast<void>(reader_by_number(kReaders, 4)), Error);
}

}  // namespace
}  // namespace gpsh::pcsc
