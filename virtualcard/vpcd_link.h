// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/connection.h"

namespace gpsh::virtualcard {

/// Where pcscd's vpcd driver waits for its card, and how long the card waits for the driver.
struct VpcdAddress {
  std::string host = "localhost";
  std::uint16_t port = 35963;
  /// How long to wait for the port, at the start as after a lost connection; absent: without limit.
  std::optional<std::chrono::milliseconds> wait{};
};

/// What happens to the connection. `waiting` comes once a wait, and only when the port is not there at once.
/// `pulled`: the card threw Error (reader), as a removed one does, and is out of the reader until the next
/// connection.
enum class LinkEvent { waiting, connected, lost, pulled };

using LinkListener = std::function<void(LinkEvent)>;

/// Plays the card in the reader of a vpcd driver, until `stop` is true: messages are a length of 2 bytes
/// (high byte first) and as many bytes. A message of one byte switches power or asks for the ATR, any other
/// is a command APDU. A card that throws Error (reader) hangs up. A lost connection resets the card and is
/// made again. `stop` is looked at several times a second. Throws Error (reader): "no-vpcd" when the wait is
/// over, "unknown-host".
void serve_vpcd(Connection& card, const VpcdAddress& address, const std::atomic<bool>& stop,
                const LinkListener& listener);

}  // namespace gpsh::virtualcard
