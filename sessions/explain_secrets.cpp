// SPDX-License-Identifier: Apache-2.0
// Commands whose data holds what must not be seen.
#include <string_view>
#include <utility>

#include "core/error.h"
#include "gp/key_information.h"
#include "sessions/explain_command.h"
#include "sessions/explain_lengths.h"

namespace gpsh::sessions {
namespace {

constexpr std::string_view kWhat = "data";
constexpr std::uint8_t kExtendedType = 0xFF;
constexpr std::uint8_t kFirstKeyType = 0x80;
constexpr std::size_t kCheckValueBytes = 3;

/// What is longer than a check value may be key data in a wrong place.
ExplainedField short_field(std::string name, ByteView value) {
  if (value.size() <= kCheckValueBytes) return hex_field(std::move(name), value);
  return length_field(std::move(name), value.size());
}

/// Components, then the check value; behind an extended type also usage and access.
ExplainedField key_field(ByteReader& reader, unsigned identifier) {
  ExplainedField key{.name = "key " + std::to_string(identifier)};
  bool extended = false;
  do {
    auto type = reader.u8();
    if (type == kExtendedType) {
      extended = true;
      type = reader.u8();
    }
    const auto block = take_counted(reader);
    key.inside.push_back(
        length_field(std::string(gp::key_type_text(type)) + " (type " + to_hex(type) + ")", block.size()));
  } while (!reader.empty() && reader.peek() >= kFirstKeyType);
  key.inside.push_back(short_field("check value", reader.take(reader.u8())));
  if (extended) {
    key.inside.push_back(short_field("key usage", reader.take(reader.u8())));
    key.inside.push_back(short_field("key access", reader.take(reader.u8())));
  }
  return key;
}

/// DGI: two bytes, a length of one byte or FF and two (EMV CPS 1.1 section 2.2).
ExplainedFields dgi_fields(ByteView data, ValueDisplay display) {
  ByteReader reader(data, kWhat);
  ExplainedFields fields;
  while (!reader.empty()) {
    const auto name = "DGI " + to_hex(reader.take(2));
    std::size_t length = reader.u8();
    if (length == 0xFF) length = reader.u16();
    const auto value = reader.take(length);
    fields.push_back(display == ValueDisplay::shown ? hex_field(name, value) : length_field(name, length));
  }
  return fields;
}

bool encrypted(std::uint8_t p1) {
  return (p1 & 0x60) != 0;
}

}  // namespace

ByteView take_counted(ByteReader& reader) {
  std::size_t length = reader.u8();
  if (length == 0x81) length = reader.u8();
  if (length == 0x82) length = reader.u16();
  return reader.take(length);
}

ExplainedFields put_key_fields(const CommandApdu& command) {
  ByteReader reader(command.data, kWhat);
  ExplainedFields fields = {{.name = "new key version", .value = to_hex(reader.u8())}};
  unsigned identifier = command.p2 & 0x7FU;
  while (!reader.empty()) fields.push_back(key_field(reader, identifier++));
  return fields;
}

ExplainedFields store_data_fields(const CommandApdu& command, ValueDisplay display) {
  if (encrypted(command.p1)) display = ValueDisplay::lengths;
  const ByteView data = command.data;
  switch ((command.p1 >> 3) & 0x03) {
    case 1: return dgi_fields(data, display);
    case 2:
      if (auto fields = tlv_fields(data, display)) return std::move(*fields);
      break;
    default: break;
  }
  if (display == ValueDisplay::lengths) return {length_field("data", data.size())};
  return tlv_or_hex("data", data);
}

}  // namespace gpsh::sessions
