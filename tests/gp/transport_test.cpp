// SPDX-License-Identifier: Apache-2.0
#include "gp/transport.h"

#include <gtest/gtest.h>

#include "tests/support/scripted_connection.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

struct Case {
  TransmissionProtocol protocol = TransmissionProtocol::t1;
  ChannelState state = ChannelState::closed;
  Wire wire = Wire::gpsh;
};

constexpr Case kT0{.protocol = TransmissionProtocol::t0};
constexpr Case kT1{};

class TransportTest : public testing::Test {
 protected:
  void TearDown() override { EXPECT_TRUE(card.done()); }
  std::string transmit(std::string_view apdu, const Case& how) {
    card.info.protocol = how.protocol;
    return to_hex(Transport(card, how.wire).transmit(hex(apdu), how.state).encode());
  }
  test::ScriptedConnection card;
};

TEST_F(TransportTest, PassesCommandAndAnswer) {
  card.expect("80CA006600", "6603010203 9000");
  EXPECT_EQ(transmit("80CA006600", kT1), "66030102039000");
}

TEST_F(TransportTest, PassesBytesThatAreNoCommand) {
  card.expect("00A4", "6700").expect("00A40400FF01", "6C10");
  EXPECT_EQ(transmit("00A4", kT0), "6700");
  EXPECT_EQ(transmit("00A40400FF01", kT0), "6C10");
}

TEST_F(TransportTest, GetResponseUntilNothingIsLeft) {
  for (const auto& how : {kT0, kT1}) {
    card.expect("00A4040000", "6102").expect("00C0000002", "0102 6101").expect("00C0000001", "03 9000");
    EXPECT_EQ(transmit("00A4040000", how), "0102039000");
  }
}

TEST_F(TransportTest, DataBeforeTheFirst61IsKept) {
  card.expect("80CA006600", "0102 6100").expect("00C0000000", "03 9000");
  EXPECT_EQ(transmit("80CA006600", kT1), "0102039000");
}

TEST_F(TransportTest, OldCardsSay9FToACommandWithLe) {
  card.expect("A0A40000023F0000", "9F02").expect("00C0000002", "0102 9000");
  EXPECT_EQ(transmit("A0A40000023F0000", kT0), "01029000");
}

TEST_F(TransportTest, WithoutLeTheScriptFetches9FItself) {
  card.expect("A0A40000023F00", "9F02").expect("A0C0000002", "0102 9000");
  EXPECT_EQ(transmit("A0A40000023F00", kT0), "9F02");
  EXPECT_EQ(transmit("A0C0000002", kT0), "01029000");
}

TEST_F(TransportTest, The9FStandsWhereGetResponseIsNotKnown) {
  card.expect("A0A40000023F0000", "9F02").expect("00C0000002", "6E00");
  EXPECT_EQ(transmit("A0A40000023F0000", kT0), "9F02");
  card.expect("A0A40000023F0000", "9F02");
  EXPECT_EQ(transmit("A0A40000023F0000", kT1), "9F02");
}

TEST_F(TransportTest, TheStatusOfGetResponseCountsForWhatOnlyReads) {
  card.expect("00A4040000", "6110").expect("00C0000010", "6985");
  EXPECT_EQ(transmit("00A4040000", kT1), "6985");
}

TEST_F(TransportTest, ARefusedGetResponseIsNoRefusalOfTheCommand) {
  for (const auto& how : {kT0, kT1}) {
    for (const auto* command : {"80E60C0001AA00", "80D8008101AA00", "80E4000001AA00",
                                "80500000080000000000000000"
                                "00"}) {
      card.expect(command, "6110").expect("00C0000010", "6D00");
      const auto error = test::thrown_error([&] { return transmit(command, how); });
      EXPECT_EQ(error.kind, ErrorKind::card);
      EXPECT_EQ(error.code, "answer-not-fetched");
      EXPECT_EQ(error.message,
                "the card accepted the command (6110), but its answer could not be fetched: GET RESPONSE was "
                "refused with 6D00");
      EXPECT_EQ(error.advice, "the card has done the command: look what is on it before sending it again");
      ASSERT_TRUE(error.exchange);
      EXPECT_EQ(error.exchange->sw, StatusWord(0x6D00));
    }
  }
}

TEST_F(TransportTest, AWarningOfGetResponseIsTheCommandsOwn) {
  card.expect("80E20001 01AA 00", "6101").expect("00C0000001", "03 6310");
  EXPECT_EQ(transmit("80E2000101AA00", kT1), "036310");
}

TEST_F(TransportTest, WrongLeInGetResponse) {
  card.expect("00A4040000", "6110").expect("00C0000010", "6C02").expect("00C0000002", "0102 9000");
  EXPECT_EQ(transmit("00A4040000", kT0), "01029000");
}

