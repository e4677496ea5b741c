// SPDX-License-Identifier: Apache-2.0
#include "gp/card_data.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/error.h"
#include "core/tlv.h"
#include "gp/expect_ok.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kWhat = "card recognition data";
constexpr std::uint32_t kOidTag = 0x06;
constexpr std::uint32_t kRecognitionTag = 0x73;

// 1.2.840.114283.4, the root of all secure channel protocols (GPCS 2.3.1 section H.2).
constexpr std::array<std::uint8_t, 7> kProtocolRoot = {0x2A, 0x86, 0x48, 0x86, 0xFC, 0x6B, 0x04};

/// Turns what core says of unreadable bytes into this file's error.
template <class Read>
auto readable(Read read) {
  try {
    return read();
  } catch (const Error& error) {
    throw Error({.kind = ErrorKind::card,
                 .code = "bad-response",
                 .message = "the card recognition data cannot be read: " + error.facts().message});
  }
}

std::optional<Tlv> find_recognition(ByteView data) {
  if (auto found = find_path(data, {0x66, kRecognitionTag}, kWhat)) return found;
  if (auto found = find_path(data, {0x6F, 0xA5, kRecognitionTag}, kWhat)) return found;
  return find_path(data, {kRecognitionTag}, kWhat);
}

std::optional<ScpOption> scp_option(ByteView oid) {
  if (oid.size() <= kProtocolRoot.size() || !equal(oid.first(kProtocolRoot.size()), kProtocolRoot)) {
    return std::nullopt;
  }
  const auto tail = oid.subspan(kProtocolRoot.size());
  return ScpOption{.scp = tail.front(), .i = to_bytes(tail.subspan(1))};
}

std::vector<ScpOption> protocols_of(const std::vector<Tlv>& objects) {
  std::vector<ScpOption> protocols;
  for (const auto& object : objects) {
    if (object.tag != 0x64) continue;
    for (const auto& oid : read_tlvs(object.value, kWhat)) {
      if (oid.tag != kOidTag) continue;
      if (auto option = scp_option(oid.value)) protocols.push_back(std::move(*option));
    }
  }
  return protocols;
}

std::optional<std::vector<std::uint32_t>> oid_arcs(ByteView octets) {
  std::vector<std::uint32_t> arcs;
  std::uint64_t value = 0;
  bool complete = false;
  for (const auto octet : octets) {
    value = value << 7 | (octet & 0x7FU);
    if (value > 0xFFFFFFFFU) return std::nullopt;
    complete = (octet & 0x80) == 0;
    if (!complete) continue;
    // The first number holds two arcs: 40 times the first, plus the second.
    const auto first = std::min<std::uint64_t>(value / 40, 2);
    if (arcs.empty()) arcs.push_back(static_cast<std::uint32_t>(first));
    const bool is_second = arcs.size() == 1;
    arcs.push_back(static_cast<std::uint32_t>(is_second ? value - 40 * first : value));
    value = 0;
  }
  if (!complete) return std::nullopt;
  return arcs;
}

std::string dotted(std::span<const std::uint32_t> arcs) {
  std::string text;
  for (const auto arc : arcs) {
    if (!text.empty()) text += '.';
    text += std::to_string(arc);
  }
  return text;
}

std::optional<std::string> version_of(const std::vector<Tlv>& objects) {
  const auto object = find_tlv(objects, 0x60);
  if (!object) return std::nullopt;
  const auto oid = find_tlv(read_tlvs(object->value, kWhat), kOidTag);
  const auto arcs = oid ? oid_arcs(oid->value) : std::nullopt;
  if (!arcs || arcs->size() < 3) return std::nullopt;
  return dotted(std::span(*arcs).last(3));
}

std::optional<RecognitionDetail> detail_of(const std::vector<Tlv>& objects, std::uint32_t tag) {
  const auto object = find_tlv(objects, tag);
  if (!object) return std::nullopt;
  try {
    ByteReader reader(object->value, kWhat);
    const auto first = read_tlv(reader);
    if (auto oid = first.tag == kOidTag ? oid_text(first.value) : std::nullopt) {
      return RecognitionDetail{.oid = std::move(oid), .data = to_bytes(reader.rest())};
    }
  } catch (const Error&) {
    // Cards are free in what they put here: what is no OID is data.
  }
  return RecognitionDetail{.data = to_bytes(object->value)};
}

}  // namespace

Bytes get_data(CardSession& session, std::uint16_t tag) {
  const CommandApdu command{.cla = 0x80,
                            .ins = 0xCA,
                            .p1 = static_cast<std::uint8_t>(tag >> 8),
                            .p2 = static_cast<std::uint8_t>(tag),
                            .le = CommandApdu::kShortMaximum};
  auto response = session.transmit(command, "GET DATA");
  expect_ok(response, "GET DATA", command);
  return std::move(response.data);
}

std::optional<std::uint8_t> ScpOption::implementation() const {
  std::uint32_t value = 0;
  if (i.empty() || i.size() > 2) return std::nullopt;
  for (const auto octet : i) value = value << 7 | (octet & (i.size() == 1 ? 0xFFU : 0x7FU));
  if (value > 0xFF) return std::nullopt;
  return static_cast<std::uint8_t>(value);
}

CardRecognitionData parse_card_recognition_data(ByteView data) {
  return readable([data] {
    const auto found = find_recognition(data);
    if (!found) throw Error({.kind = ErrorKind::card, .message = "there is no tag 73"});
    const auto objects = read_tlvs(found->value, kWhat);
    return CardRecognitionData{.version = version_of(objects),
                               .protocols = protocols_of(objects),
                               .card_configuration = detail_of(objects, 0x65),
                               .card_chip = detail_of(objects, 0x66),
                               .trust_point = detail_of(objects, 0x67),
                               .certificate = detail_of(objects, 0x68)};
  });
}

std::vector<ScpOption> announced_protocols(ByteView fci_or_66) {
  return readable([fci_or_66] {
    const auto found = find_recognition(fci_or_66);
    return found ? protocols_of(read_tlvs(found->value, kWhat)) : std::vector<ScpOption>();
  });
}

std::optional<std::string> oid_text(ByteView octets) {
  const auto arcs = oid_arcs(octets);
  return arcs ? std::optional(dotted(*arcs)) : std::nullopt;
}

}  // namespace gpsh::gp
