// SPDX-License-Identifier: Apache-2.0
#include "interpreter/load_progress.h"

#include <fmt/format.h>

namespace gpsh::interpreter {
namespace {

constexpr std::string_view kBackAndErase = "\r\x1B[K";

std::string rate_words(const gp::LoadProgress& progress, std::chrono::steady_clock::duration elapsed) {
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count();
  if (milliseconds <= 0 || progress.bytes == 0) return "";
  const auto spent = static_cast<std::uint64_t>(milliseconds);
  const auto rate = progress.bytes * 1000 / spent;
  const auto left = (progress.all_bytes - progress.bytes) * spent / progress.bytes;
  return fmt::format(", {} bytes/s, {} s left", rate, (left + 999) / 1000);
}

}  // namespace

std::string load_progress_text(const gp::LoadProgress& progress, std::chrono::steady_clock::duration elapsed,
                               const gp::WireCost& cost) {
  return fmt::format("LOAD {} of {} blocks, {} of {} bytes{}; {} APDUs, {} bytes on the wire",
                     progress.blocks, progress.all_blocks, progress.bytes, progress.all_bytes,
                     rate_words(progress, elapsed), cost.apdus, cost.sent + cost.received);
}

LoadProgressLine::LoadProgressLine(std::ostream& terminal, const Clock& clock)
    : terminal_(terminal), clock_(clock), started_(clock()) {}

LoadProgressLine::~LoadProgressLine() {
  if (shown_) terminal_ << std::endl;
}

void LoadProgressLine::show(const gp::LoadProgress& progress, const gp::WireCost& cost) {
  shown_ = true;
  terminal_ << kBackAndErase << load_progress_text(progress, clock_() - started_, cost) << std::flush;
}

}  // namespace gpsh::interpreter
