// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/entry_reader.h"

#include <algorithm>

#include "core/apdu.h"
#include "core/error.h"
#include "sessions/apdu_words.h"
#include "sessions/importers/hex_text.h"
#include "sessions/importers/status_word.h"
#include "sessions/initialize_update_in.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kStatusWordDigits = 4;
constexpr std::size_t kConsoleColumns = 60;  // no console that breaks lines is narrower
constexpr std::size_t kFullDumpLine = 16;
constexpr std::size_t kScriptorBytes = 16;  // in a line of an answer
constexpr std::string_view kLastTwoBytes = "90 00";
constexpr std::size_t kMostDigits = LogLines::kLongest;

bool is_response(EntryKind kind) {
  return kind == EntryKind::response || kind == EntryKind::unwrapped_response;
}

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, is_hex_digit));
}

bool ends_in_status_word(std::string_view digits) {
  if (digits.size() < kStatusWordDigits || digits.size() % 2 != 0) return false;
  const char first = digits[digits.size() - kStatusWordDigits];
  return first == '6' || first == '9';
}

bool same_digits(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

/// How many digits belong to a GPShell response itself: all, unless the lower lines repeat its data (what
/// get_data prints), or only the first line makes it end in a status word.
std::size_t own_length(std::string_view all, const std::vector<std::size_t>& ends) {
  const auto own = (all.size() + kStatusWordDigits) / 2;
  const bool repeated = all.size() % 2 == 0 && all.size() >= kStatusWordDigits &&
                        std::ranges::binary_search(ends, own) &&
                        same_digits(all.substr(0, own - kStatusWordDigits), all.substr(own));
  if (repeated) return own;
  const auto first = ends.front();
  if (!ends_in_status_word(all) && ends_in_status_word(all.substr(0, first))) return first;
  return all.size();
}

/// Lower lines that neither continue the entry nor are get_data's output.
bool has_foreign_lines(std::string_view all, std::size_t own) {
  return own < all.size() && !same_digits(all.substr(own), all.substr(0, own - kStatusWordDigits));
}

/// Tools show the answer to INITIALIZE UPDATE without status word too.
bool can_be_response(ByteView bytes) {
  return sessions::ends_in_status_word(bytes) || answer_in(bytes);
}

bool is_whole_command(std::string_view text) {
  const auto bytes = bytes_of(text);
  return bytes && command_in(*bytes);
}

}  // namespace

void EntryReader::line(const LogLine& line) {
  if (pending_ && (takes_status_word(line) || continues(line))) return;
  auto rest = line;
  do {
    const auto end = next_gpshell_label(rest.text);
    whole_line({.text = rest.text.substr(0, end), .number = line.number, .width = line.width});
    rest.text = trimmed(rest.text.substr(end));
  } while (!rest.text.empty());
}

void EntryReader::whole_line(const LogLine& line) {
  end_entry();
  if (line.text.empty()) return;
  if (auto entry = recognised(line.text)) return begin_entry(std::move(*entry), line);
  const auto bare = without_stamp(line.text);
  if (bare.size() == line.text.size()) return;
  if (auto entry = recognised(bare)) begin_entry(std::move(*entry), line);
}

std::optional<LogEntry> EntryReader::recognised(std::string_view text) {
  for (std::size_t at = 0; at < kLogFormats.size(); ++at) {
    auto entry = kLogFormats.at(at).entry(text);
    if (!entry) continue;
    ++entries_.at(at);
    return entry;
  }
  return std::nullopt;
}

void EntryReader::begin_entry(LogEntry entry, const LogLine& line) {
  const auto bytes = count_digits(entry.digits) / 2;
  pending_ = Pending{.entry = std::move(entry), .line = line.number, .ends = {}, .width = line.width};
  pending_->ends.push_back(pending_->entry.digits.size());
  pending_->last_dump_bytes = bytes == 0 ? kFullDumpLine : bytes;
  const bool bare = line.text.ends_with(pending_->entry.digits);
  pending_->row_bytes = bare ? byte_row(pending_->entry.digits).bytes : 0;
}

/// The answer's data stands in the lines above.
bool EntryReader::takes_status_word(const LogLine& line) {
  auto& entry = pending_->entry;
  if (!is_response(entry.kind) || !entry.status_word.empty()) return false;
  auto digits = labelled_status_word(without_stamp(line.text));
  if (!digits) return false;
  if (!repeats(entry.digits, *digits)) entry.status_word = std::move(*digits);
  end_entry();
  return true;
}

