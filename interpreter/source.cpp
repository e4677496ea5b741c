// SPDX-License-Identifier: Apache-2.0
#include "interpreter/source.h"

#include <algorithm>
#include <iterator>

#include "interpreter/utf8.h"

namespace gpsh::interpreter {

Source::Source(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)), shown_(text_), line_starts_{0} {
  for (auto at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1))
    line_starts_.push_back(at + 1);
}

void Source::hide(Span span) {
  shown_.replace(span.offset, span.length, span.length, '*');
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
