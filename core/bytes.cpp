// SPDX-License-Identifier: Apache-2.0
#include "core/bytes.h"

#include <algorithm>

#include "core/error.h"

namespace gpsh {
namespace {

std::string encode(ByteView bytes, std::string_view digits) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 0x0F];
  }
  return text;
}

std::optional<std::uint8_t> nibble(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  return std::nullopt;
}

}  // namespace

std::string to_hex(ByteView bytes) {
  return encode(bytes, "0123456789ABCDEF");
}

std::string to_lower_hex(ByteView bytes) {
  return encode(bytes, "0123456789abcdef");
}

std::string to_hex(std::uint8_t byte) {
  return to_hex(ByteView(&byte, 1));
}

std::optional<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t at = 0; at < text.size(); at += 2) {
    const auto high = nibble(text[at]);
    const auto low = nibble(text[at + 1]);
    if (!high || !low) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(*high << 4 | *low));
  }
  return bytes;
}

Bytes hex(std::string_view text) {
  std::string digits(text);
  std::erase(digits, ' ');
  if (auto bytes = from_hex(digits)) return *std::move(bytes);
  throw Error({.kind = ErrorKind::internal, .code = "bad-constant", .message = "not hex: " + digits});
}

void append(Bytes& to, ByteView more) {
  to.insert(to.end(), more.begin(), more.end());
}

void append(Bytes& to, std::initializer_list<std::uint8_t> more) {
  to.insert(to.end(), more);
}

Bytes to_bytes(ByteView view) {
  return {view.begin(), view.end()};
}

Bytes concat(std::initializer_list<ByteView> parts) {
  Bytes all;
  for (const auto part : parts) append(all, part);
  return all;
}

bool equal(ByteView a, ByteView b) {
  return std::ranges::equal(a, b);
}

std::uint8_t ByteReader::peek() const {
  need(1);
  return bytes_[offset_];
}

std::uint8_t ByteReader::u8() {
  return take(1).front();
}

std::uint16_t ByteReader::u16() {
  const auto two = take(2);
  return static_cast<std::uint16_t>(two[0] << 8 | two[1]);
}

ByteView ByteReader::take(std::size_t count) {
  need(count);
  const auto part = bytes_.subspan(offset_, count);
  offset_ += count;
  return part;
}

void ByteReader::need(std::size_t count) const {
  if (count <= remaining()) return;
  throw Error({.kind = ErrorKind::card,
               .code = "short-data",
               .message = std::string(what_) + " ends too early: " + std::to_string(count) +
                          " bytes wanted at offset " + std::to_string(offset_) + ", " +
                          std::to_string(remaining()) + " there"});
}

}  // namespace gpsh
