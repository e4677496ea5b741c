// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "core/apdu.h"
#include "gp/protocol_start.h"
#include "tests/support/vector_file.h"

namespace gpsh::gp {

inline Secret key_of(std::string_view text) {
  return Secret::from_hex(text).value();
}

/// Owns what a ProtocolStart refers to.
struct VectorSession {
  KeySet keys;
  InitializeUpdateResponse answer;
  Bytes host_challenge;
  std::uint8_t i;
  std::uint8_t level;

  explicit VectorSession(const test::VectorBlock& block)
      : keys{key_of(block.text("enc")), key_of(block.text("mac")), key_of(block.text("dek"))},
        answer(InitializeUpdateResponse::parse(block.bytes("answer"))),
        host_challenge(block.bytes("host_challenge")),
        i(block.bytes("i").at(0)),
        level(block.bytes("level").at(0)) {}

  [[nodiscard]] ProtocolStart start() const { return start(i, level); }
  [[nodiscard]] ProtocolStart start(std::uint8_t as_i, std::uint8_t at_level, Wire wire = Wire::gpsh) const {
    return {.keys = keys,
            .answer = answer,
            .host_challenge = host_challenge,
            .i = as_i,
            .level = SecurityLevel(at_level),
            .wire = wire};
  }
};

/// A protocol after EXTERNAL AUTHENTICATE.
template <class Protocol>
[[nodiscard]] Protocol opened(const ProtocolStart& start) {
  Protocol protocol(start);
  static_cast<void>(protocol.external_authenticate());
  return protocol;
}

/// "A -> B" as its two halves.
inline std::pair<Bytes, Bytes> arrow(const std::string& line) {
  const auto at = line.find(" -> ");
  if (at == std::string::npos) throw std::runtime_error("no arrow in " + line);
  return {hex(line.substr(0, at)), hex(line.substr(at + 4))};
}

/// Sends the commands of a block and takes its responses, in the order of the file.
template <class Protocol>
void run_exchanges(Protocol& channel, const test::VectorBlock& block) {
  for (const auto& [what, line] : block.entries) {
    if (what != "command" && what != "response") continue;
    const auto [from, to] = arrow(line);
    if (what == "command") {
      EXPECT_EQ(to_hex(channel.wrap(CommandApdu::parse(from)).encode()), to_hex(to));
    } else {
      EXPECT_EQ(to_hex(channel.unwrap(ResponseApdu::parse(from)).encode()), to_hex(to));
    }
  }
}

inline std::string block_name(const testing::TestParamInfo<test::VectorBlock>& info) {
  std::string name;
  std::ranges::copy_if(info.param.name, std::back_inserter(name),
                       [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; });
  return name;
}

inline CommandApdu command_with(std::size_t bytes) {
  return {.cla = 0x80, .ins = 0xE8, .data = Bytes(bytes, 0xA5)};
}

}  // namespace gpsh::gp
