// SPDX-License-Identifier: Apache-2.0
#include "gp/store_data.h"

#include <array>

#include "tests/gp/channel_vectors.h"
#include "tests/gp/session_fixture.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

class StoreDataTest : public SessionTest {};

TEST_F(StoreDataTest, OneBlock) {
  card.expect("80E2900005 4203112233", "9000");
  EXPECT_TRUE(store_data(session, {.data = hex("4203112233"), .format = 0x10}).empty());
}

TEST_F(StoreDataTest, NothingIsOneBlockToo) {
  card.expect("80E2800000", "9000");
  store_data(session, {});
}

TEST_F(StoreDataTest, AnswerIsAskedForInTheLastBlock) {
  Bytes data(300, 0xAA);
  card.expect("80E26900FF" + to_hex(ByteView(data).first(255)), "9000")
      .expect("80E2E9012D" + to_hex(ByteView(data).last(45)) + "00", "0102 9000");
  EXPECT_EQ(store_data(session,
                       {.data = data, .format = 0x08, .encryption = 0x60, .answer = StoredAnswer::expected}),
            hex("0102"));
}

TEST_F(StoreDataTest, ALostAnswerSaysWhatWasTaken) {
  const Bytes data(600, 0x11);
  const std::array blocks = {"80E20000FF" + to_hex(ByteView(data).first(255)),
                             "80E20001FF" + to_hex(ByteView(data).first(255)),
                             "80E280025A" + to_hex(ByteView(data).first(90))};
  const std::array<std::string, 3> taken = {
      "whether the card took block 0 is not known",
      "block 0 was taken, whether the card took block 1 is not known",
      "blocks 0 to 1 were taken, whether the card took block 2 is not known"};
  for (std::size_t lost = 0; lost < blocks.size(); ++lost) {
    for (std::size_t number = 0; number < lost; ++number) card.expect(blocks.at(number), "9000");
    card.expect(blocks.at(lost), "");
    EXPECT_TRUE(thrown_error([&] { return store_data(session, {.data = data}); })
                    .advice.ends_with(taken.at(lost) +
                                      ": begin again, for an application with install_for_personalization"));
  }
}

TEST_F(StoreDataTest, WholeBlocksHaveNoEmptyOneBehind) {
  const Bytes data(510, 0x11);
  card.expect("80E20000FF" + to_hex(ByteView(data).first(255)), "9000")
      .expect("80E28001FF" + to_hex(ByteView(data).last(255)), "9000");
  store_data(session, {.data = data});
}

TEST_F(StoreDataTest, CardsOwnLimitCutsToo) {
  session.set_selection({.fci = hex("6F07A5059F65020040")});
  const Bytes data(65, 0x22);
  card.expect("80E2000040" + to_hex(ByteView(data).first(64)), "9000").expect("80E280010122", "9000");
  store_data(session, {.data = data});
}

TEST_F(StoreDataTest, RefusalEndsIt) {
  const Bytes data(600, 0x33);
  card.expect("80E20000FF" + to_hex(ByteView(data).first(255)), "6A80");
  const auto error = thrown_error([&] { return store_data(session, {.data = data}); });
  EXPECT_EQ(error.code, "card-status");
  EXPECT_TRUE(error.message.starts_with("STORE DATA was refused: 6A80")) << error.message;
}

TEST_F(StoreDataTest, MoreThan256BlocksAreRefusedBeforeTheFirst) {
  const auto error = thrown_error([&] { return store_data(session, {.data = Bytes(65281)}); });
  EXPECT_EQ(error.code, "data-too-long");
  EXPECT_EQ(error.message, "65281 bytes do not fit into 256 blocks of 255 bytes");
  EXPECT_TRUE(observer.lines.empty());
}

class StoreDataOnGpshellsWire : public SessionTest {
 protected:
  StoreDataOnGpshellsWire() : SessionTest(Wire::gpshell) {}
};

// GPShell has a shorter limit for LOAD, none for STORE DATA (reference sections 4.7 and 4.8).
TEST_F(StoreDataOnGpshellsWire, WhatFitsIsOneApdu) {
  const VectorSession vector(test::read_vectors("tests/data/scp03.vec").at(3));
  const Bytes data(239, 0x44);
  session.open_channel(
      {{.protocol = 3, .i = 0x70, .level = SecurityLevel(3)}, opened<Scp03>(vector.start(0x70, 3))});
  auto same = opened<Scp03>(vector.start(0x70, 3));
  const auto wrapped = same.wrap({.cla = 0x80, .ins = 0xE2, .p1 = 0x80, .data = data});
  ASSERT_EQ(wrapped.data.size(), 248U);
  card.expect(to_hex(wrapped.encode()), "9000");
  store_data(session, {.data = data});
}

}  // namespace
}  // namespace gpsh::gp