bool EntryReader::continues(const LogLine& line) {
  if (pending_->entry.kind == EntryKind::aside) return false;
  switch (pending_->entry.continuation) {
    case Continuation::digits:
      if (!is_hex_line(line.text)) return false;
      add(line.text, line);
      return true;
    case Continuation::broken: return continues_broken(line);
    case Continuation::dump: return continues_dump(line);
  }
  return false;
}

/// scriptor ends an answer with " : text". Without that, a row that may be a whole answer is one.
bool EntryReader::continues_rows(const LogLine& line) {
  const auto& entry = pending_->entry;
  const bool counted = entry.bytes || !entry.status_word.empty();
  if (counted || !is_response(entry.kind) || pending_->row_bytes < kScriptorBytes) return false;
  const auto row = byte_row(line.text);
  if (row.bytes == 0 || row.bytes > pending_->row_bytes) return false;
  const auto last = std::string_view(entry.digits).substr(entry.digits.size() - kLastTwoBytes.size());
  const bool whole = pending_->row_bytes == kScriptorBytes ? last == kLastTwoBytes
                                                           : last.front() == '6' || last.front() == '9';
  if (whole && !row.ends) return false;
  if (row.ends || row.bytes < pending_->row_bytes) pending_->row_bytes = 0;
  add(row.digits, line);
  return true;
}

bool EntryReader::continues_broken(const LogLine& line) {
  if (continues_rows(line)) return true;
  if (!is_blank_separated_hex(line.text)) return false;
  const auto& entry = pending_->entry;
  const auto digits = count_digits(entry.digits);
  const bool short_of = entry.bytes && digits < 2 * *entry.bytes;
  const bool broken = pending_->width >= kConsoleColumns;
  const bool open = is_response(entry.kind) ? broken : broken && !is_whole_command(entry.digits);
  if (!short_of && !open && !(broken && digits % 2 != 0)) return false;
  pending_->row_bytes = 0;
  add(line.text, line);
  return true;
}

bool EntryReader::continues_dump(const LogLine& line) {
  const auto& entry = pending_->entry;
  const bool enough = entry.bytes && entry.digits.size() >= 2 * *entry.bytes;
  if (enough || pending_->last_dump_bytes < kFullDumpLine) return false;
  const auto dump = dump_line(line.text);
  if (!dump) return false;
  pending_->last_dump_bytes = dump->bytes;
  add(dump->digits, line);
  return true;
}

void EntryReader::add(std::string_view text, const LogLine& line) {
  auto& all = pending_->entry.digits;
  all.append(text.substr(0, kMostDigits - std::min(all.size(), kMostDigits)));
  pending_->ends.push_back(all.size());
  pending_->width = line.width;
}

void EntryReader::cut(const Pending& pending, std::size_t digits) {
  ++not_understood_;
  const auto& stated = pending.entry.bytes;
  if (first_cut_) return;
  first_cut_ = CutEntry{.line = pending.line,
                        .digits = digits,
                        .stated = stated && digits < 2 * *stated ? stated : std::nullopt};
}

void EntryReader::end_entry() {
  if (!pending_) return;
  auto pending = std::move(*pending_);
  pending_.reset();
  auto& entry = pending.entry;
  WholeEntry whole{.kind = entry.kind,
                   .bytes = {},
                   .line = pending.line,
                   .duration = entry.duration,
                   .protocol = entry.protocol};
  if (entry.kind == EntryKind::aside) return sink_(std::move(whole));
  if (!entry.status_word.empty()) entry.digits += entry.status_word;
  std::string_view digits = entry.digits;
  if (entry.continuation == Continuation::digits && is_response(entry.kind)) {
    const auto own = own_length(digits, pending.ends);
    if (has_foreign_lines(digits, own)) ++not_understood_;
    digits = digits.substr(0, own);
  }
  auto bytes = bytes_of(digits);
  if (!entry.readable || (bytes && bytes->empty())) {
    ++not_understood_;
  } else if (!bytes || (entry.bytes && bytes->size() < *entry.bytes)) {
    cut(pending, count_digits(digits));
  } else if (entry.kind == EntryKind::response && !can_be_response(*bytes)) {
    ++not_understood_;
  } else {
    whole.bytes = std::move(*bytes);
  }
  sink_(std::move(whole));
}

}  // namespace gpsh::sessions
