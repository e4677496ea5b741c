// SPDX-License-Identifier: Apache-2.0
// get_secure_channel_protocol_details: what it finds, and what it says where it finds nothing.
#include <gtest/gtest.h>

#include "tests/interpreter/script_run.h"
#include "tests/interpreter/scripted_access.h"

namespace gpsh::test {
namespace {

const std::string kCommand = "get_secure_channel_protocol_details";

class ProtocolDetails : public ::testing::Test {
 protected:
  ScriptRun run(const std::string& lines) {
    ScriptedAccess access(card);
    return run_text("mode_211\nestablish_context\ncard_connect\n" + lines, access, {.checked = false});
  }
  /// The command's own line where GET DATA 0066 is answered this.
  std::string said_after(const std::string& command, const std::string& answer) {
    card = {};
    card.expect("80CA006600", answer);
    const auto stopped = run(command + "\n");
    EXPECT_EQ(stopped.exit_code, 1) << stopped.err;
    const auto at = stopped.out.find(command + "()");
    return at == std::string::npos ? stopped.out : stopped.out.substr(at + command.size());
  }

  ScriptedConnection card;
};

TEST_F(ProtocolDetails, UnreadableDataIsNotAnUnknownProtocol) {
  constexpr auto kInvalid = "() returns 0x8030F00B (The response of the command was invalid.)\n";
  for (const auto* answer : {"FFFF9000", "9000", "66009000", "660273019000"}) {
    EXPECT_EQ(said_after("get_card_recognition_data", answer), kInvalid) << answer;
    EXPECT_EQ(said_after(kCommand, answer), kInvalid) << answer;
  }
}

// GPCS 2.3.1 Table E-1: i=1A starts without INITIALIZE UPDATE, and there is no i=0D.
TEST_F(ProtocolDetails, OpenScKeepsNothingThatItWouldNotChoose) {
  constexpr auto kInitializeUpdate = "8050000008000102030405060700";
  const std::string open = "\nopen_sc -key 404142434445464748494A4B4C4D4E4F\n";
  for (const std::string i : {"1a", "0d"}) {
    card = {};
    const auto answer = "660F730D640B06092A864886FC6B0402" + i + "9000";
    card.expect("80CA006600", answer).expect("80CA006600", answer).expect(kInitializeUpdate, "6985");
    const auto refused = run(kCommand + open);
    EXPECT_NE(refused.out.find("SCP: 0x02\nSCP Impl: 0x" + i + "\n"), std::string::npos) << refused.out;
    EXPECT_NE(refused.err.find("INITIALIZE UPDATE was refused: 6985"), std::string::npos) << refused.err;
  }
  card = {};
  card.expect("80CA006600", "661A7318641606092A864886FC6B04021A06092A864886FC6B0402059000")
      .expect(kInitializeUpdate, "6985");
  const auto refused = run(kCommand + open);
  EXPECT_NE(refused.err.find("INITIALIZE UPDATE was refused: 6985"), std::string::npos)
      << refused.err << "i=05 is kept, so the card is not asked again";
}

TEST_F(ProtocolDetails, OtherProtocolsAreNone) {
  EXPECT_EQ(said_after(kCommand, "660F730D640B06092A864886FC6B0480009000"),
            "() returns 0x8030F00F (No supported secure channel protocol was found.)\n");
}

}  // namespace
}  // namespace gpsh::test
