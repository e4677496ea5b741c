// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gp/open_channel.h"
#include "tests/gp/session_fixture.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {

inline constexpr auto kDefaultKey = "404142434445464748494A4B4C4D4E4F";

// Recording seed-04: a JCOP J2A040, level 3.
inline constexpr auto kSelect = "00A4040008A000000003000000";
inline constexpr auto kFci =
    "6F65 8408A000000003000000 A559 9F6501FF 9F6E06479100783300 734A 06072A864886FC6B01 "
    "600C060A2A864886FC6B02020101 "
    "63090607 2A864886FC6B03 640B06092A864886FC6B040215 650B06092B8510864864020103 "
    "660C060A2B060104012A026E0102 9000";
inline constexpr auto kAskCardData = "80CA006600";
inline constexpr auto kInitializeUpdate = "8050000008 266C8E3C10693905 00";
inline constexpr auto kAnswer = "00001202102560956619 FF02 0002598DD3961BFD CC97F9DF4F2A6CE2 9000";
inline constexpr auto kExternalAuthenticate = "84820300105F64BB103F4F871921489BA9BF0BF834";

inline Secret key(std::string_view text) {
  return Secret::from_hex(text).value();
}

inline OpenRequest request(std::string_view all_keys = kDefaultKey) {
  return {.keys = {.keys = {key(all_keys), key(all_keys), key(all_keys)}}, .level = SecurityLevel(0x03)};
}

inline OpenRequest told_request(std::string_view all_keys = kDefaultKey) {
  auto told = request(all_keys);
  told.scp = 2;
  told.scp_impl = 0x15;
  return told;
}

/// The answer with another protocol byte.
inline std::string answer_naming(std::uint8_t protocol) {
  auto bytes = hex(kAnswer);
  bytes.at(11) = protocol;
  return to_hex(bytes);
}

class OpenChannelTest : public SessionTest {
 protected:
  ErrorFacts failure(const OpenRequest& open) {
    auto facts = test::thrown_error([&] {
      open_channel(session, open);
      return 0;
    });
    EXPECT_FALSE(session.channel_open()) << "a failed open leaves no channel";
    return facts;
  }
};

}  // namespace gpsh::gp
