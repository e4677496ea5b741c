// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gp/channel_reading.h"
#include "tests/gp/channel_vectors.h"
#include "tests/gp/session_fixture.h"

namespace gpsh::gp {

/// What a channel at level 0 is opened with, so that its commands travel as they are and only keys are
/// encrypted.
struct KeyChannel {
  std::uint8_t protocol = 2;
  std::uint8_t i = 0x55;
  std::string_view dek = "404142434445464748494A4B4C4D4E4F";
  std::optional<std::uint8_t> key_version{};  ///< by default that of the answer
};

/// A session in whose channel keys can be put. The answers to INITIALIZE UPDATE are those of GPShell 3.0.0's
/// runs scp01-15-putkeys-1, scp02-55-putkeys-1 and scp03-70-putkeys-1, so the encrypted keys are its too.
class KeyChannelTest : public SessionTest {
 protected:
  static constexpr std::string_view kStaticKey = "404142434445464748494A4B4C4D4E4F";

  void open(const KeyChannel& wanted) {
    const ChannelKeys keys{.keys = {key_of(kStaticKey), key_of(kStaticKey), key_of(wanted.dek)}};
    const auto answer = InitializeUpdateResponse::parse(hex(answer_to(wanted.protocol)));
    const SecurityLevel level(0);
    auto started = start_protocol(
        wanted.protocol, wanted.i, level,
        {.keys = keys, .answer = answer, .host_challenge = hex(host_challenge_of(wanted.protocol))});
    static_cast<void>(std::visit([](auto& each) { return each.external_authenticate(); }, started));
    session.open_channel(SecureChannel({.protocol = wanted.protocol,
                                        .i = wanted.i,
                                        .level = level,
                                        .key_version = wanted.key_version.value_or(answer.key_version),
                                        .diversification_data = answer.diversification_data},
                                       std::move(started)));
  }

  static KeySet new_keys() {
    return {key_of("505152535455565758595A5B5C5D5E5F"), key_of("606162636465666768696A6B6C6D6E6F"),
            key_of("707172737475767778797A7B7C7D7E7F")};
  }

 private:
  static std::string_view answer_to(std::uint8_t protocol) {
    if (protocol == 1) return "00004279130C5A3E77810101F2D3DD46435A97CEA64D49F69B1ABC73";
    if (protocol == 2) return "00004279130C5A3E7781010200003D029C31C789920704987AB64449";
    return "00004279130C5A3E778101037086C8BD65FA1044EEC91B5A48BF170357000001";
  }
  static std::string_view host_challenge_of(std::uint8_t protocol) {
    if (protocol == 1) return "D5ED76E2CC2487C6";
    if (protocol == 2) return "658AB633963E6D31";
    return "8F82BA235541B36F";
  }
};

}  // namespace gpsh::gp
