// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/key_fields.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "virtualcard/aes_crypto.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::size_t kCheckValueBytes = 3;
constexpr std::uint8_t kFirstKeyType = 0x80;
constexpr std::uint8_t kExtendedFormat = 0xFF;
constexpr StatusWord kAlgorithmNotSupported{0x9484};
constexpr StatusWord kInvalidCheckValue{0x9485};
constexpr StatusWord kWrongCheckValue{0x6982};

/// What PUT KEY may combine into one key (GPCS 2.3.1 Tables 11-72 to 11-77).
const std::vector<Bytes>& combinations() {
  static const std::vector<Bytes> all = {hex("80"),           hex("88"),
                                         hex("A1A0"),         hex("A1A3"),
                                         hex("A2A3"),         hex("A4A5A6A7A8"),
                                         hex("F0B2B3B4B5B6"), hex("F0B2B3B4B5B6B7"),
                                         hex("B0F0"),         hex("B1F0"),
                                         hex("B0B2B3B4B5B6"), hex("B0B2B3B4B5B6B7"),
                                         hex("B1B2B3B4B5B6"), hex("B1B2B3B4B5B6B7")};
  return all;
}

/// 81 and 82 named DES in ECB and CBC mode before the mode was implicit.
std::uint8_t today(std::uint8_t type) {
  return type == 0x81 || type == 0x82 ? kDesKey : type;
}

bool is_secret(std::uint8_t type) {
  return type == kDesKey || type == kAesKey || (type >= 0xA2 && type <= 0xA8) || type == 0xB1;
}

bool is_symmetric(std::uint8_t type) {
  return type == kDesKey || type == kAesKey;
}

struct KeyField {
  std::vector<std::pair<std::uint8_t, Bytes>> blocks;  ///< type and Key Component Block
  Bytes check_value;
};

[[noreturn]] void malformed() {
  throw Error({.kind = ErrorKind::card, .code = "key-field", .message = "a key data field is malformed"});
}

/// BER, but 128 may be one byte.
std::size_t read_length(ByteReader& reader) {
  const auto first = reader.u8();
  if (first <= 0x80) return first;
  if (first == 0x81) return reader.u8();
  if (first == 0x82) return reader.u16();
  malformed();
}

KeyField read_field(ByteReader& reader) {
  KeyField field;
  bool extended = false;
  while (field.blocks.empty() || reader.peek() >= kFirstKeyType) {
    auto type = reader.u8();
    if (type == kExtendedFormat) {
      extended = true;
      type = reader.u8();
    }
    if (type < kFirstKeyType) malformed();
    const auto length = read_length(reader);
    if (length == 0) malformed();
    field.blocks.emplace_back(today(type), to_bytes(reader.take(length)));
  }
  field.check_value = to_bytes(reader.take(reader.u8()));
  if (extended) {
    static_cast<void>(reader.take(reader.u8()));  // key usage qualifier
    static_cast<void>(reader.take(reader.u8()));  // key access
  }
  return field;
}

/// The plain value of a secret component (GPCS 2.3.1 section 11.8.2.3.3).
Key decrypt_block(ByteView block, const KeyReading& reading, std::uint8_t type) {
  const auto size = reading.sensitive_data.block_bytes();
  if (block.size() % size == 0) {
    const bool refused =
        type == kAesKey && reading.amendment_d && !reading.profile.tolerance.aes_key_without_length;
    if (refused) malformed();
    return reading.sensitive_data.decrypt(block);
  }
  ByteReader reader(block, "key component block");
  const auto length = read_length(reader);
  const auto encrypted = reader.rest();
  if (encrypted.size() % size != 0) malformed();
  auto plain = reading.sensitive_data.decrypt(encrypted);
  if (length > plain.size() || plain.size() - length >= size) malformed();
  plain.resize(length);
  return plain;
}

std::variant<NewKey, StatusWord> open_field(const KeyField& field, const KeyReading& reading) {
  Bytes types;
  for (const auto& [type, block] : field.blocks) types.push_back(type);
  if (std::ranges::find(combinations(), types) == combinations().end()) {
    const bool older = reading.profile.specification == CardSpecification::gp_2_1_1;
    return older ? kAlgorithmNotSupported : kIncorrectData;
  }
  NewKey key{.components = {}, .check_value = field.check_value};
  for (const auto& [type, block] : field.blocks) {
    key.components.push_back(
        {.type = type, .value = is_secret(type) ? decrypt_block(block, reading, type) : make_key(block)});
  }
  const auto& first = key.components.front();
  if (!is_symmetric(first.type)) {
    if (!field.check_value.empty()) malformed();
    return key;
  }
  if (!right_length(first.type, first.value.size()) || field.check_value.size() != kCheckValueBytes)
    malformed();
  if (!equal_in_constant_time(field.check_value, key_check_value(first.type, first.value))) {
    return wrong_check_value(reading.profile);
  }
  return key;
}

}  // namespace

std::variant<std::vector<NewKey>, StatusWord> read_key_fields(ByteView data, const KeyReading& reading) {
  std::vector<NewKey> keys;
  try {
    ByteReader reader(data, "PUT KEY data");
    while (!reader.empty()) {
      auto opened = open_field(read_field(reader), reading);
      if (const auto* refused = std::get_if<StatusWord>(&opened)) return *refused;
      keys.push_back(std::move(std::get<NewKey>(opened)));
    }
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::card) throw;
    return kIncorrectData;
  }
  if (keys.empty()) return kIncorrectData;
  return keys;
}

Bytes key_check_value(std::uint8_t type, const Key& key) {
  Bytes value;
  if (type == kAesKey) {
    value = aes_encrypt_block(key, Bytes(kAesBlockBytes, 0x01));
  } else {
    const auto encrypted = triple_des_encrypt_ecb(key, Bytes(kDesBlockBytes, 0x00));
    value.assign(encrypted.begin(), encrypted.end());
  }
  value.resize(kCheckValueBytes);
  return value;
}

bool right_length(std::uint8_t type, std::size_t bytes) {
  if (type == kDesKey) return bytes == kDoubleDesKeyBytes;
  return bytes == 16 || bytes == 24 || bytes == 32;
}

StatusWord wrong_check_value(const Profile& profile) {
  return profile.specification == CardSpecification::gp_2_1_1 ? kInvalidCheckValue : kWrongCheckValue;
}

}  // namespace gpsh::virtualcard
