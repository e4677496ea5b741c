// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/card_data.h"

#include <array>

#include "core/tlv.h"
#include "virtualcard/card_recognition.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kGlobalPlatformBit = 0x80;
constexpr std::uint8_t kAuthenticated = 0x80;
constexpr std::uint16_t kCardData = 0x0066;
constexpr std::uint32_t kCardRecognitionData = 0x73;
constexpr std::uint16_t kSequenceCounter = 0x00C1;
constexpr std::uint16_t kConfirmationCounter = 0x00C2;
constexpr std::uint16_t kKeyInformation = 0x00E0;
constexpr std::uint16_t kSecurityLevel = 0x00D3;
constexpr std::uint16_t kListOfApplications = 0x2F00;
constexpr std::uint16_t kExtendedCardResources = 0xFF21;
constexpr std::uint32_t kApplicationTemplate = 0x61;
constexpr std::uint32_t kAidTag = 0x4F;
constexpr std::array<std::uint8_t, 2> kEmptyTagList = {0x5C, 0x00};

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

/// Installed applications, and what is free (ETSI TS 102 226, 8.2.1.7.2).
Bytes extended_card_resources(const CardState& state) {
  const auto four_bytes = [](std::size_t value) {
    return Bytes{static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16),
                 static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
  };
  const auto free = state.free_memory();
  auto value = make_tlv(0x81, Bytes{static_cast<std::uint8_t>(state.applications.size())});
  append_tlv(value, 0x82, four_bytes(free.non_volatile));
  append_tlv(value, 0x83, four_bytes(free.volatile_bytes));
  return value;
}

/// Those the selected domain may see (GPCS 2.3.1 section 11.3.3.1.3).
Bytes list_of_applications(const Card& card) {
  const auto& state = card.profile.card;
  const auto& selected = card.selected();
  const bool all = state.is_issuer_security_domain(selected) ||
                   state.privileges_of(selected).has(Privilege::global_registry);
  Bytes list;
  for (const auto& application : state.applications) {
    if (all || state.domain_of_entry(application) == selected) {
      append_tlv(list, kApplicationTemplate, make_tlv(kAidTag, application.aid.bytes()));
    }
  }
  return list;
}

/// Of a domain that gives receipts.
std::optional<Bytes> confirmation_counter(const Card& card, const SecurityDomain& domain) {
  const auto privileges = card.profile.card.privileges_of(card.selected());
  if (!privileges.has(Privilege::receipt_generation)) return std::nullopt;
  const auto counter = domain.confirmation_counter;
  return Bytes{static_cast<std::uint8_t>(counter >> 8), static_cast<std::uint8_t>(counter)};
}

/// GPCS 2.3.1 Table 10-1; 00 outside a session.
std::uint8_t current_security_level(const CardChannel& channel) {
  if (!channel.authenticated()) return 0x00;
  return static_cast<std::uint8_t>(kAuthenticated | static_cast<std::uint8_t>(channel.security_level()));
}

std::optional<Bytes> generated(std::uint16_t tag, const Card& card, const SecurityDomain& domain) {
  const auto& profile = card.profile;
  switch (tag) {
    case kCardData: return make_tlv(kCardRecognitionData, card_recognition_data(profile));
    case kKeyInformation: return key_information_template(profile, domain);
    case kSequenceCounter:
      // A domain without keys opens its channels with those of the next one up.
      return sequence_counter(profile,
                              *profile.card.find_domain(profile.card.key_domain_of(card.selected())));
    case kConfirmationCounter: return confirmation_counter(card, domain);
    case kSecurityLevel: return Bytes{current_security_level(card.session().channel)};
    case kExtendedCardResources: return extended_card_resources(profile.card);
    default: return std::nullopt;
  }
}

std::optional<Bytes> find_value(std::uint16_t tag, Card& card) {
  const auto& profile = card.profile;
  const auto& domain = *card.selected_domain();
  if (const auto stored = domain.data.find(tag); stored != domain.data.end()) return stored->second;
  // The profile's objects are the card's, so the Issuer Security Domain has them.
  const auto& objects = profile.data_objects;
  const auto given = objects.find(tag);
  if (given != objects.end() && profile.card.is_issuer_security_domain(card.selected())) return given->second;
  return generated(tag, card, domain);
}

std::uint16_t tag_of(const CommandApdu& command) {
  return static_cast<std::uint16_t>(command.p1 << 8 | command.p2);
}

/// The list is no data object: it has no tag of its own, and asks for the tag list 5C 00.
ResponseApdu get_list_of_applications(const CommandApdu& command, const Card& card) {
  if (!equal(command.data, kEmptyTagList)) return answer(kIncorrectData);
  auto list = list_of_applications(card);
  if (list.empty()) return answer(kReferencedDataNotFound);
  if (list.size() > card.session().channel.response_capacity()) return answer(kWrongLength);
  return answer(std::move(list));
}

}  // namespace

ResponseApdu get_data(const CommandApdu& command, Card& card) {
  const auto tag = tag_of(command);
  const auto& refusals = card.profile.data_refusals;
  if (const auto refused = refusals.find(tag); refused != refusals.end()) return answer(refused->second);
  const bool whole_object = (command.cla & kGlobalPlatformBit) != 0;
  if (tag == kListOfApplications && whole_object) return get_list_of_applications(command, card);
  const auto value = find_value(tag, card);
  if (!value) return answer(kReferencedDataNotFound);
  const auto data = whole_object ? make_tlv(tag, *value) : *value;
  if (data.size() > card.session().channel.response_capacity()) return answer(kWrongLength);
  return answer(data);
}

ResponseApdu get_data_of_file(const CommandApdu& command, Card& card) {
  if (tag_of(command) == kListOfApplications) return get_list_of_applications(command, card);
  return answer(kReferencedDataNotFound);
}

}  // namespace gpsh::virtualcard
