// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/card_recognition.h"

#include "core/tlv.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint32_t kObjectIdentifier = 0x06;
constexpr std::uint8_t kDesKeyType = 0x80;
constexpr std::uint8_t kAesKeyType = 0x88;
constexpr std::uint8_t kKeysPerSet = 3;

/// {globalPlatform} is 1.2.840.114283; `more` continues it.
Bytes object_identifier(std::initializer_list<std::uint8_t> more) {
  auto value = hex("2A864886FC6B");
  append(value, more);
  return make_tlv(kObjectIdentifier, value);
}

}  // namespace

Bytes card_recognition_data(const Profile& profile) {
  const bool older = profile.specification == CardSpecification::gp_2_1_1;
  auto data = object_identifier({0x01});
  append_tlv(
      data, 0x60,
      older ? object_identifier({0x02, 0x02, 0x01, 0x01}) : object_identifier({0x02, 0x02, 0x03, 0x01}));
  append_tlv(data, 0x63, object_identifier({0x03}));
  for (const auto& options : profile.secure_channels) {
    append_tlv(data, 0x64, object_identifier({0x04, static_cast<std::uint8_t>(options.protocol), options.i}));
  }
  return data;
}

Bytes key_information_template(const Profile& profile, const SecurityDomain& domain) {
  Bytes data;
  for (const auto& keys : domain.key_sets) {
    const auto type = keys.type == KeyType::aes ? kAesKeyType : kDesKeyType;
    const auto count = profile.options_of(keys).one_base_key() ? 1 : kKeysPerSet;
    for (std::uint8_t identifier = 1; identifier <= count; ++identifier) {
      append_tlv(data, 0xC0,
                 Bytes{identifier, keys.version, type, static_cast<std::uint8_t>(keys.enc.size())});
    }
  }
  return data;
}

}  // namespace gpsh::virtualcard
