// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/card_data.h"

#include "core/tlv.h"
#include "virtualcard/card_recognition.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kGlobalPlatformBit = 0x80;
constexpr std::uint16_t kCardData = 0x0066;
constexpr std::uint32_t kCardRecognitionData = 0x73;
constexpr std::uint16_t kSequenceCounter = 0x00C1;
constexpr std::uint16_t kKeyInformation = 0x00E0;

/// Of the default key set, in 2 bytes for SCP02 (GPCS 2.3.1 E.1.2.2) and 3 for SCP03 (AmdD 6.2.2.1).
std::optional<Bytes> sequence_counter(const Profile& profile, const SecurityDomain& domain) {
  if (domain.key_sets.empty()) return std::nullopt;
  const auto& keys = domain.default_key_set();
  const auto& options = profile.options_of(keys);
  if (!options.has_sequence_counter()) return std::nullopt;
  Bytes value;
  for (auto bytes = options.sequence_counter_bytes(); bytes > 0; --bytes) {
    value.push_back(static_cast<std::uint8_t>(keys.sequence_counter >> (8 * (bytes - 1))));
  }
  return value;
}

std::optional<Bytes> find_value(std::uint16_t tag, Card& card) {
  const auto& profile = card.profile;
  const auto& domain = *card.selected_domain();
  if (const auto stored = domain.data.find(tag); stored != domain.data.end()) return stored->second;
  // The profile's objects are the card's, so the Issuer Security Domain has them.
  const auto& objects = profile.data_objects;
  const auto given = objects.find(tag);
  if (given != objects.end() && profile.card.is_issuer_security_domain(card.selected())) return given->second;
  switch (tag) {
    case kCardData: return make_tlv(kCardRecognitionData, card_recognition_data(profile));
    case kKeyInformation: return key_information_template(profile, domain);
    case kSequenceCounter: return sequence_counter(profile, domain);
    default: return std::nullopt;
  }
}

}  // namespace

ResponseApdu get_data(const CommandApdu& command, Card& card) {
  const auto tag = static_cast<std::uint16_t>(command.p1 << 8 | command.p2);
  const auto& refusals = card.profile.data_refusals;
  if (const auto refused = refusals.find(tag); refused != refusals.end()) return answer(refused->second);
  const auto value = find_value(tag, card);
  if (!value) return answer(kReferencedDataNotFound);
  const auto data = (command.cla & kGlobalPlatformBit) != 0 ? make_tlv(tag, *value) : *value;
  if (data.size() > card.session().channel.response_capacity()) return answer(kWrongLength);
  return answer(data);
}

}  // namespace gpsh::virtualcard
