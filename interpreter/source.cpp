// SPDX-License-Identifier: Apache-2.0
#include "interpreter/source.h"

#include <algorithm>

namespace gpsh::interpreter {

void Source::hide(Span span) {
  shown_.replace(span.offset, span.length, span.length, '*');
}

Span Source::line_at(std::size_t offset) const {
  const auto here = std::min(offset, text_.size());
  const auto before = here == 0 ? std::string::npos : text_.rfind('\n', here - 1);
  const auto start = before == std::string::npos ? 0 : before + 1;
  auto end = std::min(text_.find('\n', here), text_.size());
  if (end > start && text_[end - 1] == '\r') --end;
  return {.offset = start, .length = end - start};
}

Position Source::position(std::size_t offset) const {
  const auto here = std::min(offset, text_.size());
  const auto newlines = std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(here), '\n');
  return {.line = static_cast<std::size_t>(newlines) + 1, .column = here - line_at(here).offset + 1};
}

}  // namespace gpsh::interpreter
