// SPDX-License-Identifier: Apache-2.0
#include "interpreter/utf8.h"

#include <algorithm>

namespace gpsh::interpreter {
namespace {

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead >= 0x80 && (lead < 0xC2 || lead > 0xF4)) return false;
    const auto rest = text.substr(at + 1, length - 1);
    if (rest.size() != length - 1 || !std::ranges::all_of(rest, continues_character)) return false;
    at += length;
  }
  return true;
}

std::size_t characters(std::string_view text) {
  if (!is_utf8(text)) return text.size();
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues_character));
}

}  // namespace gpsh::interpreter
