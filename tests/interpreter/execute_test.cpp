// SPDX-License-Identifier: Apache-2.0
#include "interpreter/execute.h"

#include <gtest/gtest.h>

#include "tests/interpreter/script_run.h"
#include "tests/interpreter/scripted_access.h"
#include "tests/support/fault_connection.h"

namespace gpsh::test {
namespace {

using interpreter::Strictness;

const std::string kConnect = "mode_211\nestablish_context\ncard_connect\n";
constexpr std::string_view kSelect = "00A4040008A000000003000000";

ScriptedConnection no_card_traffic() {
  return ScriptedConnection();
}

TEST(Execute, EchoTraceResultAndTimerComeInThisOrder) {
  ScriptedAccess access(ScriptedConnection().expect("80CA9F7F00", "9F7F0147109000"));
  const auto run = run_text(kConnect + "enable_trace\nenable_timer\nget_data -identifier 9F7F\n", access);
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.out, kConnect +
                         "enable_trace\nenable_timer\nget_data -identifier 9F7F\n"
                         "Command --> 80CA9F7F00\n"
                         "Wrapped command --> 80CA9F7F00\n"
                         "Response <-- 9F7F0147109000\n"
                         "Unwrapped response <-- 9F7F0147109000\n"
                         "9F7F014710\n"
                         "command time: 0 ms\n");
  EXPECT_EQ(run.err, "");
}

TEST(Execute, RefusedCommandStopsTheScript) {
  ScriptedAccess access(ScriptedConnection().expect("80CA9F7F00", "6A88"));
  const auto run = run_text(kConnect + "get_data -identifier 9F7F\ncard_disconnect\n", access);
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_EQ(run.out, kConnect +
                         "get_data -identifier 9F7F\n"
                         "get_data() returns 0x80206A88 (6A88: Referenced data not found.)\n");
  EXPECT_EQ(run.err,
            "script.txt:4:1: error[gpsh.card-status]: GET DATA was refused: 6A88, referenced data not found\n"
            "  get_data -identifier 9F7F\n"
            "  ^^^^^^^^\n"
            "  sent 80CA9F7F00, answered 6A88\n"
            "  advice: the card has no such object; most need none of it\n");
}

// Exit codes after -noStop: GPShell 3.0.0, reference section 1.6.
TEST(Execute, NoStopGoesOnAndTheLastResultDecides) {
  const auto card = ScriptedConnection().expect("80CA9F7F00", "6A88").expect("80CA006600", "66009000");
  ScriptedAccess access(card);
  const auto failed_last =
      run_text(kConnect + "get_data -identifier 9F7F -noStop\ncard_disconnect\n", access);
  EXPECT_EQ(failed_last.exit_code, 1);
  EXPECT_NE(failed_last.err.find("warning[gpsh.card-status]"), std::string::npos);
  const auto good_last = run_text(
      kConnect + "get_data -identifier 9F7F -noStop\nget_data -identifier 66\ncard_disconnect\n", access);
  EXPECT_EQ(good_last.exit_code, 0);
  const auto left = run_text(kConnect + "get_data -identifier 9F7F -noStop\nexit\nselect\n", access);
  EXPECT_EQ(left.exit_code, 0);
  EXPECT_EQ(left.out.find("select"), std::string::npos);
}

TEST(Execute, CardRemovedBetweenTwoApdus) {
  ScriptedConnection card;
  card.expect(kSelect, "6F009000");
  ScriptedAccess access([&] {
    struct Removed final : Connection {
      explicit Removed(Connection& card) : faulty(card) { faulty.remove_card(2); }
      Bytes transmit(ByteView apdu) override { return faulty.transmit(apdu); }
      void reset() override {}
      [[nodiscard]] ConnectionInfo describe() const override { return faulty.describe(); }
      FaultyConnection faulty;
    };
    return std::make_unique<Removed>(card);
  });
  const auto run =
      run_text(kConnect + "select -AID A000000003000000\nget_data -identifier 9F7F\nselect\n", access);
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_EQ(run.err,
            "script.txt:5:1: error[gpsh.card-removed]: the card was removed\n"
            "  get_data -identifier 9F7F\n"
            "  ^^^^^^^^\n"
            "  sent 80CA9F7F00, no answer\n");
}

TEST(Execute, ResponseShorterThanAStatusWord) {
  for (const auto* answer : {"", "90"}) {
    ScriptedAccess access(ScriptedConnection().expect(kSelect, answer));
    const auto run = run_text(kConnect + "select -AID A000000003000000\n", access);
    EXPECT_EQ(run.exit_code, 1);
    EXPECT_EQ(run.err,
              "script.txt:4:1: error[gpsh.short-response]: the card answered " +
                  std::to_string(std::string_view(answer).size() / 2) +
                  " bytes; a response ends with a status word of two bytes\n"
                  "  select -AID A000000003000000\n"
                  "  ^^^^^^\n"
                  "  sent 00A4040008A000000003000000, no answer\n"
                  "  advice: the reader or its driver cut the answer: reseat the card, try another reader\n");
  }
}

TEST(Execute, WrongCardCryptogramEndsBeforeExternalAuthenticate) {
  // The card's part of recording seed-04, its last byte changed.
  ScriptedAccess access(ScriptedConnection()
                            .expect(kSelect, "9000")
                            .expect("80CA006600", "6985")
                            .expect("8050000008000102030405060700",
                                    "0000120210256095661 9FF020002598DD3961BFD"
                                    "CC97F9DF4F2A6CE3 9000"));
  const auto run =
      run_text(kConnect +
                   "select -AID A000000003000000\nopen_sc -security 1 -enc_key "
                   "404142434445464748494a4b4c4d4e4f -mac_key 404142434445464748494a4b4c4d4e4f\n",
               access);
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_TRUE(run.out.ends_with(
      "mutual_authentication() returns 0x80302000 (The verification of the card cryptogram failed.)\n"))
      << run.out;
  EXPECT_NE(
      run.err.find("script.txt:5:1: error[gpsh.card-cryptogram]: the card cryptogram is not what the ENC key "
                   "gives (SCP02, key version FF); ENC, MAC and DEK are all unproven\n"),
      std::string::npos)
      << run.err;
  EXPECT_NE(run.err.find("EXTERNAL AUTHENTICATE was not sent"), std::string::npos);
}

TEST(Execute, NothingReachesTheCardBeforeTheCheckPassed) {
  ScriptedAccess access(no_card_traffic());
  const auto run = run_text(kConnect + "select -AID A000000003000000\nopen_cs\n", access);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_TRUE(access.requests.empty());
}

TEST(Execute, UncheckedScriptRunsToItsFirstMistake) {
  ScriptedAccess access(ScriptedConnection().expect(kSelect, "9000"));
  const auto run =
      run_text(kConnect + "select -AID A000000003000000\nselect -aid A0\nexit\n", access, {.checked = false});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_TRUE(run.out.ends_with("select -aid A0\nError: unknown option -aid\n")) << run.out;
}

TEST(Execute, LenientPassesOverUnknownCommandsAsGpshellDoes) {
  ScriptedAccess access(no_card_traffic());
  const auto run = run_text("frobnicate now\nprint done\n", access, {.strictness = Strictness::lenient});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.out, "frobnicate now\nUnknown command frobnicate\n# done\n\n");
}

