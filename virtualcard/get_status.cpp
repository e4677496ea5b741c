// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/get_status.h"

#include <algorithm>

#include <utility>

#include "core/error.h"
#include "core/tlv.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kElements = 0xF0;
constexpr std::uint8_t kIssuerSecurityDomainOnly = 0x80;
constexpr std::uint8_t kNext = 0x01;
constexpr std::uint8_t kTlvFormat = 0x02;
constexpr std::uint32_t kAidTag = 0x4F;
constexpr std::uint32_t kTagListTag = 0x5C;

std::vector<std::uint32_t> read_tag_list(ByteView bytes) {
  ByteReader reader(bytes, "tag list");
  std::vector<std::uint32_t> tags;
  while (!reader.empty()) {
    std::uint32_t tag = reader.u8();
    if ((tag & 0x1F) == 0x1F) tag = tag << 8 | reader.u8();
    tags.push_back(tag);
  }
  return tags;
}

/// Adds the criteria in `data` (GPCS 2.3.1 Table 11-35). Nothing when they cannot be read or no 4F comes
/// first.
std::optional<RegistryQuery> with_criteria(RegistryQuery query, ByteView data) {
  try {
    ByteReader reader(data, "search criteria");
    const auto first = read_tlv(reader);
    if (first.tag != kAidTag || first.value.size() > Aid::kMaxBytes) return std::nullopt;
    query.aid = to_bytes(first.value);
    while (!reader.empty()) {
      const auto object = read_tlv(reader);
      if (object.tag == kTagListTag) query.tags = read_tag_list(object.value);
    }
    return query;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

ResponseApdu get_status(const CommandApdu& command, Card& card) {
  const bool bad_elements = command.p1 == 0 || (command.p1 & ~kElements) != 0;
  if (bad_elements || (command.p2 & ~(kNext | kTlvFormat)) != 0) return answer(kIncorrectP1P2);
  const bool next = (command.p2 & kNext) != 0;
  const bool domain_only = command.p1 == kIssuerSecurityDomainOnly;
  if (next && domain_only) return answer(kIncorrectP1P2);
  // Only the issuer's domain or one with the Global Registry privilege takes it (11.4.2.1).
  const auto& state = card.profile.card;
  const bool sees_issuer = state.is_issuer_security_domain(card.selected()) ||
                           state.privileges_of(card.selected()).has(Privilege::global_registry);
  if (domain_only && !sees_issuer) return answer(kIncorrectP1P2);

  std::optional<RegistryQuery> query =
      RegistryQuery{.elements = command.p1, .tlv = (command.p2 & kTlvFormat) != 0};
  // For the Issuer Security Domain alone the criteria do not count (11.4.2.1), so they need not be there.
  if (!domain_only || !command.data.empty()) query = with_criteria(std::move(*query), command.data);
  if (!query) return answer(kIncorrectData);
  if (domain_only) query->aid.clear();

  auto& listing = card.session().listing;
  if (next && (!listing || listing->query() != *query)) return answer(kConditionsNotSatisfied);
  if (!next) listing.emplace(std::move(*query), card.profile, card.selected());
  return listing->next(std::min(card.profile.response_limit, card.session().channel.response_capacity()));
}

}  // namespace gpsh::virtualcard
