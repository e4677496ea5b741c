// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/vpcd_link.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "core/error.h"
#include "tests/support/scripted_connection.h"
#include "virtualcard/tcp_stream.h"

namespace gpsh::virtualcard {
namespace {

using test::ScriptedConnection;
using namespace std::chrono_literals;

constexpr int kPatienceMilliseconds = 10000;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

sockaddr* generic(sockaddr_in& address) {
  return reinterpret_cast<sockaddr*>(&address);
}

void need(bool fine, const char* what) {
  if (!fine) throw std::runtime_error(what);
}

/// The driver's end of a connection.
class DriverEnd {
 public:
  explicit DriverEnd(int socket) : socket_(socket) {}

  void send_raw(std::string_view bytes) {
    const auto raw = hex(bytes);
    need(send(socket_.number(), raw.data(), raw.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(raw.size()),
         "send");
  }
  std::string receive_raw(std::size_t count) {
    Bytes raw(count);
    for (std::size_t done = 0; done < count;) {
      pollfd waiting{.fd = socket_.number(), .events = POLLIN, .revents = 0};
      need(poll(&waiting, 1, kPatienceMilliseconds) == 1, "no answer in time");
      const auto got = recv(socket_.number(), raw.data() + done, count - done, 0);
      need(got > 0, "the card closed the connection");
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
    need(bind(socket_.number(), generic(address), sizeof address) == 0, "bind");
    need(listen(socket_.number(), 1) == 0, "listen");
    socklen_t size = sizeof address;
    need(getsockname(socket_.number(), generic(address), &size) == 0, "getsockname");
    port_ = ntohs(address.sin_port);
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  DriverEnd accept_card() {
    pollfd waiting{.fd = socket_.number(), .events = POLLIN, .revents = 0};
    need(poll(&waiting, 1, kPatienceMilliseconds) == 1, "no card came");
    const int accepted = accept(socket_.number(), nullptr, nullptr);
    need(accepted >= 0, "accept");
    return DriverEnd(accepted);
  }

 private:
  FileDescriptor socket_;
  std::uint16_t port_ = 0;
};

/// A port that was free a moment ago.
std::uint16_t free_port() {
  return Driver().port();
}

/// serve_vpcd in a thread of its own.
class ServedCard {
 public:
  ServedCard(Connection& card, const VpcdAddress& address)
      : thread_([this, &card, address] {
          serve_vpcd(card, address, stop_, [this](LinkEvent event) { note(event); });
        }) {}
  ~ServedCard() { stop(); }
  ServedCard(const ServedCard&) = delete;
  ServedCard& operator=(const ServedCard&) = delete;

  void stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  bool wait_for(const std::vector<LinkEvent>& events) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::milliseconds(kPatienceMilliseconds),
                             [&] { return events_ == events; });
  }

 private:
  void note(LinkEvent event) {
    const std::lock_guard lock(mutex_);
    events_.push_back(event);
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<LinkEvent> events_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

VpcdAddress address_of(std::uint16_t port) {
  return {.host = "127.0.0.1", .port = port};
}

TEST(VpcdLink, GivesTheAtrAndAnswersCommands) {
  ScriptedConnection card;
  card.expect("00A4040000", "6F009000").expect("80CA006600", "6A88");
  Driver driver;
  ServedCard served(card, address_of(driver.port()));
  auto end = driver.accept_card();
  end.send_raw("0001 01");
  end.send_raw("0001 04");
  EXPECT_EQ(end.receive_raw(4), "00023B00");
  end.send_raw("0005 00A4040000");
  EXPECT_EQ(end.receive_raw(6), "00046F009000");
  end.send_raw("0005 80CA006600");
  EXPECT_EQ(end.receive_raw(4), "00026A88");
  served.stop();
  EXPECT_TRUE(card.done());
}

TEST(VpcdLink, PowerAndResetResetTheCard) {
  ScriptedConnection card;
  Driver driver;
  ServedCard served(card, address_of(driver.port()));
  auto end = driver.accept_card();
  end.send_raw("000101 000102 000100 000107 000104");
  EXPECT_EQ(end.receive_raw(4), "00023B00") << "requests have no answer but the ATR, unknown ones none";
  served.stop();
  EXPECT_EQ(card.resets, 4) << "on, reset, off, and the end of the connection";
}

TEST(VpcdLink, AMessageMayComeInPieces) {
  ScriptedConnection card;
  card.expect("00A4040000", "9000");
  Driver driver;
  ServedCard served(card, address_of(driver.port()));
  ASSERT_TRUE(served.wait_for({LinkEvent::connected}));
  auto end = driver.accept_card();
  for (const auto piece : {"00", "05", "00A4", "04", "0000"}) end.send_raw(piece);
  EXPECT_EQ(end.receive_raw(4), "00029000");
}

TEST(VpcdLink, LongCommandsAndAnswersPass) {
  ScriptedConnection card;
  const std::string long_command(std::size_t{2} * 65535, 'A');
  const std::string long_answer(std::size_t{2} * 65535, 'B');
  card.expect(long_command, long_answer);
  Driver driver;
  ServedCard served(card, address_of(driver.port()));
  auto end = driver.accept_card();
  end.send_raw("FFFF" + long_command);
  EXPECT_EQ(end.receive_raw(2 + 65535), "FFFF" + long_answer);
}

TEST(VpcdLink, WaitsForThePort) {
  ScriptedConnection card;
  const auto port = free_port();
  ServedCard served(card, address_of(port));
  ASSERT_TRUE(served.wait_for({LinkEvent::waiting}));
  Driver driver(port);
  auto end = driver.accept_card();
  ASSERT_TRUE(served.wait_for({LinkEvent::waiting, LinkEvent::connected}));
  end.send_raw("000104");
  EXPECT_EQ(end.receive_raw(4), "00023B00");
}

TEST(VpcdLink, ComesBackAfterALostConnection) {
  ScriptedConnection card;
  Driver driver;
  ServedCard served(card, address_of(driver.port()));
  { const auto end = driver.accept_card(); }
  auto end = driver.accept_card();
  ASSERT_TRUE(served.wait_for({LinkEvent::connected, LinkEvent::lost, LinkEvent::connected}));
  end.send_raw("000104");
  EXPECT_EQ(end.receive_raw(4), "00023B00");
  served.stop();
  EXPECT_EQ(card.resets, 2);
}

TEST(VpcdLink, AnEmptyMessageEndsTheConnection) {
  ScriptedConnection card;
  Driver driver;
  ServedCard served(card, address_of(driver.port()));
  auto end = driver.accept_card();
  end.send_raw("0000");
  EXPECT_TRUE(end.closed());
}

TEST(VpcdLink, TheWaitHasAnEnd) {
  ScriptedConnection card;
  const std::atomic<bool> stop{false};
  auto address = address_of(free_port());
  address.wait = 0ms;
  std::vector<LinkEvent> events;
  try {
    serve_vpcd(card, address, stop, [&](LinkEvent event) { events.push_back(event); });
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::reader);
    EXPECT_EQ(error.code(), "no-vpcd");
    EXPECT_EQ(error.what(), "no vpcd driver listens at 127.0.0.1 port " + std::to_string(address.port));
  }
  EXPECT_EQ(events, std::vector{LinkEvent::waiting});
}

TEST(VpcdLink, StopsWhileItWaitsAndWhileItIsConnected) {
  ScriptedConnection card;
  const auto start = std::chrono::steady_clock::now();
  {
    ServedCard waiting(card, address_of(free_port()));
    ASSERT_TRUE(waiting.wait_for({LinkEvent::waiting}));
  }
  Driver driver;
  ServedCard connected(card, address_of(driver.port()));
  auto end = driver.accept_card();
  end.send_raw("00");  // half a length
  connected.stop();
  EXPECT_TRUE(end.closed());
  EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

TEST(VpcdLink, AStopSetBeforehandMeansNothingHappens) {
  ScriptedConnection card;
  const std::atomic<bool> stop{true};
  serve_vpcd(card, address_of(free_port()), stop, [](LinkEvent) { FAIL() << "an event"; });
}

}  // namespace
}  // namespace gpsh::virtualcard
