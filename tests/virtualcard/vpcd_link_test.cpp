// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/vpcd_link.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/error.h"
#include "tests/support/scripted_connection.h"
#include "tests/virtualcard/vpcd_driver.h"
#include "virtualcard/faulty_card.h"

namespace gpsh::virtualcard {
namespace {

using test::Driver;
using test::free_port;
using test::kPatienceMilliseconds;
using test::ScriptedConnection;
using namespace std::chrono_literals;

/// serve_vpcd in a thread of its own.
class CardInThread {
 public:
  CardInThread(Connection& card, const VpcdAddress& address)
      : thread_([this, &card, address] {
          serve_vpcd(card, address, stop_, [this](LinkEvent event) { note(event); });
        }) {}
  ~CardInThread() { stop(); }
  CardInThread(const CardInThread&) = delete;
  CardInThread& operator=(const CardInThread&) = delete;

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
  CardInThread served(card, address_of(driver.port()));
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
  CardInThread served(card, address_of(driver.port()));
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
  CardInThread served(card, address_of(driver.port()));
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
  CardInThread served(card, address_of(driver.port()));
  auto end = driver.accept_card();
  end.send_raw("FFFF" + long_command);
  EXPECT_EQ(end.receive_raw(2 + 65535), "FFFF" + long_answer);
}

TEST(VpcdLink, WaitsForThePort) {
  ScriptedConnection card;
  const auto port = free_port();
  CardInThread served(card, address_of(port));
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
  CardInThread served(card, address_of(driver.port()));
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
  CardInThread served(card, address_of(driver.port()));
  auto end = driver.accept_card();
  end.send_raw("0000");
  EXPECT_TRUE(end.closed());
}

TEST(VpcdLink, ACardThatIsPulledHangsUpAndComesBack) {
  ScriptedConnection card;
  card.expect("00A4040000", "9000");
  FaultyCard faulty(card, parse_faults("remove@1"));
  Driver driver;
  CardInThread served(faulty, address_of(driver.port()));
  {
    auto end = driver.accept_card();
    end.send_raw("0005 00A4040000");
    EXPECT_TRUE(end.closed());
  }
  auto end = driver.accept_card();
  ASSERT_TRUE(served.wait_for({LinkEvent::connected, LinkEvent::pulled, LinkEvent::connected}));
  end.send_raw("0005 00A4040000");
  EXPECT_EQ(end.receive_raw(4), "00029000");
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
    CardInThread waiting(card, address_of(free_port()));
    ASSERT_TRUE(waiting.wait_for({LinkEvent::waiting}));
  }
  Driver driver;
  CardInThread connected(card, address_of(driver.port()));
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
