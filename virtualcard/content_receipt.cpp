// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/content_receipt.h"

#include "core/error.h"
#include "core/tlv.h"
#include "virtualcard/signature.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kReceiptKeyVersion = 0x71;
constexpr std::uint16_t kLastConfirmation = 0x7FFF;
constexpr std::uint16_t kProviderNumber = 0x42;
constexpr std::uint16_t kImageNumber = 0x45;
constexpr std::uint32_t kSignatureTemplate = 0xB6;
constexpr std::uint32_t kTokenIdentifier = 0x93;

void append_with_length(Bytes& to, ByteView value) {
  to.push_back(static_cast<std::uint8_t>(value.size()));
  append(to, value);
}

/// A data object of a domain; the profile's are the issuer's.
Bytes data_of(const Profile& profile, const Aid& domain, std::uint16_t tag) {
  const auto& stored = profile.card.find_domain(domain)->data;
  if (const auto found = stored.find(tag); found != stored.end()) return found->second;
  const auto given = profile.data_objects.find(tag);
  const bool issuer = profile.card.is_issuer_security_domain(domain);
  return issuer && given != profile.data_objects.end() ? given->second : Bytes();
}

/// GPCS 2.3.1 Table 11-14, without the digest of the token's data, which is optional.
Bytes confirmation_data(const ReceiptSubject& subject, const Aid& generator, const Profile& profile) {
  const auto counter = profile.card.find_domain(generator)->confirmation_counter;
  Bytes data{0x02, static_cast<std::uint8_t>(counter >> 8), static_cast<std::uint8_t>(counter)};
  append_with_length(data, concat({data_of(profile, generator, kProviderNumber),
                                   data_of(profile, generator, kImageNumber)}));
  if (!subject.token_identifier.empty()) append_with_length(data, subject.token_identifier);
  return data;
}

Bytes with_length(ByteView value) {
  Bytes made;
  append_length(made, value.size());
  append(made, value);
  return made;
}

}  // namespace

Bytes receipt_elements(std::initializer_list<Aid> aids) {
  Bytes elements;
  for (const auto& aid : aids) append_with_length(elements, aid.bytes());
  return elements;
}

Bytes token_identifier(ByteView objects) {
  try {
    const auto found = find_path(objects, {kSignatureTemplate, kTokenIdentifier}, "signature template");
    return found ? to_bytes(found->value) : Bytes();
  } catch (const Error&) {
    return {};
  }
}

ResponseApdu confirm(const ReceiptSubject& subject, Card& card) {
  const auto nothing = answer(Bytes{0x00});
  auto& state = card.profile.card;
  if (!state.privileges_of(card.selected()).has(Privilege::delegated_management)) return nothing;
  const auto generator = state.nearest_with(Privilege::receipt_generation, card.selected());
  if (!generator) return nothing;
  auto& domain = *state.find_domain(*generator);
  const auto* key = domain.find_service_key(kReceiptKeyVersion, 0x00);
  if (key == nullptr || domain.confirmation_counter >= kLastConfirmation) return nothing;
  ++domain.confirmation_counter;
  const auto data = confirmation_data(subject, *generator, card.profile);
  const auto receipt = mac_of(*key, concat({data, subject.elements}));
  if (receipt.empty()) return nothing;
  return answer(with_length(concat({with_length(receipt), data})));
}

}  // namespace gpsh::virtualcard
