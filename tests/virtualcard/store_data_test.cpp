// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/store_data.h"

#include <gtest/gtest.h>

#include "tests/virtualcard/key_host.h"

namespace gpsh::virtualcard {
namespace {

using test::KeyHost;

constexpr std::string_view kOne = "101112131415161718191A1B1C1D1E1F";

class StoreData : public testing::Test {
 protected:
  StoreData() { host_.begin(); }

  KeyHost host_{"generic-scp02"};
};

TEST_F(StoreData, DataObjectsReplaceThoseOfTheFactory) {
  EXPECT_EQ(host_.store_data("9000", "4203112233450401020304"), "9000");
  EXPECT_EQ(host_.send_wrapped("80CA004200"), "42031122339000");
  EXPECT_EQ(host_.send_wrapped("80CA004500"), "4504010203049000");
  EXPECT_EQ(host_.send_wrapped("80CA5F5000"), "6A88");
  EXPECT_EQ(host_.store_data("9000", "5F5003616263"), "9000");
  EXPECT_EQ(host_.send_wrapped("80CA5F5000"), "5F50036162639000");
}

TEST_F(StoreData, ObjectsMayBeSplitOverBlocks) {
  EXPECT_EQ(host_.store_data("1000", "42031122"), "9000");
  EXPECT_EQ(host_.send_wrapped("80CA004200"), "42064750534800019000") << "not before the last block";
  EXPECT_EQ(host_.store_data("9001", "33"), "9000");
  EXPECT_EQ(host_.send_wrapped("80CA004200"), "42031122339000");
}

TEST_F(StoreData, BlocksComeInTheirOrder) {
  EXPECT_EQ(host_.store_data("9001", "4203112233"), "6A86") << "the first is 00";
  EXPECT_EQ(host_.store_data("1000", "42031122"), "9000");
  EXPECT_EQ(host_.store_data("9002", "33"), "6A86");
  EXPECT_EQ(host_.store_data("9001", "33"), "6A86") << "the counter begins anew";
  EXPECT_EQ(host_.store_data("1000", "42031122"), "9000");
  EXPECT_EQ(host_.store_data("8801", "33"), "6A86") << "another format";
  EXPECT_EQ(host_.send_wrapped("80CA004200"), "42064750534800019000");
}

TEST_F(StoreData, ThereIsAnEndToTheBlocks) {
  std::string sw = "9000";
  int block = 0;
  for (; sw == "9000" && block < 256; ++block) {
    sw = host_.store_data("00" + to_hex(static_cast<std::uint8_t>(block)), to_hex(Bytes(240, 0x00)));
  }
  EXPECT_EQ(sw, "6A84");
  EXPECT_EQ(host_.store_data("9000", "4203112233"), "9000");
}

TEST_F(StoreData, RefusesReservedBitsOfP1) {
  EXPECT_EQ(host_.store_data("9400", "4203112233"), "6A86");
  EXPECT_EQ(host_.store_data("9800", "4203112233"), "6A86");
  EXPECT_EQ(host_.store_data("D000", "4203112233"), "6A86");
  EXPECT_EQ(host_.store_data("9200", "4203112233"), "9000") << "tolerated";
}

TEST(StoreDataStrict, RefusesBit02) {
  KeyHost host(parse_profile(
      R"({"kind": "profile", "extends": "generic-scp02", "name": "x", "strict": true})", "test"));
  host.begin();
  EXPECT_EQ(host.store_data("9200", "4203112233"), "6A86");
  EXPECT_EQ(host.store_data("9000", "4203112233"), "9000");
}

TEST_F(StoreData, RefusesWhatTheCardMakesItself) {
  for (const auto* data : {"C1020001", "C2020001", "D30101", "2F00", "FF21020000", "E000", "9F7F0101"}) {
    EXPECT_EQ(host_.store_data("9000", data), "6A80") << data;
  }
  EXPECT_EQ(host_.store_data("9000", "4203112233C1020001"), "6A80");
  EXPECT_EQ(host_.send_wrapped("80CA004200"), "42064750534800019000") << "all or nothing";
  EXPECT_EQ(host_.store_data("9000", "42031122"), "6A80") << "cut off";
}

TEST_F(StoreData, TheIssuerSecurityDomainGetsAnotherAid) {
  EXPECT_EQ(host_.store_data("9000", "4F08D0D1D2D3D4D50101"), "6A80") << "an application has it";
  EXPECT_EQ(host_.store_data("9000", "4F04A0000000"), "6A80");
  EXPECT_EQ(host_.store_data("9000", "4F06A00000000301"), "9000");
  EXPECT_EQ(host_.send("00A4040008A000000003000000"), "6A82");
  EXPECT_TRUE(host_.send("00A4040006A00000000301").ends_with("9000"));
}

TEST_F(StoreData, DataOfNoStatedFormatAreKept) {
  EXPECT_EQ(host_.store_data("8000", "5A5A5A"), "9000");
  EXPECT_EQ(to_hex(host_.state().stored_data), "5A5A5A");
  EXPECT_EQ(host_.store_data("8000", "4203112233"), "9000") << "unless they are data objects";
  EXPECT_EQ(host_.send_wrapped("80CA004200"), "42031122339000");
}

TEST_F(StoreData, GroupsHoldDataObjects) {
  EXPECT_EQ(host_.store_data("8800", "0070054203112233"), "9000");
  EXPECT_EQ(host_.send_wrapped("80CA004200"), "42031122339000");
  EXPECT_EQ(host_.store_data("8800",
                             "0070FF0005420311223"
                             "4"),
            "9000")
      << "a length of two bytes";
  EXPECT_EQ(host_.store_data("8800", "00710142"), "6A88");
  EXPECT_EQ(host_.store_data("8800",
                             "007006420311223"
                             "3"),
            "6A80");
}

std::string symmetric_template(std::string_view identifier, std::string_view kcv) {
  return "B914950118800180810110820101" + std::string("83") + std::string("01") + std::string(identifier) +
         "8403" + std::string(kcv);
}

TEST_F(StoreData, GroupsHoldKeys) {
  const auto kcv = to_hex(key_check_value(kDesKey, make_key(hex(kOne))));
  const auto information = symmetric_template("30", kcv);
  const auto group = "00B9" + KeyHost::lc(information) + information;
  const auto key = "811310" + to_hex(host_.hide(hex(kOne)));
  EXPECT_EQ(host_.store_data("8800", group + key), "9000");
  const auto* stored = host_.state().issuer_security_domain.domain.find_service_key(0x30, 0x01);
  ASSERT_NE(stored, nullptr);
  EXPECT_EQ(to_hex(stored->components.front().value), kOne);

  EXPECT_EQ(host_.store_data("8800", group), "6A80") << "the key is missing";
  EXPECT_EQ(host_.store_data("8800", key), "6A80") << "nothing announced it";
  EXPECT_EQ(host_.store_data("8800", group + "00100111"), "6A80") << "another component";
  const auto wrong = symmetric_template("31", "000000");
  EXPECT_EQ(host_.store_data("8800", "00B9" + KeyHost::lc(wrong) + wrong + key), "6982");
  EXPECT_EQ(host_.state().issuer_security_domain.domain.find_service_key(0x31, 0x01), nullptr);
}

TEST_F(StoreData, GroupsHoldAnRsaPublicKey) {
  const std::string information =
      "B90F950181"
      "8001A1"
      "810108"
      "820101"
      "830170"
      "B90F950181"
      "8001A0"
      "810103"
      "820101"
      "830170";
  EXPECT_EQ(host_.store_data("8800", "00B9" + KeyHost::lc(information) + information +
                                         "001008C1C2C3C4C5C6C7C8"
                                         "001103010001"),
            "9000");
  const auto* key = host_.state().issuer_security_domain.domain.find_service_key(0x70, 0x01);
  ASSERT_NE(key, nullptr);
  ASSERT_EQ(key->components.size(), 2U);
  EXPECT_EQ(to_hex(key->components[1].value), "010001");
}

TEST(GetData, GeneratedObjects) {
  KeyHost host("generic-scp02");
  EXPECT_EQ(host.send("80CA00D300"), "D301009000");
  EXPECT_EQ(host.send("80CA00CF00"), "6A88");
  EXPECT_EQ(host.send("80CA00C200"), "C20200009000") << "the issuer's domain gives receipts";
  EXPECT_EQ(host.send("80CA2F00025C0000"), "610A4F08D0D1D2D3D4D501019000");
  EXPECT_EQ(host.send("80CA2F0000"), "6A80") << "without tag list";
  EXPECT_EQ(host.send("00CB2F00025C0000"), "610A4F08D0D1D2D3D4D501019000") << "as an ISO command";
  EXPECT_EQ(host.send("00CA2F00025C0000"), "6A88") << "that is odd (section 11.3.2.1)";
  EXPECT_EQ(host.send("00CB3F00025C0000"), "6A88") << "no such file";
  EXPECT_EQ(host.send("80CB2F00025C0000"), "6E00");
  EXPECT_TRUE(host.send("80CAFF2100").starts_with("FF210F8101018204"));
  host.begin(0x03);
  EXPECT_EQ(host.send_wrapped("80CA00D300"), "D301839000") << "AUTHENTICATED too (Table 10-1)";
}

}  // namespace
}  // namespace gpsh::virtualcard
