// SPDX-License-Identifier: Apache-2.0
#include "sessions/log_lines.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace gpsh::sessions {
namespace {

constexpr std::size_t kBlockBytes = 65536;
constexpr std::string_view kBlanks = " \t\r\f\v";

struct Retyped {
  std::string_view written;
  std::string_view meant;
};

/// Other people's arrows, as UTF-8 or HTML; byte order marks, and the zeros between the letters of UTF-16.
constexpr std::array kRetyped = {
    Retyped{std::string_view("\0", 1), ""},
    Retyped{"\xFF\xFE", ""},
    Retyped{"\xEF\xBB\xBF", ""},
    Retyped{"&gt;", ">"},
    Retyped{"&lt;", "<"},
    Retyped{"&nbsp;", " "},
    Retyped{"\xE2\x80\x93", "-"},   // en dash
    Retyped{"\xE2\x80\x94", "-"},   // em dash
    Retyped{"\xE2\x88\x92", "-"},   // minus sign
    Retyped{"\xE2\x86\x92", "->"},  // arrow to the right
    Retyped{"\xE2\x86\x90", "<-"},  // arrow to the left
    Retyped{"\xC2\xA0", " "},       // no-break space
};

/// Whether a character starts one of these.
constexpr auto kStarts = [] {
  std::array<bool, 256> starts{};
  for (const auto& each : kRetyped) starts.at(static_cast<unsigned char>(each.written.front())) = true;
  return starts;
}();

bool needs_retyping(std::string_view line) {
  return std::ranges::any_of(line, [](char c) { return kStarts[static_cast<unsigned char>(c)]; });
}

std::string retyped(std::string_view line) {
  std::string result;
  result.reserve(line.size());
  while (!line.empty()) {
    const auto* known =
        std::ranges::find_if(kRetyped, [&](const Retyped& each) { return line.starts_with(each.written); });
    if (known == kRetyped.end()) {
      result += line.front();
      line.remove_prefix(1);
    } else {
      result += known->meant;
      line.remove_prefix(known->written.size());
    }
  }
  return result;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

LogLines::LogLines(std::istream& in) : in_(in), block_(kBlockBytes) {}

bool LogLines::fill() {
  if (!in_) return false;
  in_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
  at_ = 0;
  end_ = static_cast<std::size_t>(in_.gcount());
  return end_ > 0;
}

void LogLines::keep(std::string_view part) {
  kept_.append(part.substr(0, kLongest - std::min(kept_.size(), kLongest)));
}

std::optional<LogLine> LogLines::next() {
  kept_.clear();
  if (at_ == end_ && !fill()) return std::nullopt;
  auto line = whole_line();
  ++number_;
  if (line.ends_with('\r')) line.remove_suffix(1);
  const auto width = line.size();
  if (needs_retyping(line)) line = typed_ = retyped(line);
  return LogLine{.text = trimmed(line), .number = number_, .width = width};
}

/// Straight out of the block where the line is whole in it.
std::string_view LogLines::whole_line() {
  for (;;) {
    const std::string_view rest(block_.data() + at_, end_ - at_);
    const auto length = rest.find('\n');
    const auto part = rest.substr(0, length);
    at_ += length == std::string_view::npos ? rest.size() : length + 1;
    if (length != std::string_view::npos && kept_.empty()) return part;
    keep(part);
    if (length != std::string_view::npos || !fill()) return kept_;
  }
}

}  // namespace gpsh::sessions
