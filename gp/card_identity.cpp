// SPDX-License-Identifier: Apache-2.0
#include "gp/card_identity.h"

#include <algorithm>

#include "core/error.h"
#include "core/tlv.h"
#include "gp/digest.h"

namespace gpsh::gp {
namespace {

constexpr std::uint16_t kCplc = 0x9F7F;
constexpr std::uint16_t kIssuerNumber = 0x0042;
constexpr std::uint16_t kCardImageNumber = 0x0045;

/// All 00, all FF, or nothing at all.
bool blank(ByteView data) {
  const auto all = [&](std::uint8_t value) { return std::count(data.begin(), data.end(), value); };
  const auto size = static_cast<std::ptrdiff_t>(data.size());
  return all(0x00) == size || all(0xFF) == size;
}

/// The value of the object; data without the tag is the value itself.
Bytes value_of(ByteView data, std::uint16_t tag) {
  try {
    if (const auto object = find_path(data, {tag}, "a data object")) return to_bytes(object->value);
  } catch (const Error&) {
    // Not TLV: some cards leave the tag out.
  }
  return to_bytes(data);
}

/// Nothing where the card refuses: that it does so tells nothing about the card.
Bytes ask(CardSession& session, std::uint16_t tag) {
  const auto response = session.transmit_plain({.cla = 0x80,
                                                .ins = 0xCA,
                                                .p1 = static_cast<std::uint8_t>(tag >> 8),
                                                .p2 = static_cast<std::uint8_t>(tag),
                                                .le = CommandApdu::kShortMaximum},
                                               "GET DATA");
  return response.sw.ok() ? value_of(response.data, tag) : Bytes{};
}

}  // namespace

CardIdentity card_identity(const InitializeUpdateResponse& answer, ByteView aid) {
  return {.fingerprint = sha256(concat({answer.diversification_data, aid})),
          .unique = !blank(answer.diversification_data),
          .key_version = answer.key_version};
}

/// The chip's part does not change when the card is personalised or its operating system patched: fabricator
/// and type (4 bytes), three fields of the operating system (6), fabrication date (2), serial number (4),
/// batch (2).
Bytes cplc_fingerprint(ByteView data) {
  constexpr std::size_t kTypeBytes = 4;
  constexpr std::size_t kDateAt = 10;
  constexpr std::size_t kSerialAt = 12;
  constexpr std::size_t kSerialBytes = 4;
  constexpr std::size_t kChipBytes = 18;
  const auto cplc = value_of(data, kCplc);
  const ByteView view(cplc);
  if (view.size() < kChipBytes || blank(view.subspan(kSerialAt, kSerialBytes))) return {};
  return sha256(concat({view.first(kTypeBytes), view.subspan(kDateAt, kChipBytes - kDateAt)}));
}

Bytes read_card_data(CardSession& session) {
  if (auto fingerprint = cplc_fingerprint(ask(session, kCplc)); !fingerprint.empty()) return fingerprint;
  const auto image_number = ask(session, kCardImageNumber);
  if (blank(image_number)) return {};
  const auto issuer = make_tlv(kIssuerNumber, ask(session, kIssuerNumber));
  return sha256(concat({issuer, make_tlv(kCardImageNumber, image_number)}));
}

}  // namespace gpsh::gp
