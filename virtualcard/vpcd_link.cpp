// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/vpcd_link.h"

#include <thread>

#include "core/error.h"
#include "virtualcard/tcp_stream.h"

namespace gpsh::virtualcard {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kBetweenAttempts = std::chrono::milliseconds(100);
constexpr std::size_t kMaxMessageBytes = 0xFFFF;

// Messages of one byte: the driver's requests to the card's hardware.
constexpr std::uint8_t kPowerOff = 0x00;
constexpr std::uint8_t kPowerOn = 0x01;
constexpr std::uint8_t kReset = 0x02;
constexpr std::uint8_t kSendAtr = 0x04;

[[noreturn]] void nobody_there(const VpcdAddress& address) {
  throw Error(
      {.kind = ErrorKind::reader,
       .code = "no-vpcd",
       .message = "no vpcd driver listens at " + address.host + " port " + std::to_string(address.port),
       .advice = "start pcscd with the vpcd driver, or wait longer"});
}

/// Nothing when `stop` came first.
std::optional<TcpStream> wait_for_driver(const VpcdAddress& address, const std::atomic<bool>& stop,
                                         const LinkListener& listener) {
  const auto start = Clock::now();
  bool told = false;
  while (!stop.load()) {
    if (auto stream = TcpStream::connect(address.host, address.port, stop)) return stream;
    if (!told) listener(LinkEvent::waiting);
    told = true;
    if (address.wait && Clock::now() - start >= *address.wait && !stop.load()) nobody_there(address);
    std::this_thread::sleep_for(kBetweenAttempts);
  }
  return std::nullopt;
}

bool send_message(TcpStream& stream, ByteView payload) {
  if (payload.size() > kMaxMessageBytes) return false;
  Bytes message{static_cast<std::uint8_t>(payload.size() >> 8), static_cast<std::uint8_t>(payload.size())};
  append(message, payload);
  return stream.write(message);
}

/// Nothing when the connection ended; a driver sends no empty message, so one ends it too.
std::optional<Bytes> receive_message(TcpStream& stream) {
  const auto length = stream.read(2);
  if (!length) return std::nullopt;
  const std::size_t bytes = ByteReader(*length, "vpcd message").u16();
  if (bytes == 0) return std::nullopt;
  return stream.read(bytes);
}

bool answer_control(TcpStream& stream, Connection& card, std::uint8_t control) {
  switch (control) {
    case kSendAtr: return send_message(stream, card.describe().atr);
    case kPowerOff:
    case kPowerOn:
    case kReset: card.reset(); return true;
    default: return true;  // a request of a later driver; there is no way to refuse it
  }
}

/// Says who hung up.
LinkEvent serve_connection(TcpStream& stream, Connection& card) {
  while (const auto message = receive_message(stream)) {
    try {
      const bool sent = message->size() == 1 ? answer_control(stream, card, message->front())
                                             : send_message(stream, card.transmit(*message));
      if (!sent) break;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::reader) throw;
      return LinkEvent::pulled;
    }
  }
  return LinkEvent::lost;
}

}  // namespace

void serve_vpcd(Connection& card, const VpcdAddress& address, const std::atomic<bool>& stop,
                const LinkListener& listener) {
  while (auto stream = wait_for_driver(address, stop, listener)) {
    listener(LinkEvent::connected);
    const auto end = serve_connection(*stream, card);
    stream.reset();
    card.reset();
    if (stop.load()) return;
    listener(end);
    std::this_thread::sleep_for(
        kBetweenAttempts);  // a driver that hangs up at once must not make a busy loop
  }
}

}  // namespace gpsh::virtualcard
