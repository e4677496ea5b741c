// SPDX-License-Identifier: Apache-2.0
// What stops the opening of a channel, and the words for it.
#include "core/error.h"
#include "gp/memory_ledger.h"
#include "gp/opening.h"
#include "tests/gp/open_channel_fixture.h"

namespace gpsh::gp {
namespace {

using OpenChannelRefused = OpenChannelTest;

// ScriptedConnection fails on any command that is not expected.

TEST_F(OpenChannelRefused, TheHostIsRefused) {
  card.expect(kInitializeUpdate, kAnswer).expect(kExternalAuthenticate, "6300");
  const auto error = failure(told_request());
  EXPECT_EQ(error.kind, ErrorKind::card);
  EXPECT_EQ(error.message, "EXTERNAL AUTHENTICATE was refused: 6300, the card rejected the host cryptogram");
}

TEST_F(OpenChannelRefused, UnknownKeyVersionListsThoseThatAreThere) {
  card.expect(kInitializeUpdate, "6A88")
      .expect("80CA00E000", "E012 C00401FF8010 C00402FF8010 C00403208010 9000");
  EXPECT_EQ(failure(told_request()).advice,
            "the card has keys of version FF, 20 (hex): say which with -keyver");
  card.expect(kInitializeUpdate, "6A88").expect("80CA00E000", "6A88");
  EXPECT_EQ(failure(told_request()).advice, "the card has no key set of this version: try -keyver 0");
}

TEST_F(OpenChannelRefused, ACardThatStartsImplicitlySaysWhatToType) {
  constexpr auto kImplicit =
      "the card announces SCP02 with i=1A, which opens without INITIALIZE UPDATE: write open_sc -scp 2 "
      "-scpimpl 0x1A -security 1 with the card's own keys";
  constexpr auto kCardData = "660F730D 640B06092A864886FC6B04021A 9000";
  for (const auto* sw : {"6D00", "6E00"}) {
    card.expect(kAskCardData, kCardData).expect(kInitializeUpdate, sw);
    EXPECT_EQ(failure(request()).advice, kImplicit);
    card.expect(kInitializeUpdate, sw).expect(kAskCardData, kCardData);  // the options left it unasked
    EXPECT_EQ(failure(told_request()).advice, kImplicit);
    card.expect(kInitializeUpdate, sw).expect(kAskCardData, "6A88");
    EXPECT_EQ(failure(told_request()).advice,
              "the selected application does not know it: select the security domain first");
  }
}

TEST_F(OpenChannelRefused, RefusedInitializeUpdateInWords) {
  struct Refusal {
    const char* sw;
    const char* message;
    const char* advice;
  };
  for (const auto& [sw, message, advice] :
       {Refusal{"6982", "security status not satisfied: authentication may be blocked", "do not repeat it"},
        Refusal{"6983", "authentication method blocked", "stop; repeating it does not help"},
        Refusal{"6985", "conditions of use not satisfied",
                "the sequence counter of this key set may be exhausted"}}) {
    card.expect(kInitializeUpdate, sw);
    const auto error = failure(told_request());
    EXPECT_EQ(error.message, std::string("INITIALIZE UPDATE was refused: ") + sw + ", " + message);
    EXPECT_EQ(error.advice, advice);
  }
}

TEST_F(OpenChannelRefused, RefusedExternalAuthenticateInWords) {
  struct Refusal {
    const char* sw;
    const char* message;
    const char* advice;
  };
  for (const auto& [sw, message, advice] :
       {Refusal{
            "6300", "the card rejected the host cryptogram",
            "the key that makes the host cryptogram is proven: the MAC key may be wrong, or the card refuses "
            "for a reason of its own; every further try may bring the card nearer to its lock"},
        Refusal{"6982",
                "security status not satisfied: the MAC of the command is wrong or authentication is blocked",
                "do not repeat it before the keys are known to be right"},
        Refusal{"6985", "conditions of use not satisfied",
                "the card knows of no INITIALIZE UPDATE before this"},
        Refusal{"6A86", "incorrect parameters P1, P2", "the card does not know this security level"}}) {
    card.expect(kInitializeUpdate, kAnswer).expect(kExternalAuthenticate, sw);
    const auto error = failure(told_request());
    EXPECT_EQ(error.message, std::string("EXTERNAL AUTHENTICATE was refused: ") + sw + ", " + message);
    EXPECT_EQ(error.advice, advice);
  }
}

TEST_F(OpenChannelRefused, InitializeUpdateIsNotRepeatedWithAnotherLe) {
  MemoryLedger ledger;
  auto open = told_request();
  open.ledger = &ledger;
  card.expect(kInitializeUpdate, "6C1C");
  EXPECT_EQ(failure(open).message, "INITIALIZE UPDATE was refused: 6C1C, wrong Le, the exact length is 28");
  EXPECT_EQ(ledger.open_attempts().size(), 1U);
}

TEST_F(OpenChannelRefused, AnInitializeUpdateThatWasAcceptedCounts) {
  MemoryLedger ledger;
  auto open = told_request();
  open.ledger = &ledger;
  card.expect(kInitializeUpdate, "611C").expect("00C000001C", "6D00");
  EXPECT_EQ(failure(open).code, "answer-not-fetched");
  EXPECT_EQ(ledger.open_attempts().size(), 1U);
}

TEST_F(OpenChannelRefused, AnInitializeUpdateThatWasNotSentDoesNot) {
  MemoryLedger ledger;
  auto open = told_request();
  open.ledger = &ledger;
  observer.stopping = true;
  EXPECT_EQ(failure(open).code, "interrupted");
  EXPECT_TRUE(ledger.open_attempts().empty());
}

TEST_F(OpenChannelRefused, RefusedShortChallengeIsTriedLongOnce) {
  card.expect(kAskCardData, "6A88").expect(kInitializeUpdate, "6700");
  card.expect("8050000010 266C8E3C10693905266C8E3C10693905 00", "6700");
  EXPECT_EQ(failure(request()).code, "card-status");
}

TEST_F(OpenChannelRefused, EveryTamperedByteOfTheAnswerStopsIt) {
  const auto answer = hex(kAnswer);
  for (std::size_t at = 12; at < 28; ++at) {
    auto tampered = answer;
    tampered.at(at) ^= 0x01;
    card.expect(kInitializeUpdate, to_hex(tampered));
    EXPECT_EQ(failure(told_request()).code, "card-cryptogram") << "byte " << at;
  }
}

TEST_F(OpenChannelRefused, AnswersOfOtherLengths) {
  const auto answer = hex(kAnswer);
  for (std::size_t size = 0; size < 28; ++size) {
    card.expect(kInitializeUpdate, to_hex(ByteView(answer).first(size)) + "9000");
    EXPECT_EQ(failure(told_request()).code, "bad-response") << size;
  }
}

TEST_F(OpenChannelRefused, AKeyOfAnotherLengthIsFoundBeforeExternalAuthenticate) {
  card.expect(kInitializeUpdate, kAnswer);
  const auto error = failure(told_request("404142434445464748494A4B4C4D4E4F4041424344454647"));
  EXPECT_EQ(error.code, "key-length");
}

TEST_F(OpenChannelRefused, DoctorNamesWhatFits) {
  card.expect(kInitializeUpdate, kAnswer);
  auto open = told_request();
  open.keys.derivation = Diversification::parse("visa2");
  const auto error = failure(open);
  EXPECT_EQ(error.code, "card-cryptogram");
  EXPECT_EQ(
      error.advice,
      "SCP02 with your key: leave out -keyDerivation; the card has proven that it knows the ENC key; MAC "
      "and DEK are unproven; EXTERNAL AUTHENTICATE was not sent");
}

TEST_F(OpenChannelRefused, DoctorNamesWhatFitsBesideWrongOptions) {
  card.expect(kInitializeUpdate, kAnswer);
  auto open = told_request("47454D5850524553534F53414D504C45");
  open.scp = 1;
  open.scp_impl = 0x05;
  EXPECT_EQ(
      failure(open).advice,
      "SCP02 with the GlobalPlatform test key 404142434445464748494A4B4C4D4E4F: leave out -scp and "
      "-scpimpl; give it as -key; the card has proven that it knows the ENC key; MAC and DEK are unproven; "
      "EXTERNAL AUTHENTICATE was not sent");
}

TEST_F(OpenChannelRefused, NothingIsSentWithoutKeys) {
  auto open = told_request();
  open.keys.keys.mac = Secret();
  EXPECT_EQ(failure(open).code, "key-missing");
  open.keys = {};
  EXPECT_EQ(failure(open).message, "a secure channel needs the ENC key");
}

TEST_F(OpenChannelRefused, NothingIsSentForWhatDoesNotExist) {
  auto open = told_request();
  open.level = SecurityLevel(0x05);
  EXPECT_EQ(failure(open).message, "there is no security level 05");
  open = told_request();
  open.scp_impl = 0x0D;
  EXPECT_EQ(failure(open).message, "there is no SCP02 with i=0D");
  open.scp = 17;
  EXPECT_EQ(failure(open).message, "there is no SCP17 with i=0D");
}

TEST_F(OpenChannelRefused, LevelThatTheImplementationDoesNotCover) {
  card.expect(kAskCardData, "6A88").expect(kInitializeUpdate, kAnswer);
  auto open = request();
  open.level = SecurityLevel(0x11);
  const auto error = failure(open);
  EXPECT_EQ(error.kind, ErrorKind::security) << "the card said it, not the script";
  EXPECT_EQ(error.code, "level-not-covered");
  EXPECT_EQ(error.message, "SCP02 with i=15 has no security level 11 (C-MAC + R-MAC)");
  EXPECT_EQ(error.advice,
            "use -security 1 or 3; if the card can do more all the same, say so with -scp and -scpimpl; "
            "EXTERNAL AUTHENTICATE was not sent");
}

// AmdD 1.2 Table 5-1: i=20 has R-MAC without R-ENC.
TEST(LevelNotCovered, NamesTheLevelsThatTheImplementationHas) {
  const auto error = test::thrown_error([] {
    return covering_implementation({.protocol = 3, .implementation = {.i = 0x20}},
                                   {.level = SecurityLevel(0x33)});
  });
  EXPECT_EQ(error.message, "SCP03 with i=20 has no security level 33 (C-MAC + C-DEC + R-MAC + R-ENC)");
  EXPECT_EQ(error.advice,
            "use -security 1, 3, 17 or 19; if the card can do more all the same, say so with -scp and "
            "-scpimpl; EXTERNAL AUTHENTICATE was not sent");
  EXPECT_EQ(level_advice(3, 0x00), "use -security 1 or 3");
  EXPECT_EQ(level_advice(3, 0x60), "use -security 1, 3, 17, 19 or 51");
  EXPECT_EQ(level_advice(2, 0x35), "use -security 1, 3, 17 or 19");
  EXPECT_EQ(level_advice(2, 0x0A), "use -security 1");
  EXPECT_EQ(level_advice(2, std::nullopt), "use -security 1, 3, 17 or 19") << "some i has R-MAC";
  EXPECT_EQ(level_advice(1, std::nullopt), "use -security 1 or 3");
}

TEST_F(OpenChannelRefused, NothingIsSentForALevelThatTheOptionsRuleOut) {
  auto open = told_request();
  open.level = SecurityLevel(0x13);
  auto error = failure(open);
  EXPECT_EQ(error.code, "level-not-covered");
  EXPECT_EQ(error.message, "SCP02 with i=15 has no security level 13 (C-MAC + C-DEC + R-MAC)");
  EXPECT_EQ(error.advice, "use -security 1 or 3, or leave out -scp and -scpimpl; nothing was sent");
  open.scp_impl.reset();
  open.level = SecurityLevel(0x33);
  EXPECT_EQ(failure(open).message, "SCP02 has no security level 33 (C-MAC + C-DEC + R-MAC + R-ENC)");
  open = request();
  open.mode = CardMode::open_platform_201;
  open.level = SecurityLevel(0x11);
  error = failure(open);
  EXPECT_EQ(error.message, "SCP01 has no security level 11 (C-MAC + R-MAC)");
  EXPECT_EQ(error.advice, "use -security 1 or 3, or put mode_211 before card_connect; nothing was sent");
}

TEST_F(OpenChannelRefused, AWrongEncKeyIsFoundBeforeTheCardCanCountIt) {
  card.expect(kInitializeUpdate, kAnswer);
  const auto error = failure(told_request("47454D5850524553534F53414D504C45"));
  EXPECT_EQ(error.kind, ErrorKind::security);
  EXPECT_EQ(error.code, "card-cryptogram");
  EXPECT_EQ(
      error.message,
      "the card cryptogram is not what the ENC key gives (SCP02, key version FF); ENC, MAC and DEK are all "
      "unproven");
}

}  // namespace
}  // namespace gpsh::gp
