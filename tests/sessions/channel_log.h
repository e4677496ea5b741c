// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gp/channel_reading.h"
#include "tests/gp/card_side.h"

namespace gpsh::test {

/// Writes the log of a channel that gpsh's own protocols open with a card computed without them.
class ChannelLog {
 public:
  struct Channel {
    int protocol = 2;
    std::uint8_t i = 0x15;
    std::uint8_t level = 0x01;
    Bytes key = hex("404142434445464748494A4B4C4D4E4F");
    std::string derivation = "none";
    gp::EmptyData empty_data = gp::EmptyData::as_wire;
    std::size_t challenge_bytes = 8;  ///< of SCP03; S16: 16
  };

  explicit ChannelLog(const Channel& channel)
      : card_{.protocol = channel.protocol,
              .derivation = channel.derivation,
              .master = channel.key,
              .challenge_bytes = channel.challenge_bytes},
        answer_(gp::InitializeUpdateResponse::parse(card_.answer())),
        keys_(keys_of(channel)),
        protocol_(started(channel)) {
    const auto challenge = card_.host_challenge();
    pair(concat({hex("80500000"), Bytes{static_cast<std::uint8_t>(challenge.size())}, challenge, hex("00")}),
         concat({card_.answer(), hex("9000")}));
    const auto command = std::visit([](auto& each) { return each.external_authenticate(); }, protocol_);
    authenticate_ = command;
    pair(command.encode(), hex("9000"));
  }

  /// Wraps and writes a command.
  ChannelLog& command(const CommandApdu& plain, std::string_view response = "9000") {
    const auto wire = std::visit([&](auto& each) { return each.wrap(plain); }, protocol_);
    pair(wire.encode(), hex(response));
    return *this;
  }
  ChannelLog& pair(ByteView wire, ByteView response) {
    lines_.push_back("> " + to_hex(wire));
    if (!response.empty()) lines_.push_back("< " + to_hex(response));
    return *this;
  }

  [[nodiscard]] std::string text() const {
    std::string all;
    for (const auto& line : lines_) all += line + "\n";
    return all;
  }
  [[nodiscard]] std::vector<std::string>& lines() { return lines_; }
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
  [[nodiscard]] const CommandApdu& external_authenticate() const { return authenticate_; }
  [[nodiscard]] const gp::KeySet& keys() const { return keys_; }
  [[nodiscard]] const CardSide& card() const { return card_; }

 private:
  [[nodiscard]] gp::KeySet keys_of(const Channel& channel) const {
    const auto master = gp::Secret::from_bytes(channel.key);
    return gp::diversify(gp::Diversification::parse(channel.derivation), master, answer_.diversification_data,
                         static_cast<std::uint8_t>(channel.protocol));
  }
  [[nodiscard]] gp::SecureChannel::Protocols started(const Channel& channel) const {
    const auto challenge = card_.host_challenge();
    const gp::ProtocolStart start{.keys = keys_,
                                  .answer = answer_,
                                  .host_challenge = challenge,
                                  .i = answer_.i.value_or(channel.i),
                                  .level = gp::SecurityLevel(channel.level),
                                  .empty_data = channel.empty_data};
    if (channel.protocol == 1) return gp::Scp01(start);
    if (channel.protocol == 2) return gp::Scp02(start);
    return gp::Scp03(start);
  }

  CardSide card_;
  gp::InitializeUpdateResponse answer_;
  gp::KeySet keys_;
  gp::SecureChannel::Protocols protocol_;
  CommandApdu authenticate_;
  std::vector<std::string> lines_;
};

}  // namespace gpsh::test
