// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/faulty_card.h"

#include <gtest/gtest.h>

#include "tests/support/scripted_connection.h"
#include "tests/support/thrown_error.h"
#include "tests/virtualcard/channel_host.h"

namespace gpsh::virtualcard {
namespace {

using test::ScriptedConnection;
using test::thrown_error;

/// A scripted card behind the faults of a text.
class FaultyCardTest : public testing::Test {
 protected:
  FaultyCard& with(std::string_view faults) {
    faulty_.emplace(card_, parse_faults(faults), [this](auto time) { waited_ += time; });
    return *faulty_;
  }
  std::string send(std::string_view apdu) { return to_hex(faulty_->transmit(hex(apdu))); }
  std::string error_of(std::string_view apdu) {
    return std::string(thrown_error([&] { return send(apdu).size(); }).code);
  }

  ScriptedConnection card_;
  std::optional<FaultyCard> faulty_;
  std::chrono::microseconds waited_{0};
};

TEST_F(FaultyCardTest, AStatusWordComesInsteadOfTheThirdCommandWithThatIns) {
  with("sw=6985@ins:E8#3");
  card_.expect("80E80000", "9000").expect("80E20000", "9000").expect("80E80001", "9000");
  card_.expect("80E80003", "9000");
  EXPECT_EQ(send("80E80000"), "9000");
  EXPECT_EQ(send("80E20000"), "9000");
  EXPECT_EQ(send("80E80001"), "9000");
  EXPECT_EQ(send("80E80002"), "6985") << "and the card never sees it";
  EXPECT_EQ(send("80E80003"), "9000");
  EXPECT_TRUE(card_.done());
}

TEST_F(FaultyCardTest, CommandsAreCountedOverResets) {
  with("sw=6F00@2");
  card_.expect("00A4040000", "9000");
  EXPECT_EQ(send("00A4040000"), "9000");
  faulty_->reset();
  EXPECT_EQ(send("00A4040000"), "6F00");
}

TEST_F(FaultyCardTest, AnAnswerIsCutOrReplaced) {
  with("truncate=1@1,garbage=0102@2,truncate=0@3");
  for (int i = 0; i < 3; ++i) card_.expect("00A4040000", "6F009000");
  EXPECT_EQ(send("00A4040000"), "6F");
  EXPECT_EQ(send("00A4040000"), "0102");
  EXPECT_EQ(send("00A4040000"), "");
}

TEST_F(FaultyCardTest, ARemovedCardIsPutBackByAReset) {
  with("remove@2");
  card_.expect("00A4040000", "9000").expect("00A4040000", "9000");
  EXPECT_EQ(send("00A4040000"), "9000");
  EXPECT_EQ(error_of("00A4040000"), "card-removed");
  EXPECT_EQ(error_of("00A4040000"), "card-removed") << "it stays out";
  faulty_->reset();
  EXPECT_EQ(send("00A4040000"), "9000");
}

TEST_F(FaultyCardTest, AMuteCardAnswersNothingUntilAReset) {
  with("mute@1");
  card_.expect("00A4040000", "9000");
  EXPECT_EQ(error_of("00A4040000"), "timeout");
  EXPECT_EQ(error_of("00A4040000"), "timeout");
  faulty_->reset();
  EXPECT_EQ(send("00A4040000"), "9000");
}

TEST_F(FaultyCardTest, EveryByteOfASlowCardTakesItsTime) {
  with("slow=10");
  card_.expect("00A4040000", "6F009000");
  EXPECT_EQ(send("00A4040000"), "6F009000");
  EXPECT_EQ(waited_, std::chrono::microseconds(90));
}

TEST_F(FaultyCardTest, AnAnswerIsKeptForGetResponse) {
  with("t0-61@1");
  card_.expect("80CA006600", "66009000");
  EXPECT_EQ(send("80CA006600"), "6102");
  EXPECT_EQ(send("00C0000003"), "6C02");
  EXPECT_EQ(send("00C0000001"), "666101");
  EXPECT_EQ(send("00C0000001"), "009000");
}

TEST_F(FaultyCardTest, AnAnswerIsKeptForTheSameCommandWithTheRightLength) {
  with("t0-6c@1");
  card_.expect("80CA006600", "66009000").expect("80CA004502", "45009000").expect("80CA006602", "66009000");
  EXPECT_EQ(send("80CA006600"), "6C02");
  EXPECT_EQ(send("80CA006602"), "66009000") << "the card is not asked twice";
  EXPECT_EQ(send("80CA004502"), "45009000");
  EXPECT_EQ(send("80CA006602"), "66009000");
  EXPECT_TRUE(card_.done());
}

TEST_F(FaultyCardTest, AnAnswerThatIsNotFetchedAtOnceIsGone) {
  with("t0-61@1");
  card_.expect("80CA006600", "66009000").expect("80CA004500", "6A88").expect("00C0000002", "6D00");
  EXPECT_EQ(send("80CA006600"), "6102");
  EXPECT_EQ(send("80CA004500"), "6A88");
  EXPECT_EQ(send("00C0000002"), "6D00");
}

/// A host that knows the protocol, with the fault between it and the card.
class SpoiltChannel : public testing::TestWithParam<SecureChannelOptions> {};

TEST_P(SpoiltChannel, TheCardCryptogramIsWrongInOneBitAndNothingElseIs) {
  test::FixedRandom random("112233445566778899AABBCCDDEEFF00");
  const auto profile = test::profile_with(GetParam());
  const auto keys = profile.card.default_key_set();
  VirtualCard right(profile, random);
  VirtualCard wrong(profile, random);
  FaultyCard faulty(wrong, parse_faults("cryptogram"));
  const Bytes challenge(GetParam().mac_bytes(), 0x5A);
  const auto command =
      concat({hex("80500000"), Bytes{static_cast<std::uint8_t>(challenge.size())}, challenge});
  auto expected = right.transmit(command);
  const auto spoilt = faulty.transmit(command);
  ASSERT_EQ(spoilt.size(), expected.size());
  // Behind diversification data (10), key information (2, SCP03 3) and both challenges.
  const std::size_t end = GetParam().protocol == Protocol::scp03 ? 13 + 2 * challenge.size() : 28;
  expected[end - 1] ^= 0x01;
  EXPECT_EQ(to_hex(spoilt), to_hex(expected));
}

INSTANTIATE_TEST_SUITE_P(Protocols, SpoiltChannel,
                         testing::Values(SecureChannelOptions{Protocol::scp01, 0x05},
                                         SecureChannelOptions{Protocol::scp02, 0x15},
                                         SecureChannelOptions{Protocol::scp03, 0x00},
                                         SecureChannelOptions{Protocol::scp03, 0x70},
                                         SecureChannelOptions{Protocol::scp03, 0x01},
                                         SecureChannelOptions{Protocol::scp03, 0x71}));

}  // namespace
}  // namespace gpsh::virtualcard
