// SPDX-License-Identifier: Apache-2.0
// Channels whose session keys stand in the log, but for the one of R-MACs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "gp/aes.h"
#include "gp/crypto.h"
#include "gp/scp03_derivation.h"
#include "sessions/verify.h"
#include "tests/sessions/channel_log.h"
#include "tests/sessions/explain_printer.h"
#include "tests/sessions/verified_text.h"

namespace gpsh::sessions {
namespace {

using test::ChannelLog;
using test::ExplainPrinter;
using test::verified;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Bytes kUnknownKey = hex("0102030405060708090A0B0C0D0E0F10");
const CommandApdu kGetStatus{
    .cla = 0x80, .ins = 0xF2, .p1 = 0x40, .p2 = 0x02, .data = hex("4F00"), .le = 256};
const CommandApdu kDelete{.cla = 0x80, .ins = 0xE4, .data = hex("4F05A000000001"), .le = 256};
const CommandApdu kBegin{.cla = 0x80, .ins = 0x7A, .p1 = 0x10, .data = hex("00")};
const CommandApdu kEnd{.cla = 0x80, .ins = 0x78, .p2 = 0x03, .le = 256};
constexpr auto kListing = "E3134F08A0000000031010109F700107C503000000 0123456789ABCDEF 9000";

std::string explained(const std::string& log) {
  std::istringstream in(log);
  ExplainPrinter printer;
  explain_log(in, {.derivations = gp::known_diversifications()}, printer);
  return printer.text;
}

std::string session_keys_line(ByteView enc, ByteView mac) {
  return "[INFO] GPSession - Session keys: ENC=" + to_hex(enc) + " MAC=" + to_hex(mac) + "\n";
}

/// SCP02's session keys are derived from the static one and the card's counter (GPCS 2.3.1 section E.4.1).
std::string with_scp02_keys(const ChannelLog& log) {
  const gp::TripleDes cipher(gp::Secret::from_bytes(kUnknownKey));
  const auto key = [&cipher](const std::string& constant) {
    return cipher.cbc_encrypt(Bytes(8), hex(constant + "3031000000000000000000000000"));
  };
  return log.text() + session_keys_line(key("0182"), key("0101"));
}

/// SCP03's are (AmdD 1.2 section 6.2.1).
std::string with_scp03_keys(const ChannelLog& log) {
  gp::Cmac cipher(gp::Secret::from_bytes(kUnknownKey));
  const auto key = [&](gp::DerivationConstant constant) {
    return gp::derive_data(cipher,
                           {.constant = constant,
                            .bytes = 16,
                            .context = concat({log.card().host_challenge(), log.card().card_challenge()})});
  };
  return log.text() + session_keys_line(key(gp::DerivationConstant::session_enc),
                                        key(gp::DerivationConstant::session_mac));
}

TEST(VerifyUnchecked, ResponsesAreNeitherRightNorWrong) {
  ChannelLog scp02({.i = 0x35, .level = 0x13, .key = kUnknownKey});
  scp02.command(kGetStatus, kListing).command(kDelete, "0123456789ABCDEF 6A88").command(kDelete, "6985");
  ChannelLog scp03({.protocol = 3, .level = 0x13, .key = kUnknownKey});
  scp03.command(kGetStatus, kListing).command(kGetStatus, "0123456789ABCDEF 6310").command(kDelete, "6985");
  for (const auto& text : {with_scp02_keys(scp02), with_scp03_keys(scp03)}) {
    const auto found = verified(text);
    ASSERT_EQ(found.verdicts.size(), 1U);
    const auto& verdict = found.verdicts[0];
    EXPECT_EQ(verdict.keys, "session keys in the log");
    EXPECT_EQ(verdict.commands, (Tally{.total = 3, .verified = 3}));
    EXPECT_EQ(verdict.responses, std::nullopt);
    EXPECT_EQ(verdict.unchecked_responses, 2U);
    EXPECT_TRUE(verdict.right());
    EXPECT_THAT(found.wrong, IsEmpty());
  }
}

TEST(VerifyUnchecked, AMissingResponseMacIsWrongWithoutItsKeyToo) {
  ChannelLog scp02({.i = 0x35, .level = 0x11, .key = kUnknownKey});
  ChannelLog scp03({.protocol = 3, .level = 0x11, .key = kUnknownKey});
  for (auto* log : {&scp02, &scp03}) log->command(kGetStatus, kListing).command(kGetStatus, "01020304 9000");
  for (const auto& text : {with_scp02_keys(scp02), with_scp03_keys(scp03)}) {
    const auto found = verified(text);
    EXPECT_EQ(found.verdicts.at(0).responses, (Tally{.total = 1, .verified = 0}));
    EXPECT_EQ(found.verdicts[0].unchecked_responses, 1U);
    EXPECT_THAT(found.wrong, ElementsAre("GET STATUS (applications): the R-MAC is wrong"));
  }
}

TEST(VerifyUnchecked, ResponsesOfAnRMacSession) {
  ChannelLog log({.level = 0x01, .key = kUnknownKey});
  log.command(kGetStatus, "9000").command(kBegin).command(kGetStatus, kListing);
  log.command(kEnd, "0123456789ABCDEF 9000").command(kGetStatus, "9000");
  const auto found = verified(with_scp02_keys(log));
  EXPECT_EQ(found.verdicts.at(0).responses, std::nullopt);
  EXPECT_EQ(found.verdicts[0].unchecked_responses, 2U) << "that of GET STATUS and that of END R-MAC SESSION";
  EXPECT_THAT(found.wrong, IsEmpty());
}

TEST(VerifyUnchecked, ExplainTakesTheMacForNoData) {
  ChannelLog log({.i = 0x35, .level = 0x13, .key = kUnknownKey});
  log.command(kGetStatus, kListing).command(kDelete, "0123456789ABCDEF 6A88");
  const auto text = explained(with_scp02_keys(log));
  EXPECT_THAT(text, HasSubstr("  channel: C-MAC right, command data decrypted\n"
                              "  channel: R-MAC not checked: its key is not in the log\n"
                              "  answer 9000: success\n"
                              "    AID: A000000003101010\n"));
  EXPECT_THAT(text, Not(HasSubstr("0123456789ABCDEF")));
}

}  // namespace
}  // namespace gpsh::sessions
