// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/apdu.h"
#include "core/connection.h"
#include "gp/wire.h"

namespace gpsh::gp {

/// Whether secure messaging is on its way: commands of a channel must not be repeated as they are.
enum class ChannelState { closed, open };

/// What went over the wire: APDUs, GET RESPONSE and repeats included, and their bytes.
struct WireCost {
  std::size_t apdus = 0;
  std::size_t sent = 0;      ///< bytes of the commands
  std::size_t received = 0;  ///< bytes of the responses, status words included

  friend bool operator==(const WireCost&, const WireCost&) = default;
  friend WireCost operator+(const WireCost& one, const WireCost& other) {
    return {one.apdus + other.apdus, one.sent + other.sent, one.received + other.received};
  }
  friend WireCost operator-(const WireCost& later, const WireCost& earlier) {
    return {later.apdus - earlier.apdus, later.sent - earlier.sent, later.received - earlier.received};
  }
};

/// Moves one command APDU and everything ISO/IEC 7816-3 puts behind it: GET RESPONSE for 61xx and, where a
/// command with Le is answered so on T=0, 9Fxx; the right Le for 6Cxx. On T=1 only what reads is sent again
/// with it: the card may have done the command. Knows nothing of keys. Does not own the connection.
class Transport {
 public:
  /// An answer put together from GET RESPONSE is cut off here.
  static constexpr std::size_t kMaxJoinedBytes = 65536;
  static constexpr int kMaxRounds = 1024;

  Transport(Connection& connection, Wire wire) : connection_(connection), wire_(wire) {}

  /// `apdu` goes out as it is. Returns all data with the last status word. Throws Error (reader) of the
  /// connection, Error (card, "bad-response") when the card offers data without end, Error (card,
  /// "short-response") for an answer without status word, Error (card, "answer-not-fetched") where a command
  /// that does more than read was accepted (61xx) and GET RESPONSE refused.
  [[nodiscard]] ResponseApdu transmit(ByteView apdu, ChannelState state);

  /// Since the beginning; a command that got no answer counts as sent.
  [[nodiscard]] const WireCost& cost() const { return cost_; }

 private:
  [[nodiscard]] ResponseApdu exchange(ByteView apdu);
  [[nodiscard]] ResponseApdu with_right_le(ByteView apdu, ResponseApdu response, ChannelState state);
  [[nodiscard]] ResponseApdu get_response(std::uint32_t le);
  [[nodiscard]] ResponseApdu collect(ResponseApdu response);
  [[nodiscard]] ResponseApdu fetch_answer(ByteView apdu, ResponseApdu accepted);
  [[nodiscard]] ResponseApdu fetch_announced(ByteView apdu, ResponseApdu response);
  [[nodiscard]] ResponseApdu fetch_held_back(ByteView apdu, ResponseApdu response, ChannelState state);
  [[nodiscard]] TransmissionProtocol protocol() const { return connection_.describe().protocol; }

  Connection& connection_;
  Wire wire_;
  WireCost cost_{};
};

}  // namespace gpsh::gp
