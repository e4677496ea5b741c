// SPDX-License-Identifier: Apache-2.0
#include "interpreter/load_progress.h"

#include <gtest/gtest.h>

#include <sstream>

namespace gpsh::interpreter {
namespace {

using std::chrono::milliseconds;

const gp::LoadProgress kHalf{.blocks = 12, .all_blocks = 127, .bytes = 2868, .all_bytes = 30196};
const gp::WireCost kCost{.apdus = 14, .sent = 3300, .received = 61};

TEST(LoadProgress, SaysBlocksBytesRateTimeAndCost) {
  EXPECT_EQ(load_progress_text(kHalf, milliseconds(1500), kCost),
            "LOAD 12 of 127 blocks, 2868 of 30196 bytes, 1912 bytes/s, 15 s left; 14 APDUs, 3361 bytes on "
            "the wire");
}

TEST(LoadProgress, HasNoRateBeforeThereIsATime) {
  EXPECT_EQ(load_progress_text(kHalf, milliseconds(0), kCost),
            "LOAD 12 of 127 blocks, 2868 of 30196 bytes; 14 APDUs, 3361 bytes on the wire");
}

TEST(LoadProgress, TheLineIsWrittenOverAndEnded) {
  std::ostringstream terminal;
  std::chrono::steady_clock::time_point now{};
  const LoadProgressLine::Clock clock = [&now] { return now; };
  {
    LoadProgressLine line(terminal, clock);
    now += milliseconds(1000);
    line.show({.blocks = 1, .all_blocks = 2, .bytes = 100, .all_bytes = 150},
              {.apdus = 1, .sent = 105, .received = 2});
    now += milliseconds(500);
    line.show({.blocks = 2, .all_blocks = 2, .bytes = 150, .all_bytes = 150},
              {.apdus = 2, .sent = 160, .received = 5});
  }
  EXPECT_EQ(
      terminal.str(),
      "\r\x1B[KLOAD 1 of 2 blocks, 100 of 150 bytes, 100 bytes/s, 1 s left; 1 APDUs, 107 bytes on the wire"
      "\r\x1B[KLOAD 2 of 2 blocks, 150 of 150 bytes, 100 bytes/s, 0 s left; 2 APDUs, 165 bytes on the "
      "wire\n");
}

TEST(LoadProgress, ALineThatWasNeverShownIsNotEnded) {
  std::ostringstream terminal;
  const LoadProgressLine::Clock clock = [] { return std::chrono::steady_clock::time_point(); };
  { const LoadProgressLine line(terminal, clock); }
  EXPECT_EQ(terminal.str(), "");
}

}  // namespace
}  // namespace gpsh::interpreter