TEST(Execute, CommandsOutOfOrderAreToldSo) {
  ScriptedAccess access(no_card_traffic());
  const auto early = run_text("card_connect\n", access, {.checked = false});
  EXPECT_EQ(early.exit_code, 2);
  EXPECT_EQ(early.err,
            "script.txt:1:1: error[gpsh.no-context]: there is no connection to the PC/SC service\n"
            "  card_connect\n"
            "  ^^^^^^^^^^^^\n"
            "  advice: put establish_context before this line\n");
  const auto unconnected = run_text("establish_context\nselect\n", access, {.checked = false});
  EXPECT_EQ(unconnected.out,
            "establish_context\nselect\nselect_application() returns 0x80500002 (PC/SC plugin is not "
            "initialized. A card "
            "connection must be created first.)\n");
  EXPECT_NE(unconnected.err.find("error[gpsh.no-connection]: no card is connected"), std::string::npos);
}

TEST(Execute, AnyStatusWordIsFineForSendApdu) {
  ScriptedAccess access(ScriptedConnection().expect("00A40400", "6A82").expect("80CA9F7F00", "9F7F009000"));
  const auto run =
      run_text(kConnect + "send_apdu -APDU 00A40400\nsend_apdu_nostop -sc 1 -APDU 80CA9F7F00\n", access);
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.out,
            kConnect +
                "send_apdu -APDU 00A40400\nsend_APDU() returns 0x80206A82 (6A82: File not found.)\n"
                "send_apdu_nostop -sc 1 -APDU 80CA9F7F00\nsend_APDU() returns 0x80209000 (Success)\n");
}

TEST(Execute, PrintKeepsGpshellsLines) {
  ScriptedAccess access(no_card_traffic());
  EXPECT_EQ(run_text("print  foo ${X}\n", access).out, "# foo ${X}\n\n");
  EXPECT_EQ(run_text("print\n", access).out, "\n");
  EXPECT_EQ(run_text("  print foo\n", access).out, "  print foo\n# nt foo\n\n");
}

TEST(Execute, ReaderOptionsReachTheConnection) {
  ScriptedAccess access(no_card_traffic());
  static_cast<void>(
      run_text("establish_context\ncard_connect -readerNumber 2 -protocol 0\ncard_connect -reader \"Foo "
               "Bar\"\nlist_readers\n",
               access));
  ASSERT_EQ(access.requests.size(), 2U);
  EXPECT_EQ(access.requests[0].reader_number, 2U);
  EXPECT_EQ(access.requests[0].protocol, TransmissionProtocol::t0);
  EXPECT_EQ(access.requests[1].reader, "Foo Bar");
}

TEST(Execute, LockedCardIsSelectedWithAWarning) {
  ScriptedAccess access(ScriptedConnection().expect(kSelect, "6283"));
  const auto run = run_text(kConnect + "select -AID A000000003000000\nprint on\n", access);
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.out,
            kConnect +
                "select -AID A000000003000000\n"
                "select_application() returns 0x80216283 (6283: Card life cycle state is CM_LOCKED.)\n"
                "# on\n\n");
  EXPECT_NE(run.err.find("warning[gpsh.card-locked]"), std::string::npos);
}

TEST(Execute, InterruptStopsBeforeTheNextApdu) {
  ScriptedAccess access(no_card_traffic());
  int asked = 0;
  const auto run = run_text(kConnect + "select -AID A000000003000000 -noStop\nselect\n", access,
                            {.interrupted = [&asked] { return ++asked > 4; }});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_NE(run.err.find(
                "script.txt:4:1: error[gpsh.interrupted]: stopped on request, before the next APDU was sent"),
            std::string::npos)
      << run.err;
}

TEST(Execute, ContextIsReleasedWithTheConnection) {
  ScriptedAccess access(no_card_traffic());
  const auto run =
      run_text("establish_context\ncard_connect\nrelease_context\nselect\n", access, {.checked = false});
  EXPECT_EQ(access.contexts, 0);
  EXPECT_NE(run.err.find("gpsh.no-context"), std::string::npos);
}

}  // namespace
}  // namespace gpsh::test
