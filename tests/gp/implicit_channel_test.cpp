// SPDX-License-Identifier: Apache-2.0
// Opening SCP02 without INITIALIZE UPDATE, from the host's side.
#include "gp/implicit_channel.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "gp/memory_ledger.h"
#include "gp/registry.h"
#include "gp/scp02.h"
#include "gp/select.h"
#include "tests/gp/session_fixture.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using testing::StartsWith;

constexpr auto kSelect = "00A4040008A000000003000000";
constexpr auto kAskCounter = "80CA00C100";
constexpr auto kKey = "404142434445464748494A4B4C4D4E4F";

const CommandApdu kGetStatus{
    .cla = 0x80, .ins = 0xF2, .p1 = 0x80, .p2 = 0x02, .data = hex("4F00"), .le = 256};

OpenRequest request() {
  const auto key = Secret::from_hex(kKey).value();
  return {.keys = {.keys = {key.clone(), key.clone(), key.clone()}},
          .level = SecurityLevel(0x01),
          .scp = 2,
          .scp_impl = 0x1A};
}

class ImplicitChannelTest : public SessionTest {
 protected:
  void select_domain() {
    card.expect(kSelect, "9000");
    select(session, Aid::from_bytes(hex("A000000003000000")));
  }
  void open(const OpenRequest& asked) {
    session.close_channel();
    open_implicit_channel(session, asked, ledger);
  }
  ErrorFacts failure(const OpenRequest& asked) {
    auto facts = thrown_error([&] {
      open(asked);
      return 0;
    });
    EXPECT_FALSE(session.channel_open());
    return facts;
  }
  /// GET STATUS as the n-th command of a channel.
  [[nodiscard]] static std::string command(int n) {
    const auto key = Secret::from_hex(kKey).value();
    const KeySet keys{key.clone(), key.clone(), key.clone()};
    const auto aid = Aid::from_bytes(hex("A000000003000000")).value();
    auto channel =
        Scp02::implicit({.keys = keys, .sequence_counter = hex("0007"), .application = aid, .i = 0x1A});
    for (int before = 1; before < n; ++before) static_cast<void>(channel.wrap(kGetStatus));
    return to_hex(channel.wrap(kGetStatus).encode());
  }
  [[nodiscard]] static std::string first_command() { return command(1); }
  int get_status() {
    static_cast<void>(session.transmit(kGetStatus, "GET STATUS"));
    return 0;
  }
  /// Opens the channel, and sends the first command, which is answered so.
  void start_with(std::string_view answer) {
    card.expect(kAskCounter, "C10200079000");
    open(request());
    expect_card_data();
    card.expect(first_command(), answer);
    get_status();
  }
  /// What is asked before an attempt where others are open.
  void expect_card_data() {
    if (ledger.open_attempts().empty()) return;
    card.expect("80CA9F7F00", "6A88").expect("80CA004500", "6A88");
  }

  MemoryLedger ledger;
};

TEST_F(ImplicitChannelTest, TheFirstCommandIsTheAuthentication) {
  select_domain();
  card.expect(kAskCounter, "C10200079000");
  open(request());
  EXPECT_THAT(ledger.open_attempts(), testing::IsEmpty()) << "nothing was proven or tried yet";
  EXPECT_EQ(remark("public-key"), nullptr);
  EXPECT_EQ(remark_text("implicit-channel"),
            "SCP02 with i=1A starts with the first command; no key is proven before it");
  card.expect(first_command(), "6A88");
  static_cast<void>(session.transmit(
      {.cla = 0x80, .ins = 0xF2, .p1 = 0x80, .p2 = 0x02, .data = hex("4F00"), .le = 256}, "GET STATUS"));
  EXPECT_EQ(ledger.open_attempts().size(), 1U);
}

TEST_F(ImplicitChannelTest, WhenTheFirstCommandIsRefusedEachOpeningCounts) {
  select_domain();
  for (std::size_t attempts = 1; attempts <= 3; ++attempts) {
    start_with("6982");
    EXPECT_EQ(ledger.open_attempts().size(), attempts);
    const auto error = thrown_error([&] { return get_status(); });
    EXPECT_EQ(error.code, "no-channel");
    EXPECT_EQ(
        error.message,
        "GET STATUS was not sent: the card refused a command of the implicit channel, and would take this "
        "one for the start of another");
    EXPECT_EQ(error.advice,
              "make sure that the keys and the -scpimpl are right, then open_sc again before this line");
    EXPECT_EQ(ledger.open_attempts().size(), attempts);
  }
}

