// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <malloc.h>

#include <thread>

#include "tests/virtualcard/fixed_random.h"
#include "tests/virtualcard/scp02_host.h"
#include "tests/virtualcard/vpcd_driver.h"
#include "virtualcard/inserted_card.h"
#include "virtualcard/vpcd_link.h"

#if defined(__SANITIZE_ADDRESS__)
// Debian's g++ has the function but not <sanitizer/allocator_interface.h>.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace gpsh::virtualcard {
namespace {

constexpr int kSessions = 10000;

/// Bytes the program holds.
std::size_t allocated() {
#if defined(__SANITIZE_ADDRESS__)
  return __sanitizer_get_current_allocated_bytes();
#else
  return mallinfo2().uordblks;
#endif
}

/// The PC/SC side of a served card.
class Reader {
 public:
  explicit Reader(test::DriverEnd end) : end_(std::move(end)) {}

  void control(std::string_view request) { end_.send_raw("0001" + std::string(request)); }
  Bytes exchange(ByteView apdu) {
    const auto size = static_cast<std::uint16_t>(apdu.size());
    const Bytes length{static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size)};
    end_.send_raw(to_hex(concat({length, apdu})));
    const auto answered = hex(end_.receive_raw(2));
    return hex(end_.receive_raw(ByteReader(answered, "length").u16()));
  }

 private:
  test::DriverEnd end_;
};

/// Power on, select, a secure channel with the next counter, a listing, power off.
std::string session(Reader& reader, KeySet keys, std::uint32_t counter) {
  reader.control("01");
  static_cast<void>(reader.exchange(hex("00A4040000")));
  const auto challenge = hex("0102030405060708");
  const auto proposed = reader.exchange(concat({hex("8050000008"), challenge}));
  keys.sequence_counter = counter;
  test::Scp02Host host(keys, 0x15, *Aid::from_bytes(hex("A000000003000000")));
  host.read_answer(challenge, proposed);
  const auto wrapped = [&](CommandApdu plain) {
    return to_hex(reader.exchange(host.wrap(plain, SecurityLevel::c_mac).encode()));
  };
  auto answer = wrapped({.cla = 0x80, .ins = 0x82, .p1 = 0x01, .data = host.host_cryptogram()});
  if (answer == "9000") {
    answer = wrapped({.cla = 0x80, .ins = 0xF2, .p1 = 0x80, .p2 = 0x02, .data = hex("4F00"), .le = 256});
  }
  reader.control("00");
  return answer.substr(answer.size() - 4);
}

TEST(ServedCard, TenThousandSessionsNeedNoMoreMemoryThanOne) {
  test::FixedRandom random("112233445566");
  InsertedCard card(load_profile("generic-scp02"), random);
  const auto keys = card.state().default_key_set();
  test::Driver driver;
  std::atomic<bool> stop{false};
  std::thread served(
      [&] { serve_vpcd(card, {.host = "127.0.0.1", .port = driver.port()}, stop, [](LinkEvent) {}); });
  {
    Reader reader(driver.accept_card());
    std::size_t before = 0;
    std::uint32_t counter = 0;
    for (; counter < kSessions; ++counter) {
      if (counter == kSessions / 10) before = allocated();
      const auto sw = session(reader, keys, counter);
      if (sw != "9000") {
        ADD_FAILURE() << "session " << counter << " ended with " << sw;
        break;
      }
    }
    // What varies is smaller than one byte a session.
    EXPECT_LT(allocated(), before + kSessions / 2);
    EXPECT_EQ(card.state().default_key_set().sequence_counter, counter);
  }
  stop = true;
  served.join();
}

}  // namespace
}  // namespace gpsh::virtualcard
