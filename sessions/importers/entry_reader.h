// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "sessions/importers/formats.h"
#include "sessions/log_lines.h"

namespace gpsh::sessions {

/// An entry that was cut: its number of hex digits is odd, or the log says that there are more bytes.
struct CutEntry {
  std::size_t line = 0;
  std::size_t digits = 0;
  std::optional<std::size_t> stated{};  ///< bytes, where there are fewer
};

/// Finds the entries of any format in the lines of a log and joins them with what continues them. Formats may
/// be mixed.
class EntryReader {
 public:
  explicit EntryReader(std::function<void(WholeEntry)> sink) : sink_(std::move(sink)) {}

  void line(const LogLine& line);
  void finish() { end_entry(); }

  [[nodiscard]] std::size_t not_understood() const { return not_understood_; }
  [[nodiscard]] const std::optional<CutEntry>& first_cut() const { return first_cut_; }
  /// Entries of each of kLogFormats.
  using Counts = std::array<std::size_t, kLogFormats.size()>;
  [[nodiscard]] const Counts& entries() const { return entries_; }

 private:
  struct Pending {
    LogEntry entry{};
    std::size_t line = 0;
    std::vector<std::size_t> ends{};  ///< how much text there was after each line
    std::size_t width = 0;            ///< of the last line
    std::size_t last_dump_bytes = 0;
    std::size_t row_bytes = 0;  ///< of the first line, while the lines are whole rows of bytes
  };

  void whole_line(const LogLine& line);
  bool takes_status_word(const LogLine& line);
  bool continues(const LogLine& line);
  bool continues_broken(const LogLine& line);
  bool continues_rows(const LogLine& line);
  bool continues_dump(const LogLine& line);
  void add(std::string_view text, const LogLine& line);
  std::optional<LogEntry> recognised(std::string_view text);
  void begin_entry(LogEntry entry, const LogLine& line);
  void end_entry();
  void cut(const Pending& pending, std::size_t digits);

  std::function<void(WholeEntry)> sink_;
  std::optional<Pending> pending_;
  std::size_t not_understood_ = 0;
  std::optional<CutEntry> first_cut_;
  Counts entries_{};
};

}  // namespace gpsh::sessions
