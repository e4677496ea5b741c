// SPDX-License-Identifier: Apache-2.0
// A log of any length is read in the same memory.
#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <string>

#include "sessions/explain.h"
#include "sessions/verify.h"
#include "tests/sessions/channel_log.h"

#if defined(__SANITIZE_ADDRESS__)
// Of the sanitizer's run-time library; not every compiler comes with its header.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();  // NOLINT(bugprone-reserved-identifier)
#endif

namespace gpsh::sessions {
namespace {

/// Heap in use now.
std::size_t heap_bytes() {
#if defined(__SANITIZE_ADDRESS__)
  return __sanitizer_get_current_allocated_bytes();
#else
  return mallinfo2().uordblks;
#endif
}

struct LongLog {
  std::string head{};  ///< once
  std::string body{};  ///< many times over
};

/// Never in memory at once.
class LongLogBuffer final : public std::streambuf {
 public:
  LongLogBuffer(LongLog log, std::size_t times) : log_(std::move(log)), times_(times) {}

 protected:
  int_type underflow() override {
    if (part_ > times_) return traits_type::eof();
    auto& text = part_++ == 0 ? log_.head : log_.body;
    setg(text.data(), text.data(), text.data() + text.size());
    return traits_type::to_int_type(*gptr());
  }
  /// Only back to the start.
  pos_type seekpos(pos_type, std::ios_base::openmode) override {
    part_ = 0;
    setg(nullptr, nullptr, nullptr);
    return 0;
  }

 private:
  LongLog log_;
  std::size_t times_;
  std::size_t part_ = 0;
};

class HighWater final : public VerifySink, public ExplainSink {
 public:
  void exchange(const ExplainedExchange&) override {
    ++exchanges;
    sample();
  }
  void remark(const ExplainedRemark&) override { sample(); }
  void verdict(const ChannelVerdict& verdict) override {
    ++channels;
    right = right && verdict.right();
    sample();
  }
  void finding(const VerifyFinding&) override { sample(); }

  std::size_t exchanges = 0;
  std::size_t channels = 0;
  std::size_t most = 0;
  bool right = true;

 private:
  void sample() { most = std::max(most, heap_bytes()); }
};

HighWater read_times(const LongLog& log, std::size_t times) {
  LongLogBuffer buffer(log, times);
  std::istream in(&buffer);
  HighWater water;
  const auto before = heap_bytes();
  verify_log(in, {.derivations = gp::known_diversifications()}, water);
  water.most -= std::min(before, water.most);
  return water;
}

constexpr std::size_t kAllowance = 16384;

TEST(VerifyMemory, DoesNotGrowWithManyChannels) {
  test::ChannelLog log({.level = 0x03});
  for (int n = 0; n < 20; ++n) {
    log.command({.cla = 0x80, .ins = 0xE8, .p2 = static_cast<std::uint8_t>(n), .data = Bytes(200, 0x5A)});
  }
  const LongLog text{.head = "open_sc -key 404142434445464748494A4B4C4D4E4F\n",
                     .body = log.text() + "prose, and a key: -key 0102030405060708090A0B0C0D0E0F10\n"};
  const auto small = read_times(text, 4);
  const auto large = read_times(text, 200);
  EXPECT_EQ(small.channels, 4U);
  EXPECT_EQ(large.channels, 200U);
  EXPECT_TRUE(large.right);
  EXPECT_LE(large.most, small.most + kAllowance);
}

TEST(VerifyMemory, DoesNotGrowWithOneChannelWhoseMacsAreAllWrong) {
  const test::ChannelLog log({});
  const LongLog text{.head = log.text(), .body = "> 84F240000A4F00B46CED16DE49800600\n< 9000\n"};
  const auto small = read_times(text, 100);
  const auto large = read_times(text, 5000);
  EXPECT_EQ(large.channels, 1U);
  EXPECT_FALSE(large.right);
  EXPECT_LE(large.most, small.most + kAllowance);
}

HighWater explain_times(const LongLog& log, std::size_t times) {
  LongLogBuffer buffer(log, times);
  std::istream in(&buffer);
  HighWater water;
  const auto before = heap_bytes();
  explain_log(in, {.derivations = gp::known_diversifications()}, water);
  water.most -= std::min(before, water.most);
  return water;
}

TEST(ExplainMemory, DoesNotGrowWithTheLog) {
  test::ChannelLog log({.level = 0x03});
  for (int n = 0; n < 20; ++n) {
    log.command({.cla = 0x80, .ins = 0xE8, .p2 = static_cast<std::uint8_t>(n), .data = Bytes(200, 0x5A)});
  }
  const LongLog text{.head = "prose\n",
                     .body = log.text() + "mutual_authentication() returns 0x80302000 (...)\n"};
  const auto small = explain_times(text, 4);
  const auto large = explain_times(text, 200);
  EXPECT_EQ(small.exchanges, 4U * 22U);
  EXPECT_EQ(large.exchanges, 200U * 22U);
  EXPECT_LE(large.most, small.most + kAllowance);
}

}  // namespace
}  // namespace gpsh::sessions
