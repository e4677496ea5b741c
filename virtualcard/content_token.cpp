// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/content_token.h"

#include "virtualcard/mac_length.h"
#include "virtualcard/signature.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kTokenKeyVersion = 0x70;

}  // namespace

Bytes covered_by_token(const CommandApdu& command, ByteView data) {
  return concat({Bytes{command.p1, command.p2}, mac_length(data.size()), data});
}

Refusal check_token(const Card& card, const TokenClaim& claim) {
  const auto& state = card.profile.card;
  const bool delegated = state.privileges_of(card.selected()).has(Privilege::delegated_management);
  if (!delegated) return claim.token.empty() ? Refusal() : kIncorrectData;
  if (claim.token.empty()) return kConditionsNotSatisfied;
  // The nearest one on the way up verifies (GPCS 2.3.1 section 9.1.3.1).
  const auto verifier = state.nearest_with(Privilege::token_verification, card.selected());
  const auto* key =
      verifier ? state.find_domain(*verifier)->find_service_key(kTokenKeyVersion, 0x00) : nullptr;
  if (key == nullptr || !signature_is_right(*key, claim.covered, claim.token)) return kSecurityNotSatisfied;
  return std::nullopt;
}

}  // namespace gpsh::virtualcard