TEST_F(TransportTest, EndlessDataIsStopped) {
  for (std::size_t at = 0; at < 65536 / 256 + 1; ++at) {
    card.expect(at == 0 ? "00A4040000" : "00C0000000", to_hex(Bytes(256)) + "6100");
  }
  EXPECT_EQ(test::thrown_error([&] { return transmit("00A4040000", kT1); }).code, "bad-response");
}

TEST_F(TransportTest, EndlessRoundsWithoutDataAreStopped) {
  card.expect("00A4040000", "6100");
  for (int round = 0; round <= Transport::kMaxRounds; ++round) card.expect("00C0000000", "6100");
  EXPECT_EQ(test::thrown_error([&] { return transmit("00A4040000", kT1); }).code, "bad-response");
}

TEST_F(TransportTest, WrongLeOnT0IsTheSameCommandAgain) {
  for (const auto state : {ChannelState::closed, ChannelState::open}) {
    card.expect("80CA006600", "6C03").expect("80CA006603", "010203 9000");
    EXPECT_EQ(transmit("80CA006600", {.protocol = TransmissionProtocol::t0, .state = state}), "0102039000");
  }
}

TEST_F(TransportTest, WrongLeOnT0WithDataIsLeftAlone) {
  card.expect("80F22000024F0000", "6C03");
  EXPECT_EQ(transmit("80F22000024F0000", kT0), "6C03");
}

TEST_F(TransportTest, WrongLeOnT1IsRepeatedOnceWithoutChannel) {
  card.expect("80F22000024F0000", "6C03").expect("80F22000024F0003", "6C04");
  EXPECT_EQ(transmit("80F22000024F0000", kT1), "6C04");
}

TEST_F(TransportTest, WrongLeOnT1RepeatsNothingButWhatReads) {
  for (const auto* command : {"80E40000044F02AABB00", "80E6020001AA00", "80D8000001AA00", "80E2900001AA00",
                              "80F0800700", "8050000008000000000000000000", "0088000001AA00"}) {
    card.expect(command, "6C1C");
    EXPECT_EQ(transmit(command, kT1), "6C1C");
  }
  card.expect("0084000008", "6C04").expect("0084000004", "01020304 9000");
  EXPECT_EQ(transmit("0084000008", kT1), "010203049000");
}

TEST_F(TransportTest, WrongLeOnT1IsLeftAloneInsideAChannelAndOnGpshellsWire) {
  card.expect("80CA006600", "6C03").expect("80CA006600", "6C03");
  EXPECT_EQ(transmit("80CA006600", {.state = ChannelState::open}), "6C03");
  EXPECT_EQ(transmit("80CA006600", {.wire = Wire::gpshell}), "6C03");
}

TEST_F(TransportTest, WrongLeToACommandWithoutLe) {
  card.expect("00A4040001A0", "6C03");
  EXPECT_EQ(transmit("00A4040001A0", kT1), "6C03");
}

TEST_F(TransportTest, MoreThanAskedForIsCut) {
  card.expect("00B0000002", "6C04").expect("00B0000004", "01020304 9000");
  EXPECT_EQ(transmit("00B0000002", kT0), "01029000");
}

TEST_F(TransportTest, DataHeldBackOnT0IsFetched) {
  card.expect("8050000008 0000000000000000 00", "9000")
      .expect("00C0000000", "6C02")
      .expect("00C0000002", "0102 9000");
  EXPECT_EQ(transmit("8050000008000000000000000000", kT0), "01029000");
}

TEST_F(TransportTest, SuccessStandsWhenNothingWasHeldBack) {
  card.expect("80F22000024F0000", "9000").expect("00C0000000", "6985");
  EXPECT_EQ(transmit("80F22000024F0000", kT0), "9000");
}

TEST_F(TransportTest, NothingIsFetchedWhereNoDataIsDue) {
  card.expect("80E60200010000", "9000").expect("80F22000024F00", "9000").expect("80CA006600", "9000");
  EXPECT_EQ(transmit("80E60200010000", kT0), "9000") << "INSTALL may answer nothing";
  EXPECT_EQ(transmit("80F22000024F00", kT0), "9000") << "no Le";
  EXPECT_EQ(transmit("80CA006600", kT0), "9000") << "case 2";
}

TEST_F(TransportTest, NothingIsFetchedOnT1OrInsideAChannel) {
  card.expect("80F22000024F0000", "9000").expect("84F22000024F0000", "9000");
  EXPECT_EQ(transmit("80F22000024F0000", kT1), "9000");
  EXPECT_EQ(transmit("84F22000024F0000", {.protocol = TransmissionProtocol::t0, .state = ChannelState::open}),
            "9000");
}

TEST_F(TransportTest, AnAnswerWithoutStatusWord) {
  card.expect("80CA006600", "90").expect("80CA006600", "");
  EXPECT_EQ(test::thrown_error([&] { return transmit("80CA006600", kT1); }).code, "short-response");
  EXPECT_EQ(test::thrown_error([&] { return transmit("80CA006600", kT1); }).code, "short-response");
}

}  // namespace
}  // namespace gpsh::gp
