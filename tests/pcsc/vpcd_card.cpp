// SPDX-License-Identifier: Apache-2.0
#include "tests/pcsc/vpcd_card.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace gpsh::test {
namespace {

// What messages of one byte ask for.
constexpr std::uint8_t kPowerOff = 0x00;
constexpr std::uint8_t kReset = 0x02;
constexpr std::uint8_t kSendAtr = 0x04;

/// Exactly this many bytes, or nothing when the reader closed the connection.
std::optional<Bytes> receive(int socket, std::size_t count) {
  Bytes bytes(count);
  for (std::size_t have = 0; have < count;) {
    const auto got = ::recv(socket, bytes.data() + have, count - have, 0);
    if (got <= 0) return std::nullopt;
    have += static_cast<std::size_t>(got);
  }
  return bytes;
}

std::optional<Bytes> receive_message(int socket) {
  const auto length = receive(socket, 2);
  if (!length) return std::nullopt;
  return receive(socket, ByteReader(*length, "length").u16());
}

void send_message(int socket, ByteView payload) {
  Bytes message{static_cast<std::uint8_t>(payload.size() >> 8), static_cast<std::uint8_t>(payload.size())};
  append(message, payload);
  for (std::size_t sent = 0; sent < message.size();) {
    const auto put = ::send(socket, message.data() + sent, message.size() - sent, MSG_NOSIGNAL);
    if (put <= 0) return;
    sent += static_cast<std::size_t>(put);
  }
}

}  // namespace

VpcdCard::VpcdCard(Bytes atr, Answer answer, std::uint16_t port)
    : socket_(::socket(AF_INET, SOCK_STREAM, 0)), atr_(std::move(atr)), answer_(std::move(answer)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
  if (::connect(socket_, generic, sizeof address) != 0) {
    const int reason = errno;
    ::close(socket_);
    throw std::system_error(reason, std::generic_category(), "the virtual reader does not listen");
  }
  thread_ = std::thread(&VpcdCard::serve, this);
}

VpcdCard::~VpcdCard() {
  ::shutdown(socket_, SHUT_RDWR);
  thread_.join();
  ::close(socket_);
}

void VpcdCard::serve() {
  while (const auto message = receive_message(socket_)) {
    if (message->size() > 1) {
      const auto response = answer_(*message);
      if (!response) break;
      send_message(socket_, *response);
      continue;
    }
    const auto request = ByteReader(*message, "control").u8();
    if (request == kSendAtr) send_message(socket_, atr_);
    if (request == kReset || request == kPowerOff) ++resets_;
  }
  ::shutdown(socket_, SHUT_RDWR);
}

}  // namespace gpsh::test