TEST_F(ImplicitChannelTest, ARefusalOfItsDataLeavesTheFirstCommandUndecided) {
  select_domain();
  start_with("6A88");
  EXPECT_EQ(ledger.open_attempts().size(), 1U);
  card.expect(command(2), "6A80").expect(command(3), "6985").expect(command(4), "9000");
  get_status();
  get_status();
  EXPECT_EQ(ledger.open_attempts().size(), 1U) << "the same attempt";
  get_status();
  EXPECT_THAT(ledger.open_attempts(), testing::IsEmpty());
  EXPECT_TRUE(session.channel_open());
}

TEST_F(ImplicitChannelTest, AnUndecidedAttemptMayFailYet) {
  select_domain();
  start_with("6A88");
  observer.stopping = true;
  EXPECT_EQ(thrown_error([&] { return get_status(); }).code, "interrupted");
  EXPECT_EQ(ledger.open_attempts().size(), 1U) << "the first one was sent";
  observer.stopping = false;
  start_with("6A88");
  card.expect(command(2), "6982");
  get_status();
  EXPECT_EQ(ledger.open_attempts().size(), 2U);
  EXPECT_TRUE(session.channel_lost());
}

TEST_F(ImplicitChannelTest, ASecurityErrorLaterEndsIt) {
  for (const auto* sw : {"6982", "6988"}) {
    select_domain();
    start_with("9000");
    card.expect(command(2), "6985").expect(command(3), sw);
    get_status();
    EXPECT_TRUE(session.channel_open());
    get_status();
    EXPECT_TRUE(session.channel_lost()) << sw;
    EXPECT_THAT(ledger.open_attempts(), testing::IsEmpty());
  }
}

TEST_F(ImplicitChannelTest, WhatIsNotSentIsNoAttempt) {
  select_domain();
  card.expect(kAskCounter, "C10200079000");
  open(request());
  const CommandApdu too_long{.cla = 0x80, .ins = 0xE2, .data = Bytes(250)};
  EXPECT_EQ(thrown_error([&] { return session.transmit(too_long, "STORE DATA"); }).code,
            "too-long-for-channel");
  EXPECT_THAT(ledger.open_attempts(), testing::IsEmpty());
  card.expect(first_command(), "9000");
  get_status();
  EXPECT_THAT(ledger.open_attempts(), testing::IsEmpty());
}

TEST_F(ImplicitChannelTest, StoppedBeforeItsFirstCommandItIsNoAttempt) {
  select_domain();
  card.expect(kAskCounter, "C10200079000")
      .expect(kAskCounter, "C10200079000")
      .expect(first_command(), "9000");
  open(request());
  observer.stopping = true;
  EXPECT_EQ(thrown_error([&] { return get_status(); }).code, "interrupted");
  EXPECT_THAT(ledger.open_attempts(), testing::IsEmpty());
  observer.stopping = false;
  EXPECT_EQ(
      thrown_error([&] { return get_status(); }).message,
      "GET STATUS was not sent: a command before it was stopped behind its C-MAC, so the card would refuse "
      "this one");
  open(request());
  get_status();
}

TEST_F(ImplicitChannelTest, AnAcceptedFirstCommandEndsTheAttempt) {
  select_domain();
  card.expect(kAskCounter, "0007 9000");  // without its tag, as some cards answer
  open(request());
  card.expect(first_command(), "9000");
  static_cast<void>(session.transmit(
      {.cla = 0x80, .ins = 0xF2, .p1 = 0x80, .p2 = 0x02, .data = hex("4F00"), .le = 256}, "GET STATUS"));
  EXPECT_THAT(ledger.open_attempts(), testing::IsEmpty());
  EXPECT_THAT(remark_text("public-key"), StartsWith("anyone can manage this card: its keys are the Glob"));
}

