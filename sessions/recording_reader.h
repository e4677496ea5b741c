// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

#include "sessions/recording.h"
#include "sessions/recording_line.h"

namespace gpsh::sessions {

/// Reads a recording line by line, in memory that does not grow with it.
class RecordingReader {
 public:
  /// `file` names the recording in messages.
  explicit RecordingReader(std::string file) : file_(std::move(file)) {}

  /// Whether the line had its line end.
  enum class LineEnd { there, missing };
  /// The event of the next line; nothing for the header, and for a line that was cut before it said anything.
  /// Throws Error as parse_recording() does.
  std::optional<RecordedEvent> line(std::string_view text, LineEnd end);

  struct Line {
    std::string text{};
    LineEnd end = LineEnd::there;
  };
  /// The next line of a stream, for line(); nothing at its end. Throws Error (file, "bad-recording") for a
  /// line of more than kLongest bytes.
  [[nodiscard]] std::optional<Line> next(std::istream& in) const;
  static constexpr std::size_t kLongest = std::size_t{4} << 20;

  /// Of the first line, once that was read.
  [[nodiscard]] const RecordingHeader& header() const { return header_; }
  /// Whether the last line was cut.
  [[nodiscard]] bool cut() const { return cut_; }

 private:
  std::optional<RecordedEvent> whole_line(std::string_view text);

  std::string file_;
  LineSeal seal_;
  RecordingHeader header_;
  std::size_t number_ = 0;
  bool cut_ = false;
  bool ended_ = false;
};

}  // namespace gpsh::sessions
