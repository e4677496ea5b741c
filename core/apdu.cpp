// SPDX-License-Identifier: Apache-2.0
#include "core/apdu.h"

#include "core/error.h"

namespace gpsh {
namespace {

constexpr std::size_t kHeaderBytes = 4;
constexpr std::uint32_t kExtendedMaximum = 65536;

[[noreturn]] void malformed(ByteView bytes, const std::string& why) {
  throw Error({.kind = ErrorKind::usage,
               .code = "bad-apdu",
               .message = "not a command APDU: " + why,
               .advice = "header CLA INS P1 P2, then optionally Lc and data, then optionally Le; got " +
                         to_hex(bytes)});
}

std::uint32_t le_or_maximum(std::uint32_t coded, std::uint32_t maximum) {
  return coded == 0 ? maximum : coded;
}

void parse_short_body(ByteReader& reader, CommandApdu& apdu, ByteView whole) {
  const auto first = reader.u8();
  if (reader.empty()) {
    apdu.le = le_or_maximum(first, CommandApdu::kShortMaximum);
    return;
  }
  if (reader.remaining() != first && reader.remaining() != first + 1U) {
    malformed(whole, "Lc is " + std::to_string(first) + " but " + std::to_string(reader.remaining()) +
                         " bytes follow");
  }
  apdu.data = to_bytes(reader.take(first));
  if (!reader.empty()) apdu.le = le_or_maximum(reader.u8(), CommandApdu::kShortMaximum);
}

void parse_extended_body(ByteReader& reader, CommandApdu& apdu, ByteView whole) {
  reader.u8();
  const auto first = reader.u16();
  if (reader.empty()) {
    apdu.le = le_or_maximum(first, kExtendedMaximum);
    return;
  }
  if (first == 0 || (reader.remaining() != first && reader.remaining() != first + 2U)) {
    malformed(whole, "the extended Lc is " + std::to_string(first) + " but " +
                         std::to_string(reader.remaining()) + " bytes follow");
  }
  apdu.data = to_bytes(reader.take(first));
  if (!reader.empty()) apdu.le = le_or_maximum(reader.u16(), kExtendedMaximum);
}

void append_u16(Bytes& to, std::size_t value) {
  append(to, {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)});
}

}  // namespace

bool CommandApdu::extended() const {
  return data.size() > kMaxShortData || le.value_or(0) > kShortMaximum;
}

Bytes CommandApdu::encode() const {
  if (data.size() > 0xFFFF) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "data-too-long",
                 .message = "more than 65535 bytes of command data"});
  }
  if (le && (*le == 0 || *le > kExtendedMaximum)) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "bad-le",
                 .message = "Le is " + std::to_string(*le) + ", it can be 1 to 65536"});
  }
  auto bytes = header();
  if (!extended()) {
    if (!data.empty()) bytes.push_back(static_cast<std::uint8_t>(data.size()));
    append(bytes, data);
    if (le) bytes.push_back(static_cast<std::uint8_t>(*le));
    return bytes;
  }
  bytes.push_back(0x00);
  if (!data.empty()) append_u16(bytes, data.size());
  append(bytes, data);
  if (le) append_u16(bytes, *le);
  return bytes;
}

CommandApdu CommandApdu::parse(ByteView bytes) {
  if (bytes.size() < kHeaderBytes) malformed(bytes, "fewer than 4 bytes");
  ByteReader reader(bytes, "command APDU");
  CommandApdu apdu{.cla = reader.u8(), .ins = reader.u8(), .p1 = reader.u8(), .p2 = reader.u8()};
  if (reader.empty()) return apdu;
  const bool extended_form = reader.peek() == 0x00 && reader.remaining() >= 3;
  if (extended_form) {
    parse_extended_body(reader, apdu, bytes);
  } else {
    parse_short_body(reader, apdu, bytes);
  }
  return apdu;
}

Bytes ResponseApdu::encode() const {
  auto bytes = data;
  append(bytes, {sw.sw1(), sw.sw2()});
  return bytes;
}

ResponseApdu ResponseApdu::parse(ByteView bytes) {
  if (bytes.size() < 2) {
    throw Error({.kind = ErrorKind::card,
                 .code = "short-response",
                 .message = "the card answered " + std::to_string(bytes.size()) +
                            " bytes; a response ends with a status word of two bytes",
                 .advice = "the reader or its driver cut the answer: reseat the card, try another reader"});
  }
  const auto data = bytes.first(bytes.size() - 2);
  const auto tail = bytes.last(2);
  return {.data = to_bytes(data), .sw = StatusWord(static_cast<std::uint16_t>(tail[0] << 8 | tail[1]))};
}

}  // namespace gpsh
