// SPDX-License-Identifier: Apache-2.0
#include "gp/card_numbers.h"

#include "core/error.h"
#include "core/tlv.h"

namespace gpsh::gp {
namespace {

constexpr std::size_t kMaxCounterBytes = 4;
constexpr unsigned kFiller = 0xF;

struct ObjectName {
  std::uint8_t tag;
  std::string_view name;
};

constexpr ObjectName kIssuerNumber{0x42, "issuer identification number"};
constexpr ObjectName kImageNumber{0x45, "card image number"};
constexpr ObjectName kSequenceCounter{0xC1, "sequence counter"};
constexpr ObjectName kConfirmationCounter{0xC2, "confirmation counter"};
constexpr ObjectName kDiversificationData{0xCF, "key diversification data"};

Error unreadable(const ObjectName& object, const std::string& why) {
  return Error({.kind = ErrorKind::card,
                .code = "bad-response",
                .message = "the " + std::string(object.name) + " cannot be read: " + why});
}

/// Data that is one object with this tag; else it is the value itself.
ByteView value_of(ByteView data, const ObjectName& object) {
  if (data.empty()) throw unreadable(object, "there is no data");
  if (data.front() != object.tag) return data;
  try {
    ByteReader reader(data, object.name);
    return read_tlv(reader).value;
  } catch (const Error& error) {
    throw unreadable(object, error.facts().message);
  }
}

std::optional<std::string> decimal_digits(ByteView value) {
  std::string digits;
  bool ended = false;
  for (const auto byte : value) {
    for (const unsigned digit : {static_cast<unsigned>(byte) >> 4U, static_cast<unsigned>(byte) & 0xFU}) {
      ended = ended || digit == kFiller;
      if (ended ? digit != kFiller : digit > 9) return std::nullopt;
      if (!ended) digits += static_cast<char>('0' + digit);
    }
  }
  return digits.empty() ? std::nullopt : std::optional(std::move(digits));
}

IdentificationNumber number_of(ByteView data, const ObjectName& object) {
  const auto value = value_of(data, object);
  return {.value = to_bytes(value), .digits = decimal_digits(value)};
}

std::uint32_t counter_of(ByteView data, const ObjectName& object) {
  const auto value = value_of(data, object);
  if (value.empty() || value.size() > kMaxCounterBytes) {
    throw unreadable(object, "it has " + std::to_string(value.size()) + " bytes");
  }
  std::uint32_t counter = 0;
  for (const auto byte : value) counter = counter << 8 | byte;
  return counter;
}

}  // namespace

IdentificationNumber parse_issuer_number(ByteView data) {
  return number_of(data, kIssuerNumber);
}

IdentificationNumber parse_image_number(ByteView data) {
  return number_of(data, kImageNumber);
}

std::uint32_t parse_sequence_counter(ByteView data) {
  return counter_of(data, kSequenceCounter);
}

std::uint32_t parse_confirmation_counter(ByteView data) {
  return counter_of(data, kConfirmationCounter);
}

Bytes parse_diversification_data(ByteView data) {
  return to_bytes(value_of(data, kDiversificationData));
}

}  // namespace gpsh::gp
