// SPDX-License-Identifier: Apache-2.0
#include "interpreter/source.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "interpreter/utf8.h"

namespace gpsh::interpreter {
namespace {

std::size_t end_of(Span span) {
  return span.offset + span.length;
}

/// Of pieces that are ascending and apart, those that overlap with `span`.
std::span<const Span> overlapping(const std::vector<Span>& pieces, Span span) {
  const auto first =
      std::ranges::partition_point(pieces, [&](const Span& piece) { return end_of(piece) <= span.offset; });
  const auto last = std::partition_point(first, pieces.end(),
                                         [&](const Span& piece) { return piece.offset < end_of(span); });
  return {first, last};
}

}  // namespace

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)), line_starts_{0} {
  for (auto at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1))
    line_starts_.push_back(at + 1);
}

std::string Source::shown(Span span) const {
  std::string text;
  auto from = span.offset;
  const auto end = end_of(span);
  for (const auto& hidden : overlapping(hidden_, span)) {
    text += text_.substr(from, std::max(from, hidden.offset) - from);
    text += kMask;
    from = std::min(end, end_of(hidden));
  }
  return text += text_.substr(from, end - from);
}

Span Source::with_whole_values(Span span) const {
  const auto touched = overlapping(hidden_, span);
  if (touched.empty()) return span;
  const auto offset = std::min(span.offset, touched.front().offset);
  return {.offset = offset, .length = std::max(end_of(span), end_of(touched.back())) - offset};
}

void Source::hide(Span span) {
  const auto touched = overlapping(hidden_, span);
  const auto whole = with_whole_values(span);
  const auto at = hidden_.begin() + (touched.data() - hidden_.data());
  hidden_.insert(hidden_.erase(at, at + std::ssize(touched)), whole);
}

void Source::forget(Span span) {
  text_.replace(span.offset, span.length, span.length, '*');
  hide(span);
}

Span Source::line_at(std::size_t offset) const {
  const auto start = *std::prev(std::ranges::upper_bound(line_starts_, std::min(offset, text_.size())));
  auto end = std::min(text_.find('\n', start), text_.size());
  if (end > start && text_[end - 1] == '\r') --end;
  return {.offset = start, .length = end - start};
}

Position Source::position(std::size_t offset) const {
  const auto here = std::min(offset, text_.size());
  const auto next = std::ranges::upper_bound(line_starts_, here);
  return {.line = static_cast<std::size_t>(next - line_starts_.begin()),
          .column = here - *std::prev(next) + 1};
}

Position Source::character_position(std::size_t offset) const {
  auto place = position(offset);
  const auto before = text().substr(std::min(offset, text_.size()) - (place.column - 1), place.column - 1);
  place.column = characters(before) + 1;
  return place;
}

}  // namespace gpsh::interpreter
