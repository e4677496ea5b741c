// SPDX-License-Identifier: Apache-2.0
#include "interpreter/card_state_advice.h"

#include <gmock/gmock.h>

#include "tests/interpreter/script_run.h"
#include "tests/interpreter/scripted_access.h"

namespace gpsh::test {
namespace {

using interpreter::with_card_state_advice;
using testing::HasSubstr;
using testing::Not;

Error refusal(std::uint16_t sw) {
  return Error({.kind = ErrorKind::card,
                .code = "card-status",
                .message = "DELETE was refused",
                .advice = "of the status word",
                .exchange = Exchange{.command = "DELETE", .apdu = hex("80E40000"), .sw = StatusWord(sw)}});
}

TEST(CardStateAdvice, OfALockedCard) {
  const auto error = with_card_state_advice(refusal(0x6985), interpreter::kCardLocked);
  EXPECT_STREQ(error.what(), "DELETE was refused");
  EXPECT_EQ(error.facts().advice,
            "the card is in the state CARD_LOCKED, in which its content and keys do not change and no other "
            "application is selected; in a channel, send_apdu -sc 1 -APDU 80F0800F00 makes it SECURED again");
}

TEST(CardStateAdvice, OfATerminatedCard) {
  EXPECT_EQ(with_card_state_advice(refusal(0x6D00), interpreter::kCardTerminated).facts().advice,
            "the card is in the state TERMINATED, which it never leaves: it answers GET DATA at most");
}

TEST(CardStateAdvice, IsNotForOtherStatesAndFailures) {
  constexpr std::uint8_t kSecured = 0x0F;
  EXPECT_EQ(with_card_state_advice(refusal(0x6985), kSecured).facts().advice, "of the status word");
  EXPECT_EQ(with_card_state_advice(refusal(0x6985), std::nullopt).facts().advice, "of the status word");
  EXPECT_EQ(with_card_state_advice(refusal(0x6A88), interpreter::kCardLocked).facts().advice,
            "of the status word");
  const Error other({.kind = ErrorKind::usage, .code = "usage", .message = "m", .advice = "a"});
  EXPECT_EQ(with_card_state_advice(other, interpreter::kCardLocked).facts().advice, "a");
}

constexpr std::string_view kStart = "mode_211\nestablish_context\ncard_connect\n";

std::string messages(const ScriptedConnection& card, std::string_view script) {
  ScriptedAccess access(card);
  return run_text(std::string(kStart) + std::string(script), access, {.checked = false}).err;
}

TEST(CardStateAdvice, IsLearntFromSelectGetStatusAndSetStatus) {
  const ScriptedConnection select =
      ScriptedConnection().expect("00A4040000", "6283").expect("80CA00E000", "6985");
  EXPECT_THAT(messages(select, "select\nget_data -identifier E0\n"), HasSubstr("the state CARD_LOCKED"));
  const ScriptedConnection status = ScriptedConnection()
                                        .expect("80F28002024F0000", "E30E4F08A0000000030000009F7001FF9000")
                                        .expect("80CA00E000", "6985");
  EXPECT_THAT(messages(status, "get_status -element 80\nget_data -identifier E0\n"),
              HasSubstr("the state TERMINATED"));
  const ScriptedConnection set = ScriptedConnection()
                                     .expect("80F0807F00", "9000")
                                     .expect("80CA00E000", "6985")
                                     .expect("80F0800F00", "9000")
                                     .expect("80CA00E000", "6985");
  const auto twice = messages(set,
                              "send_apdu -APDU 80F0807F00\nget_data -identifier E0 -noStop\n"
                              "send_apdu -APDU 80F0800F00\nget_data -identifier E0\n");
  const auto first = twice.find("the state CARD_LOCKED");
  EXPECT_NE(first, std::string::npos) << twice;
  EXPECT_EQ(twice.find("the state CARD_LOCKED", first + 1), std::string::npos) << twice;
}

TEST(CardStateAdvice, IsForgottenWithTheConnection) {
  int connections = 0;
  ScriptedAccess access([&]() -> std::unique_ptr<Connection> {
    if (++connections == 1)
      return std::make_unique<ScriptedConnection>(ScriptedConnection().expect("00A4040000", "6283"));
    return std::make_unique<ScriptedConnection>(ScriptedConnection().expect("80CA00E000", "6985"));
  });
  const auto run = run_text(std::string(kStart) + "select\ncard_connect\nget_data -identifier E0\n", access,
                            {.checked = false});
  EXPECT_THAT(run.err, Not(HasSubstr("the state CARD_LOCKED")));
  EXPECT_THAT(run.err, HasSubstr("6985"));
}

}  // namespace
}  // namespace gpsh::test
