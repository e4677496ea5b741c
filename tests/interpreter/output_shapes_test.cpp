// SPDX-License-Identifier: Apache-2.0
// What a script prints, byte for byte, in the shapes of GPShell 3.0.0 that no recorded session has.
#include <gtest/gtest.h>

#include "core/tlv.h"
#include "tests/interpreter/script_run.h"
#include "tests/interpreter/scripted_access.h"

namespace gpsh::test {
namespace {

/// The lines after `establish_context` and `card_connect`, in mode_211.
std::string printed(const ScriptedConnection& card, const std::string& lines) {
  ScriptedAccess access(card);
  const std::string before = "mode_211\nestablish_context\ncard_connect\n";
  const auto run = run_text(before + lines, access);
  EXPECT_EQ(run.exit_code, 0) << run.err;
  return run.out.substr(before.size());
}

Bytes detail(std::uint32_t tag, std::string_view oid, const Bytes& data) {
  return make_tlv(tag, concat({oid.empty() ? Bytes() : make_tlv(0x06, hex(oid)), data}));
}

// Reference section 3.8; the objects as GPCS 2.3.1 Table H-1 orders them.
TEST(OutputShapes, CardRecognitionDataWithEveryDetail) {
  const auto objects =
      concat({make_tlv(0x06, hex("2A864886FC6B01")), detail(0x60, "2A864886FC6B02020101", {}),
              detail(0x63, "2A864886FC6B03", {}),
              make_tlv(0x64, concat({make_tlv(0x06, hex("2A864886FC6B040255")),
                                     make_tlv(0x06, hex("2A864886FC6B04038100"))})),
              detail(0x65, "2B851086486402 0103", hex("0102")), detail(0x66, "2B060104012A026E0102", {}),
              detail(0x67, "", Bytes(65, 0xAB)), detail(0x68, "2A864886FC6B06", hex("C0FFEE"))});
  const auto answer = to_hex(make_tlv(0x66, make_tlv(0x73, objects))) + "9000";
  EXPECT_EQ(printed(ScriptedConnection().expect("80CA006600", answer), "get_card_recognition_data\n"),
            "get_card_recognition_data\n"
            "Version: 2.1.1\n"
            "SCP: 2 SCP Impl: 55\n"
            "SCP: 3 SCP Impl: 8100\n"
            "Card Configuration Details OID: 1.3.656.840.100.2.1.3\n"
            "Card Configuration Details Data: 0102\n"
            "Card/Chip Details OID: 1.3.6.1.4.1.42.2.110.1.2\n"
            "Issuer Security Domains Trust Point Certificate Information Data: " +
                to_lower_hex(Bytes(64, 0xAB)) +
                "\n"
                "Issuer Security Domain Certificate Information OID: 1.2.840.114283.6\n"
                "Issuer Security Domain Certificate Information Data: c0ffee\n");
}

// Reference section 3.5.
TEST(OutputShapes, ListingOfOpenPlatform) {
  ScriptedConnection card;
  card.expect("80F28000024F0000", "07A0000000030000 07 90 9000");
  ScriptedAccess access(card);
  const auto run = run_text("establish_context\ncard_connect\nget_status -element 80\n", access);
  EXPECT_EQ(run.out,
            "establish_context\ncard_connect\nget_status -element 80\n"
            "AID                              | State        | Privileges                    \n"
            "--                               | --           | --                            \n"
            "a0000000030000                   | Initialized  |                               \n"
            "                                 |              | Security Domain               \n"
            "                                 |              | Card Lock                     \n");
}

// Reference section 3.10.
TEST(OutputShapes, DataReadersAndText) {
  EXPECT_EQ(
      printed(ScriptedConnection().expect("80CA00C100", "C102000A9000").expect("80CA00C200", "9000"),
              "get_data -identifier C1\nget_data -identifier C2\nlist_readers\nprint  two  blanks\nprint\n"
              "  print foo\n"),
      "get_data -identifier C1\n"
      "C102000A\n"
      "get_data -identifier C2\n"
      "\n"
      "list_readers\n"
      "* reader name Scripted Reader\n"
      "# two  blanks\n"
      "\n"
      "\n"
      "  print foo\n"
      "# nt foo\n"
      "\n");
}

/// What card_connect prints where the service answers with this.
std::string connect_line(const std::string& options, std::string_view code, std::uint32_t native_code) {
  ScriptedAccess access([&]() -> std::unique_ptr<Connection> {
    throw Error({.kind = ErrorKind::reader,
                 .code = code,
                 .message = "no",
                 .native_code = native_code,
                 .native_text = "Text of the service."});
  });
  const auto run = run_text("establish_context\ncard_connect" + options + "\n", access);
  EXPECT_EQ(run.exit_code, 3);
  return run.out.substr(run.out.find('\n', run.out.find("card_connect")) + 1);
}

// Reference sections 2.4 and 3.2.
TEST(OutputShapes, ConnectionsThatDoNotCome) {
  EXPECT_EQ(connect_line(" -readerNumber 3", "no-such-reader", 0x80100009),
            "Could not connect to reader number 3\n");
  EXPECT_EQ(connect_line("", "no-reader", 0x8010002E),
            "list_readers failed with error 0x8010002E (Text of the service.)\n");
  EXPECT_EQ(connect_line(" -reader Foo", "no-reader", 0x8010002E),
            "card_connect() returns 0x8010002E (Text of the service.)\n");
  EXPECT_EQ(connect_line("", "no-card", 0x8010000C),
            "card_connect() returns 0x8010000C (Text of the service.)\n");
}

}  // namespace
}  // namespace gpsh::test
