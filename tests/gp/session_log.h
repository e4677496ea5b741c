// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "gp/keys.h"
#include "tests/support/test_data.h"

namespace gpsh::test {

/// One command of another program's log.
struct LogExchange {
  Bytes plain;  ///< empty where the log does not show it
  Bytes wire;
  Bytes response;
  Bytes unwrapped;  ///< as the other program understood the response; empty where the log does not show it
};

/// Another program's log, read just well enough to recompute its secure channels.
class SessionLog {
 public:
  explicit SessionLog(const std::filesystem::path& path) : lines_(joined_lines(read_file(path))) {
    for (const auto& line : lines_) take(line);
  }

  [[nodiscard]] const std::vector<LogExchange>& exchanges() const { return exchanges_; }
  /// The hex digits after the first of these words that the log has.
  [[nodiscard]] gp::Secret key_after(std::initializer_list<std::string_view> words) const {
    for (const auto word : words) {
      for (const auto& line : lines_) {
        const auto at = line.find(word);
        if (at == std::string::npos) continue;
        const auto digits = hex_run(std::string_view(line).substr(at + word.size()));
        if (auto key = gp::Secret::from_hex(digits); key && !key->empty()) return std::move(*key);
      }
    }
    return {};
  }

 private:
  static bool upper_hex_digit(char c) {
    return std::isxdigit(static_cast<unsigned char>(c)) != 0 &&
           std::islower(static_cast<unsigned char>(c)) == 0;
  }
  static std::string_view hex_run(std::string_view text) {
    const auto start = text.find_first_not_of(" =");
    if (start == std::string_view::npos) return {};
    text.remove_prefix(start);
    const auto end = std::ranges::find_if_not(
        text, [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
  }

  /// A line that begins with hex digits alone is the rest of the line before it; four of them may be a year.
  static std::vector<std::string> joined_lines(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream source(text);
    for (std::string line; std::getline(source, line);) {
      if (line.ends_with('\r')) line.pop_back();
      const auto digits =
          static_cast<std::size_t>(std::ranges::find_if_not(line, upper_hex_digit) - line.begin());
      const bool continues =
          digits >= 4 && (digits == line.size() || (digits > 4 && line.substr(digits).starts_with(" -")));
      if (continues && !lines.empty()) {
        lines.back() += line;
      } else {
        lines.push_back(line);
      }
    }
    return lines;
  }

  /// The bytes of a line that starts in one of these ways, or has it after a time stamp.
  static std::optional<Bytes> bytes_after(const std::string& line,
                                          std::initializer_list<std::string_view> starts) {
    for (const auto start : starts) {
      const auto at = line.find(start);
      const bool stamped = start.starts_with("TX") || start.starts_with("RX");
      if (at == std::string::npos || (at != 0 && !stamped)) continue;
      auto rest = line.substr(at + start.size());
      if (const auto comment = rest.find('['); comment != std::string::npos) rest.erase(comment);
      // "A>> T=1 (4+0000)" before the bytes, "(00)" for the Le after them.
      if (rest.starts_with('(')) rest.erase(0, rest.rfind(')') + 1);
      std::erase_if(rest, [](char c) { return c == ' ' || c == ',' || c == '(' || c == ')'; });
      return from_hex(rest);
    }
    return std::nullopt;
  }

  void take(const std::string& line) {
    if (auto plain = bytes_after(line, {"Command --> ", "Command -> ", "TX - Plain-> ", "TX-Plain -> "})) {
      exchanges_.push_back({.plain = *plain, .wire = *plain, .response = {}, .unwrapped = {}});
    } else if (auto wrapped = bytes_after(
                   line, {"Wrapped command --> ", "Wrapped command -> ", "TX - Wrap-> ", "TX-Wrap  -> "})) {
      const bool shown = !exchanges_.empty() && !exchanges_.back().plain.empty() &&
                         exchanges_.back().plain == exchanges_.back().wire &&
                         exchanges_.back().response.empty();
      if (!shown) exchanges_.emplace_back();
      exchanges_.back().wire = *wrapped;
    } else if (auto sent = bytes_after(line, {"A>> T=1 ", "-> ", "> ", "DEBUG: Command APDU: "})) {
      exchanges_.push_back({.plain = {}, .wire = *sent, .response = {}, .unwrapped = {}});
    } else if (exchanges_.empty()) {
      return;
    } else if (auto got = bytes_after(line, {"Response <-- ", "Response <- ", "A<< ", "<- ", "< ",
                                             "DEBUG: Response APDU: ", "RX - Wrap < -", "RX-Wrap  <- "})) {
      exchanges_.back().response = *got;
    } else if (auto understood =
                   bytes_after(line, {"Unwrapped response <-- ", "RX - Plain->", "RX-Plain -> "})) {
      exchanges_.back().unwrapped = *understood;
    }
  }

  std::vector<std::string> lines_;
  std::vector<LogExchange> exchanges_;
};

}  // namespace gpsh::test
