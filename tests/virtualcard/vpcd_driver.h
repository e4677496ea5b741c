// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <string_view>

#include "virtualcard/tcp_stream.h"

namespace gpsh::test {

using virtualcard::FileDescriptor;

inline constexpr int kPatienceMilliseconds = 10000;

inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

inline sockaddr* generic(sockaddr_in& address) {
  return reinterpret_cast<sockaddr*>(&address);
}

inline void need_socket(bool fine, const char* what) {
  if (!fine) throw std::runtime_error(what);
}

/// The driver's end of a connection.
class DriverEnd {
 public:
  explicit DriverEnd(int socket) : socket_(socket) {
    const int on = 1;  // two small messages in a row must not wait for an acknowledgement
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }

  void send_raw(std::string_view bytes) {
    const auto raw = hex(bytes);
    need_socket(
        send(socket_.number(), raw.data(), raw.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(raw.size()),
        "send");
  }
  std::string receive_raw(std::size_t count) {
    Bytes raw(count);
    for (std::size_t done = 0; done < count;) {
      pollfd waiting{.fd = socket_.number(), .events = POLLIN, .revents = 0};
      need_socket(poll(&waiting, 1, kPatienceMilliseconds) == 1, "no answer in time");
      const auto got = recv(socket_.number(), raw.data() + done, count - done, 0);
      need_socket(got > 0, "the card closed the connection");
      done += static_cast<std::size_t>(got);
    }
    return to_hex(raw);
  }
  /// True once the other end has closed.
  bool closed() {
    pollfd waiting{.fd = socket_.number(), .events = POLLIN, .revents = 0};
    std::uint8_t byte = 0;
    return poll(&waiting, 1, kPatienceMilliseconds) == 1 && recv(socket_.number(), &byte, 1, 0) <= 0;
  }

 private:
  FileDescriptor socket_;
};

/// The listening socket of a vpcd driver, on a free port of the loopback interface.
class Driver {
 public:
  explicit Driver(std::uint16_t port = 0) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    const int on = 1;
    setsockopt(socket_.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    auto address = loopback(port);
    need_socket(bind(socket_.number(), generic(address), sizeof address) == 0, "bind");
    need_socket(listen(socket_.number(), 1) == 0, "listen");
    socklen_t size = sizeof address;
    need_socket(getsockname(socket_.number(), generic(address), &size) == 0, "getsockname");
    port_ = ntohs(address.sin_port);
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  DriverEnd accept_card() {
    pollfd waiting{.fd = socket_.number(), .events = POLLIN, .revents = 0};
    need_socket(poll(&waiting, 1, kPatienceMilliseconds) == 1, "no card came");
    const int accepted = accept(socket_.number(), nullptr, nullptr);
    need_socket(accepted >= 0, "accept");
    return DriverEnd(accepted);
  }

 private:
  FileDescriptor socket_;
  std::uint16_t port_ = 0;
};

/// A port that was free a moment ago.
inline std::uint16_t free_port() {
  return Driver().port();
}

}  // namespace gpsh::test
