// SPDX-License-Identifier: Apache-2.0
#include "gp/key_information.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "core/tlv.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kWhat = "key information template";
constexpr std::uint32_t kTemplateTag = 0xE0;
constexpr std::uint32_t kKeyTag = 0xC0;
constexpr std::uint8_t kExtended = 0xFF;
constexpr std::uint16_t kOver255 = 256;

struct NamedType {
  std::uint8_t type;
  std::string_view name;
};

constexpr std::array kTypes = {
    NamedType{0x80, "DES"},
    NamedType{0x81, "DES (historical)"},
    NamedType{0x82, "DES (historical)"},
    NamedType{0x83, "DES (historical)"},
    NamedType{0x84, "DES (historical)"},
    NamedType{0x85, "pre-shared key for TLS"},
    NamedType{0x88, "AES"},
    NamedType{0x90, "HMAC-SHA1"},
    NamedType{0x91, "HMAC-SHA1-160"},
    NamedType{0xA0, "RSA public exponent"},
    NamedType{0xA1, "RSA modulus"},
    NamedType{0xA2, "RSA modulus"},
    NamedType{0xA3, "RSA private exponent"},
    NamedType{0xA4, "RSA private key, P"},
    NamedType{0xA5, "RSA private key, Q"},
    NamedType{0xA6, "RSA private key, PQ"},
    NamedType{0xA7, "RSA private key, DP1"},
    NamedType{0xA8, "RSA private key, DQ1"},
    NamedType{0xB0, "elliptic curve public key"},
    NamedType{0xB1, "elliptic curve private key"},
    NamedType{0xB2, "elliptic curve parameter P"},
    NamedType{0xB3, "elliptic curve parameter A"},
    NamedType{0xB4, "elliptic curve parameter B"},
    NamedType{0xB5, "elliptic curve parameter G"},
    NamedType{0xB6, "elliptic curve parameter N"},
    NamedType{0xB7, "elliptic curve parameter k"},
    NamedType{0xF0, "elliptic curve parameters reference"},
};

Error unreadable(const std::string& why) {
  return Error({.kind = ErrorKind::card,
                .code = "bad-response",
                .message = "the key information template cannot be read: " + why});
}

void read_basic(ByteReader& reader, KeyInformation& key) {
  while (!reader.empty()) {
    KeyComponent component{.type = reader.u8()};
    component.length = reader.u8();
    if (component.length == 0 && !component.is_reference()) component.length = kOver255;
    key.components.push_back(component);
  }
}

/// Components begin with FF; the length of the key usage does not.
void read_extended(ByteReader& reader, KeyInformation& key) {
  while (!reader.empty() && reader.peek() == kExtended) {
    reader.u8();
    const auto type = reader.u8();
    key.components.push_back({.type = type, .length = reader.u16()});
  }
  if (reader.empty()) return;
  key.usage = to_bytes(reader.take(reader.u8()));
  if (reader.empty()) return;
  key.access = to_bytes(reader.take(reader.u8()));
  if (!reader.empty()) throw unreadable("there are bytes after the key access");
}

KeyInformation read_key(ByteView value) {
  ByteReader reader(value, kWhat);
  KeyInformation key;
  key.identifier = reader.u8();
  key.version = reader.u8();
  if (!reader.empty() && reader.peek() == kExtended) {
    read_extended(reader, key);
  } else {
    read_basic(reader, key);
  }
  return key;
}

}  // namespace

std::vector<KeyInformation> parse_key_information(ByteView data) {
  try {
    const auto whole = find_tlv(read_tlvs(data, kWhat), kTemplateTag);
    if (!whole) throw unreadable("there is no tag E0");
    std::vector<KeyInformation> keys;
    for (const auto& object : read_tlvs(whole->value, kWhat)) {
      if (object.tag == kKeyTag && !object.value.empty()) keys.push_back(read_key(object.value));
    }
    return keys;
  } catch (const Error& error) {
    if (error.code() == "bad-response") throw;
    throw unreadable(error.facts().message);
  }
}

std::string reference_text(const KeyComponent& component) {
  const auto high = static_cast<std::uint8_t>(component.length >> 8);
  return (high != 0 ? to_hex(high) : "") + to_hex(static_cast<std::uint8_t>(component.length));
}

std::string_view key_type_text(std::uint8_t type) {
  const auto found = std::ranges::find(kTypes, type, &NamedType::type);
  return found == kTypes.end() ? "unknown" : found->name;
}

}  // namespace gpsh::gp
