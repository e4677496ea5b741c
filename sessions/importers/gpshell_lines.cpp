// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/gpshell_lines.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "core/error.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kStatusWordDigits = 4;
constexpr std::string_view kBlanks = " \t\r\f\v";

struct LabelText {
  std::string_view text;
  TraceLabel label;
  char arrow_head;
};

constexpr std::array kLabels = {
    LabelText{"command", TraceLabel::command, '>'},
    LabelText{"wrapped command", TraceLabel::wrapped_command, '>'},
    LabelText{"chained command", TraceLabel::chained_command, '>'},
    LabelText{"response", TraceLabel::response, '<'},
    LabelText{"chained response", TraceLabel::chained_response, '<'},
    LabelText{"unwrapped response", TraceLabel::unwrapped_response, '<'},
};

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool same_letter(char a, char b) {
  return upper(a) == upper(b);
}

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (upper(c) >= 'A' && upper(c) <= 'F');
}

bool is_blank(char c) {
  return kBlanks.find(c) != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

struct LabelledText {
  TraceLabel label;
  std::string_view text;  // what follows the arrow
};

/// What follows an arrow of one or two dashes; web pages also set a blank into it.
std::optional<std::string_view> after_arrow(std::string_view text, char head) {
  const auto end = text.find_first_not_of(" \t-<>");
  const auto arrow = text.substr(0, end);
  if (arrow.find(head) == std::string_view::npos || arrow.find('-') == std::string_view::npos) {
    return std::nullopt;
  }
  return end == std::string_view::npos ? std::string_view() : text.substr(end);
}

std::optional<LabelledText> labelled(std::string_view line) {
  for (const auto& candidate : kLabels) {
    const auto head = line.substr(0, candidate.text.size());
    if (!std::ranges::equal(head, candidate.text, same_letter)) continue;
    if (const auto text = after_arrow(line.substr(head.size()), candidate.arrow_head)) {
      return LabelledText{candidate.label, *text};
    }
  }
  return std::nullopt;
}

/// Upper-case digits of text that holds nothing but hex digits and blanks.
std::optional<std::string> digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (is_blank(c)) continue;
    if (!is_hex_digit(c)) return std::nullopt;
    digits += upper(c);
  }
  return digits;
}

bool is_hex_line(std::string_view line) {
  return !line.empty() && std::ranges::all_of(line, is_hex_digit);
}

/// The physical lines of a text, one after the other.
class LineCursor {
 public:
  explicit LineCursor(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] std::size_t number() const { return number_; }
  [[nodiscard]] std::string_view peek() const { return trimmed(rest_.substr(0, rest_.find('\n'))); }
  std::string_view next() {
    const auto line = peek();
    const auto end = rest_.find('\n');
    rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
    ++number_;
    return line;
  }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;  // of the line last taken
};

/// An entry's digits with the lines of digits below it; `ends` are the lengths after each physical line.
struct WrappedDigits {
  std::string digits;
  std::vector<std::size_t> ends;
};

bool ends_in_status_word(std::string_view digits) {
  if (digits.size() < kStatusWordDigits || digits.size() % 2 != 0) return false;
  const char first = digits[digits.size() - kStatusWordDigits];
  return first == '6' || first == '9';
}

/// How many digits belong to the response itself: all, unless the lower lines repeat its data, or only the
/// first line makes it end in a status word.
std::size_t response_length(const WrappedDigits& wrapped) {
  const std::string_view all = wrapped.digits;
  const auto own = (all.size() + kStatusWordDigits) / 2;
  const bool repeated = all.size() % 2 == 0 && std::ranges::binary_search(wrapped.ends, own) &&
                        all.substr(0, own - kStatusWordDigits) == all.substr(own);
  if (repeated) return own;
  const auto first = wrapped.ends.front();
  if (!ends_in_status_word(all) && ends_in_status_word(all.substr(0, first))) return first;
  return all.size();
}

bool is_response(TraceLabel label) {
  return label == TraceLabel::response || label == TraceLabel::chained_response ||
         label == TraceLabel::unwrapped_response;
}

[[noreturn]] void cut_hex(std::string_view file, std::size_t line, std::size_t digits) {
  throw Error({.kind = ErrorKind::file,
               .code = "cut-hex",
               .message = std::string(file) + ", line " + std::to_string(line) + ": " +
                          std::to_string(digits) + " hex digits make no whole bytes",
               .advice = "the line was cut when the log was copied: take it from the original"});
}

class TraceReader {
 public:
  TraceReader(std::string_view text, std::string_view file) : cursor_(text), file_(file) {}

  TraceLines read() && {
    while (!cursor_.at_end()) {
      const auto line = cursor_.next();
      if (const auto entry = labelled(line)) take_entry(*entry);
    }
    return std::move(found_);
  }

 private:
  void take_entry(const LabelledText& entry) {
    const auto line = cursor_.number();
    auto digits = digits_of(entry.text);
    auto wrapped = with_continuations(digits.value_or(""));
    if (!digits || wrapped.digits.empty()) {
      ++found_.not_understood;
      found_.lines.push_back({.label = entry.label, .bytes = {}, .line = line});
      return;
    }
    const auto length = is_response(entry.label) ? response_length(wrapped) : wrapped.digits.size();
    if (is_foreign(wrapped, length)) ++found_.not_understood;
    const auto bytes = from_hex(std::string_view(wrapped.digits).substr(0, length));
    if (!bytes) cut_hex(file_, line, length);
    found_.lines.push_back({.label = entry.label, .bytes = *bytes, .line = line});
  }

  WrappedDigits with_continuations(std::string digits) {
    WrappedDigits wrapped{.digits = std::move(digits), .ends = {}};
    wrapped.ends.push_back(wrapped.digits.size());
    while (!cursor_.at_end() && is_hex_line(cursor_.peek())) {
      wrapped.digits += *digits_of(cursor_.next());
      wrapped.ends.push_back(wrapped.digits.size());
    }
    return wrapped;
  }

  /// Lower lines that neither continue the entry nor are get_data's output.
  static bool is_foreign(const WrappedDigits& wrapped, std::size_t length) {
    const std::string_view all = wrapped.digits;
    return length < all.size() && all.substr(length) != all.substr(0, length - kStatusWordDigits);
  }

  LineCursor cursor_;
  std::string_view file_;
  TraceLines found_;
};

}  // namespace

TraceLines read_trace_lines(std::string_view text, std::string_view file) {
  return TraceReader(text, file).read();
}

}  // namespace gpsh::sessions