TEST_F(ImplicitChannelTest, ACommandWithoutSecureMessagingEndsIt) {
  select_domain();
  card.expect(kAskCounter, "C10200079000").expect(first_command(), "9000").expect("80CA9F7F00", "6A88");
  open(request());
  const CommandApdu get_status{
      .cla = 0x80, .ins = 0xF2, .p1 = 0x80, .p2 = 0x02, .data = hex("4F00"), .le = 256};
  static_cast<void>(session.transmit(get_status, "GET STATUS"));
  note_raw_command(session, hex("80CA9F7F00"), session.transmit_raw(hex("80CA9F7F00")));
  EXPECT_EQ(remark_text("implicit-ended"),
            "a command without secure messaging ends an implicit channel: the card begins another with the "
            "next C-MAC");
  EXPECT_EQ(remark("implicit-ended")->advice, "send it with -sc 1, or open_sc again");
  const auto error = thrown_error([&] { return session.transmit(get_status, "GET STATUS"); });
  EXPECT_EQ(error.kind, ErrorKind::usage);
  EXPECT_EQ(error.code, "no-channel");
  EXPECT_EQ(error.message,
            "GET STATUS was not sent: a command without secure messaging has ended the implicit channel");
  EXPECT_EQ(error.advice, "open_sc again before this line, or send that command with -sc 1");
  EXPECT_EQ(thrown_error([&] { return session.transmit_chained(get_status, "GET STATUS"); }).code,
            "no-channel");
  card.expect(kAskCounter, "C10200089000");
  open_channel(session, request());
  EXPECT_TRUE(session.channel_open());
}

TEST_F(ImplicitChannelTest, BeforeItsFirstCommandThereIsNothingToEnd) {
  select_domain();
  card.expect(kAskCounter, "C10200079000").expect("80CA9F7F00", "6A88").expect(first_command(), "9000");
  open(request());
  note_raw_command(session, hex("80CA9F7F00"), session.transmit_raw(hex("80CA9F7F00")));
  EXPECT_EQ(remark("implicit-ended"), nullptr);
  static_cast<void>(session.transmit(
      {.cla = 0x80, .ins = 0xF2, .p1 = 0x80, .p2 = 0x02, .data = hex("4F00"), .le = 256}, "GET STATUS"));
}

TEST_F(ImplicitChannelTest, OtherCommandsLeaveItAsItIs) {
  select_domain();
  card.expect(kAskCounter, "C10200079000").expect(first_command(), "9000");
  open(request());
  static_cast<void>(session.transmit(
      {.cla = 0x80, .ins = 0xF2, .p1 = 0x80, .p2 = 0x02, .data = hex("4F00"), .le = 256}, "GET STATUS"));
  for (const auto* other : {"84CA9F7F00", "81CA9F7F00", "C0CA9F7F00", "00C0000010"}) {
    card.expect(other, "6A88");
    note_raw_command(session, hex(other), session.transmit_raw(hex(other)));
    EXPECT_TRUE(session.channel_open()) << other;
  }
  card.expect("00A4040005A000000004", "6A82");
  EXPECT_EQ(thrown_error([&] { return select(session, Aid::from_bytes(hex("A000000004"))); }).code,
            "card-status");
  EXPECT_FALSE(session.channel_open()) << "a refused SELECT is such a command";
  EXPECT_TRUE(session.channel_lost());
  card.expect("00A4040005A000000003", "9000");
  select(session, Aid::from_bytes(hex("A000000003")));
  EXPECT_FALSE(session.channel_lost());
}

TEST_F(ImplicitChannelTest, WhatItCannotDoIsSaidBeforeAnythingIsSent) {
  select_domain();
  auto asked = request();
  asked.level = SecurityLevel(0x03);
  EXPECT_EQ(failure(asked).message, "an implicit channel has security level 01 only");
  asked = request();
  asked.keys.derivation = Diversification::parse("visa2");
  const auto error = failure(asked);
  EXPECT_EQ(error.kind, ErrorKind::usage);
  EXPECT_EQ(error.message,
            "keys are derived from the answer to INITIALIZE UPDATE, which an implicit channel does not have");
  EXPECT_EQ(error.advice, "give the card's own keys, and leave out -keyDerivation");
}

TEST_F(ImplicitChannelTest, NeedsTheApplicationAndItsCounter) {
  EXPECT_EQ(failure(request()).code, "aid-unknown");
  select_domain();
  card.expect(kAskCounter, "6A88");
  EXPECT_EQ(failure(request()).code, "card-status");
  card.expect(kAskCounter, "C1030000079000");
  EXPECT_EQ(failure(request()).message, "GET DATA 00C1 gives no sequence counter of two bytes: C103000007");
  card.expect(kAskCounter, "C102FFFF9000");
  EXPECT_EQ(failure(request()).code, "counter-exhausted");
}

}  // namespace
}  // namespace gpsh::gp
