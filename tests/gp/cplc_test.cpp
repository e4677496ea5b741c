// SPDX-License-Identifier: Apache-2.0
#include "gp/cplc.h"

#include <gmock/gmock.h>

#include "core/tlv.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

// CPLC of recording gp-04.
const Bytes kCplc =
    hex("4790D3214700000000002345558919204839000000000000000018649535383931390000000000000000");

TEST(Cplc, FieldsOfARealCard) {
  const auto cplc = parse_cplc(kCplc);
  EXPECT_EQ(cplc, parse_cplc(make_tlv(0x9F7F, kCplc)));
  EXPECT_EQ(cplc.ic_fabricator, 0x4790);
  EXPECT_EQ(cplc.ic_type, 0xD321);
  EXPECT_EQ(cplc.operating_system, 0x4700);
  EXPECT_EQ(cplc.ic_fabrication_date, 0x2345);
  EXPECT_EQ(cplc.ic_serial_number, 0x55891920U);
  EXPECT_EQ(cplc.ic_batch, 0x4839);
  EXPECT_EQ(cplc.pre_personalizer, 0x1864);
  EXPECT_EQ(cplc.pre_personalization_date, 0x9535);
  EXPECT_EQ(cplc.pre_personalization_equipment, 0x38393139U);
  EXPECT_EQ(cplc.personalization_equipment, 0U);
}

TEST(Cplc, EveryFieldIsShown) {
  const auto fields = cplc_fields(parse_cplc(kCplc));
  ASSERT_EQ(fields.size(), 18U);
  std::string all;
  for (const auto& field : fields) all += field.hex;
  EXPECT_EQ(all, to_hex(kCplc)) << "in the card's order, and nothing left out";
  EXPECT_EQ(fields.at(0).name, "IC fabricator");
  EXPECT_FALSE(fields.at(0).date);
  EXPECT_EQ(fields.at(5).name, "IC fabrication date");
  EXPECT_EQ(fields.at(5).date, (CplcDate{.year_digit = 2, .day = 345}));
  EXPECT_FALSE(fields.at(3).date) << "0000 is no date";
  EXPECT_FALSE(fields.at(13).date) << "day 535 is none";
}

TEST(Cplc, MoreThan42BytesAreCut) {
  EXPECT_EQ(parse_cplc(concat({kCplc, hex("0102")})), parse_cplc(kCplc));
}

TEST(Cplc, TruncatedDataIsRefused) {
  const auto tagged = make_tlv(0x9F7F, kCplc);
  for (std::size_t size = 0; size < kCplc.size(); ++size) {
    EXPECT_EQ(thrown_error([&] { return parse_cplc(ByteView(kCplc).first(size)); }).code, "bad-response");
    EXPECT_EQ(thrown_error([&] { return parse_cplc(ByteView(tagged).first(size)); }).code, "bad-response");
  }
  EXPECT_EQ(thrown_error([] { return parse_cplc(hex("9F7F")); }).kind, ErrorKind::card);
}

TEST(CplcDate, DigitsThatAreNoDate) {
  for (const int digits : {0x0000, 0x5000, 0x5367, 0x1A00, 0xFFFF, 0xA001}) {
    EXPECT_FALSE(CplcDate::from_bytes(static_cast<std::uint16_t>(digits))) << digits;
  }
  EXPECT_EQ(CplcDate::from_bytes(0x0001), (CplcDate{.year_digit = 0, .day = 1}));
}

TEST(CplcDate, IsInTheLastYearThatEndsInTheDigit) {
  const CplcDate date{.year_digit = 2, .day = 345};
  EXPECT_EQ(date.text(2026), "2022-12-11");
  EXPECT_EQ(date.text(2022), "2022-12-11");
  EXPECT_EQ(date.text(2021), "2012-12-10") << "a leap year";
  EXPECT_EQ((CplcDate{.year_digit = 9, .day = 1}.text(2026)), "2019-01-01");
  EXPECT_EQ((CplcDate{.year_digit = 0, .day = 366}.text(2026)), "2020-12-31");
  EXPECT_EQ((CplcDate{.year_digit = 1, .day = 366}.text(2026)), std::nullopt) << "2021 has no such day";
  EXPECT_EQ(date.text(9), std::nullopt);
}

}  // namespace
}  // namespace gpsh::gp
