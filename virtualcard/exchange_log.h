// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <fstream>
#include <functional>
#include <mutex>
#include <string>
#include <utility>

#include "core/connection.h"

namespace gpsh::virtualcard {

using WallClock = std::function<std::chrono::system_clock::time_point()>;

/// A text file with a line for every command, answer and reset of the cards that write to it, in the order
/// they happen and at once on disk's side of the program: `2026-01-31T12:00:00.123Z NAME > 00A4040000`. What
/// stands there is what went over the wire, no keys. Several threads may write.
class ExchangeLog {
 public:
  /// Appends to the file; a new one is for its owner alone (0600). Throws Error (file, "unwritable-log").
  explicit ExchangeLog(const std::string& path, WallClock clock = std::chrono::system_clock::now);

  /// Throws Error (file, "unwritable-log") when the line cannot be written.
  void write(const std::string& name, const std::string& what);

 private:
  [[noreturn]] void cannot_write() const;

  std::string path_;
  WallClock clock_;
  std::mutex mutex_;
  std::ofstream out_;
};

/// Writes down everything that passes between a reader and `card`. Both outlive it.
class LoggedCard final : public Connection {
 public:
  LoggedCard(Connection& card, ExchangeLog& log, std::string name)
      : card_(card), log_(log), name_(std::move(name)) {}

  Bytes transmit(ByteView apdu) override;
  void reset() override;
  [[nodiscard]] ConnectionInfo describe() const override { return card_.describe(); }

 private:
  Connection& card_;
  ExchangeLog& log_;
  std::string name_;
};

}  // namespace gpsh::virtualcard
