// SPDX-License-Identifier: Apache-2.0
#include "gp/secure_messaging.h"

#include <gtest/gtest.h>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

// GPCS 2.3.1 Tables 11-11 and 11-12.
TEST(SecureMessaging, ClassBytes) {
  struct Classes {
    std::uint8_t plain, mac, wire, stripped;
  };
  for (const auto& each : {Classes{0x80, 0x84, 0x84, 0x80},
                           {0x83, 0x84, 0x87, 0x80},
                           {0x00, 0x04, 0x04, 0x00},
                           {0x84, 0x84, 0x84, 0x80},
                           {0xC0, 0x84, 0xE0, 0x80},
                           {0xCF, 0x84, 0xEF, 0x80},
                           {0xE5, 0x84, 0xE5, 0x80},
                           {0x45, 0x04, 0x65, 0x00}}) {
    EXPECT_EQ(mac_class(each.plain), each.mac) << to_hex(each.plain);
    EXPECT_EQ(wire_class(each.plain), each.wire) << to_hex(each.plain);
    EXPECT_EQ(plain_class(each.plain), each.stripped) << to_hex(each.plain);
  }
}

TEST(SecureMessaging, MostPlainData) {
  EXPECT_EQ(most_plain_data(255, {.mac_bytes = 8, .block_bytes = 0}), 247U);
  EXPECT_EQ(most_plain_data(255, {.mac_bytes = 8, .block_bytes = 8}), 239U);
  EXPECT_EQ(most_plain_data(255, {.mac_bytes = 8, .block_bytes = 16}), 239U);
  EXPECT_EQ(most_plain_data(255, {.mac_bytes = 16, .block_bytes = 0}), 239U);
  EXPECT_EQ(most_plain_data(255, {.mac_bytes = 16, .block_bytes = 16}), 223U);
  EXPECT_EQ(most_plain_data(23, {.mac_bytes = 8, .block_bytes = 16}), 0U);
  EXPECT_EQ(most_plain_data(3, {.mac_bytes = 8, .block_bytes = 0}), 0U);
}

TEST(SecureMessaging, TooLongNamesTheChannel) {
  const CommandApdu command{.cla = 0x80, .ins = 0xE8, .data = Bytes(240)};
  EXPECT_NO_THROW(require_room(command, 240, "SCP03", SecurityLevel(0x01)));
  const auto error = thrown_error([&] {
    require_room(command, 239, "SCP03", SecurityLevel(0x01));
    return 0;
  });
  EXPECT_EQ(error.kind, ErrorKind::usage);
  EXPECT_EQ(error.message, "240 bytes of command data do not fit; SCP03 with C-MAC carries 239");
  const CommandApdu extended{.cla = 0x80, .ins = 0xCA, .le = 257};
  EXPECT_EQ(thrown_error([&] {
              require_room(extended, 239, "SCP03", SecurityLevel(0x01));
              return 0;
            }).code,
            "too-long-for-channel");
}

}  // namespace
}  // namespace gpsh::gp
