// SPDX-License-Identifier: Apache-2.0
#include "core/tlv.h"

#include <algorithm>

#include "core/error.h"

namespace gpsh {
namespace {

constexpr std::size_t kMaxTagBytes = 4;
constexpr std::size_t kMaxLengthBytes = 3;

[[noreturn]] void malformed(std::string message) {
  throw Error({.kind = ErrorKind::card, .code = "bad-tlv", .message = std::move(message)});
}

std::uint32_t read_tag(ByteReader& reader) {
  std::uint32_t tag = reader.u8();
  if ((tag & 0x1F) != 0x1F) return tag;
  for (std::size_t count = 1; count < kMaxTagBytes; ++count) {
    const auto next = reader.u8();
    tag = tag << 8 | next;
    if ((next & 0x80) == 0) return tag;
  }
  malformed("a TLV tag is longer than " + std::to_string(kMaxTagBytes) + " bytes");
}

std::size_t read_length(ByteReader& reader) {
  const auto first = reader.u8();
  if (first < 0x80) return first;
  const std::size_t count = first & 0x7F;
  if (count == 0 || count > kMaxLengthBytes) malformed("unusable TLV length byte " + to_hex(first));
  std::size_t length = 0;
  for (std::size_t i = 0; i < count; ++i) length = length << 8 | reader.u8();
  return length;
}

bool is_padding(std::uint8_t byte) {
  return byte == 0x00 || byte == 0xFF;
}

/// A single FF before another byte starts a tag such as FF21, so it is no padding.
void skip_padding(ByteReader& reader) {
  bool after_ff = false;
  while (!reader.empty() && is_padding(reader.peek())) {
    auto ahead = reader;
    const bool is_ff = ahead.u8() == 0xFF;
    if (is_ff && !after_ff && !ahead.empty() && !is_padding(ahead.peek())) return;
    after_ff = is_ff;
    reader = ahead;
  }
}

}  // namespace

bool Tlv::constructed() const {
  return !whole.empty() && (whole.front() & 0x20) != 0;
}

Tlv read_tlv(ByteReader& reader) {
  const auto start = reader.offset();
  auto ahead = reader;
  const auto tag = read_tag(ahead);
  const auto length = read_length(ahead);
  const auto head = ahead.offset() - start;
  static_cast<void>(ahead.take(length));
  const auto whole = reader.take(head + length);
  return {.tag = tag, .value = whole.subspan(head), .whole = whole};
}

std::vector<Tlv> read_tlvs(ByteView bytes, std::string_view what) {
  ByteReader reader(bytes, what);
  std::vector<Tlv> objects;
  for (skip_padding(reader); !reader.empty(); skip_padding(reader)) objects.push_back(read_tlv(reader));
  return objects;
}

std::optional<Tlv> find_tlv(const std::vector<Tlv>& objects, std::uint32_t tag) {
  const auto found = std::ranges::find(objects, tag, &Tlv::tag);
  if (found == objects.end()) return std::nullopt;
  return *found;
}

std::optional<Tlv> find_path(ByteView bytes, std::initializer_list<std::uint32_t> path,
                             std::string_view what) {
  std::optional<Tlv> here;
  for (const auto tag : path) {
    here = find_tlv(read_tlvs(here ? here->value : bytes, what), tag);
    if (!here) return std::nullopt;
  }
  return here;
}

void append_length(Bytes& to, std::size_t length) {
  if (length < 0x80) {
    to.push_back(static_cast<std::uint8_t>(length));
  } else if (length <= 0xFF) {
    append(to, {0x81, static_cast<std::uint8_t>(length)});
  } else if (length <= 0xFFFF) {
    append(to, {0x82, static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)});
  } else if (length <= 0xFFFFFF) {
    append(to, {0x83, static_cast<std::uint8_t>(length >> 16), static_cast<std::uint8_t>(length >> 8),
                static_cast<std::uint8_t>(length)});
  } else {
    throw Error({.kind = ErrorKind::usage, .code = "tlv-too-long", .message = "a TLV value exceeds 16 MB"});
  }
}

void append_tlv(Bytes& to, std::uint32_t tag, ByteView value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    if (tag >> shift != 0) to.push_back(static_cast<std::uint8_t>(tag >> shift));
  }
  append_length(to, value.size());
  append(to, value);
}

Bytes make_tlv(std::uint32_t tag, ByteView value) {
  Bytes object;
  append_tlv(object, tag, value);
  return object;
}

}  // namespace gpsh
