// SPDX-License-Identifier: Apache-2.0
#include "gp/secure_channel.h"

#include <gtest/gtest.h>

#include "tests/gp/channel_vectors.h"

namespace gpsh::gp {
namespace {

template <class Protocol>
void expect_same(const std::string& vectors, std::size_t block) {
  const VectorSession session(test::read_vectors(vectors).at(block));
  auto protocol = opened<Protocol>(session.start());
  SecureChannel channel(
      {.protocol = Protocol::kNumber, .i = session.i, .level = SecurityLevel(session.level)},
      opened<Protocol>(session.start()));
  EXPECT_EQ(channel.info().protocol, Protocol::kNumber);
  EXPECT_EQ(channel.wrap(command_with(30)), protocol.wrap(command_with(30)));
  const ResponseApdu refusal{.data = {}, .sw = StatusWord(0x6A88)};
  EXPECT_EQ(channel.unwrap(refusal), refusal);
  static_cast<void>(protocol.unwrap(refusal));
  EXPECT_EQ(channel.response_proof(), protocol.response_proof());
  EXPECT_EQ(channel.max_plain_data(255), protocol.max_plain_data(255));
  EXPECT_EQ(channel.level(), SecurityLevel(session.level));
  EXPECT_EQ(channel.encrypt_sensitive(Bytes(16)), protocol.encrypt_sensitive(Bytes(16)));
}

TEST(SecureChannel, DoesWhatItsProtocolDoes) {
  expect_same<Scp01>("tests/data/scp01.vec", 0);
  expect_same<Scp02>("tests/data/scp02.vec", 0);
  expect_same<Scp03>("tests/data/scp03.vec", 0);
}

}  // namespace
}  // namespace gpsh::gp
