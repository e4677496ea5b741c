// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <ostream>
#include <string>

#include "gp/load.h"
#include "gp/transport.h"

namespace gpsh::interpreter {

/// "LOAD 12 of 127 blocks, 2868 of 30196 bytes, 1530 bytes/s, 18 s left; 14 APDUs, 3361 bytes on the wire".
/// `cost` is that of the whole command so far. No rate before there is a time to divide by.
[[nodiscard]] std::string load_progress_text(const gp::LoadProgress& progress,
                                             std::chrono::steady_clock::duration elapsed,
                                             const gp::WireCost& cost);

/// One line of a terminal that is written over after each block and ended when the object goes.
class LoadProgressLine {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  /// Neither is owned; the time counts from now.
  LoadProgressLine(std::ostream& terminal, const Clock& clock);
  LoadProgressLine(const LoadProgressLine&) = delete;
  LoadProgressLine& operator=(const LoadProgressLine&) = delete;
  ~LoadProgressLine();

  void show(const gp::LoadProgress& progress, const gp::WireCost& cost);

 private:
  std::ostream& terminal_;
  const Clock& clock_;
  std::chrono::steady_clock::time_point started_;
  bool shown_ = false;
};

}  // namespace gpsh::interpreter
