// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/card_recognition.h"

#include "core/tlv.h"
#include "virtualcard/domain_keys.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint32_t kObjectIdentifier = 0x06;
constexpr std::uint8_t kPublicPoint = 0xB0;
constexpr std::uint8_t kFirstCurveParameter = 0xB2;
constexpr std::uint8_t kLastCurveParameter = 0xB7;
constexpr std::uint8_t kParameterReference = 0xF0;

/// {globalPlatform} is 1.2.840.114283; `more` continues it.
Bytes object_identifier(std::initializer_list<std::uint8_t> more) {
  auto value = hex("2A864886FC6B");
  append(value, more);
  return make_tlv(kObjectIdentifier, value);
}

/// The length of a component as the template tells it (GPCS 2.3.1 section 11.3.3.1.1): 00 stands for 256 and
/// more, a point goes without its first byte 04, a parameter reference is given instead of its length.
std::uint8_t told_length(const KeyComponent& component) {
  const auto& value = component.value;
  if (component.type == kParameterReference && !value.empty()) return value.front();
  const auto bytes = component.type == kPublicPoint && !value.empty() ? value.size() - 1 : value.size();
  return bytes > 0xFF ? std::uint8_t{0} : static_cast<std::uint8_t>(bytes);
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
  for (const auto& key : all_keys(domain, profile)) {
    Bytes entry{key.identifier, key.version};
    for (const auto& component : key.components) {
      if (component.type >= kFirstCurveParameter && component.type <= kLastCurveParameter) continue;
      append(entry, {component.type, told_length(component)});
    }
    append_tlv(data, 0xC0, entry);
  }
  return data;
}

}  // namespace gpsh::virtualcard
