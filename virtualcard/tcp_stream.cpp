// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/tcp_stream.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "core/error.h"

namespace gpsh::virtualcard {
namespace {

constexpr int kSliceMilliseconds = 50;

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

/// Null when the name service cannot say at the moment.
AddressList resolve(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int failure = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (failure == EAI_NONAME) {
    throw Error({.kind = ErrorKind::reader,
                 .code = "unknown-host",
                 .message = "the host name " + host + " has no address",
                 .advice = "give the host that runs pcscd"});
  }
  return {failure == 0 ? found : nullptr, &freeaddrinfo};
}

/// Waits until the socket is ready for `events`; false when `stop` came first or poll failed.
bool wait_for(int socket, short events, const std::atomic<bool>& stop) {
  while (!stop.load()) {
    pollfd waiting{.fd = socket, .events = events, .revents = 0};
    const int ready = poll(&waiting, 1, kSliceMilliseconds);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
  return false;
}

bool connected(int socket) {
  int failure = 0;
  socklen_t size = sizeof failure;
  return getsockopt(socket, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 && failure == 0;
}

bool would_block() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

std::optional<FileDescriptor> connect_to(const addrinfo& address, const std::atomic<bool>& stop) {
  FileDescriptor made(socket(address.ai_family, address.ai_socktype, address.ai_protocol));
  if (!made.valid()) return std::nullopt;
  const int number = made.number();
  const int flags = fcntl(number, F_GETFL);
  if (flags < 0 || fcntl(number, F_SETFL, flags | O_NONBLOCK) < 0) return std::nullopt;
  static_cast<void>(fcntl(number, F_SETFD, FD_CLOEXEC));
  if (::connect(number, address.ai_addr, address.ai_addrlen) != 0) {
    if (errno != EINPROGRESS && errno != EINTR) return std::nullopt;
    if (!wait_for(number, POLLOUT, stop) || !connected(number)) return std::nullopt;
  }
  const int on = 1;  // a message is small and its sender waits for the answer
  static_cast<void>(setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
  return made;
}

}  // namespace

FileDescriptor::~FileDescriptor() {
  if (valid()) close(number_);
}

std::optional<TcpStream> TcpStream::connect(const std::string& host, std::uint16_t port,
                                            const std::atomic<bool>& stop) {
  const auto addresses = resolve(host, port);
  for (const auto* address = addresses.get(); address != nullptr; address = address->ai_next) {
    if (auto socket = connect_to(*address, stop)) return TcpStream(std::move(*socket), stop);
  }
  return std::nullopt;
}

std::optional<Bytes> TcpStream::read(std::size_t count) {
  Bytes bytes(count);
  std::size_t done = 0;
  while (done < count) {
    if (!wait_for(socket_.number(), POLLIN, *stop_)) return std::nullopt;
    const auto got = recv(socket_.number(), bytes.data() + done, count - done, 0);
    if (got > 0) {
      done += static_cast<std::size_t>(got);
    } else if (got == 0 || !would_block()) {
      return std::nullopt;
    }
  }
  return bytes;
}

bool TcpStream::write(ByteView bytes) {
  while (!bytes.empty()) {
    if (!wait_for(socket_.number(), POLLOUT, *stop_)) return false;
    const auto sent = send(socket_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
    } else if (!would_block()) {
      return false;
    }
  }
  return true;
}

}  // namespace gpsh::virtualcard
