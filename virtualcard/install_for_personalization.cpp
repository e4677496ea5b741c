// SPDX-License-Identifier: Apache-2.0
// INSTALL [for personalization] (GPCS 2.3.1 sections 6.7, 7.3.2 and 11.5.2.3.6).
#include <algorithm>

#include "virtualcard/content_permission.h"
#include "virtualcard/install.h"
#include "virtualcard/install_fields.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::size_t kLeadingFields = 4;
constexpr std::size_t kApplication = 2;

/// All fields but the application's AID are empty.
std::optional<Aid> read_application(ByteView data) {
  const auto fields = read_install_fields(data, kLeadingFields);
  if (!fields || !fields->parameters.empty() || !fields->token.empty()) return std::nullopt;
  for (std::size_t i = 0; i < kLeadingFields; ++i) {
    if (i != kApplication && !fields->leading[i].empty()) return std::nullopt;
  }
  return registered_aid(fields->leading[kApplication]);
}

}  // namespace

ResponseApdu install_for_personalization(const CommandApdu& command, Card& card) {
  card.session().personalized.reset();
  const auto aid = read_application(command.data);
  if (!aid) return answer(kIncorrectData);
  const auto& state = card.profile.card;
  const auto* application = state.find_application(*aid);
  if (application == nullptr) return answer(kReferencedDataNotFound);
  const bool trusted = state.privileges_of(card.selected()).has(Privilege::trusted_path);
  const bool its_own = state.domain_of_entry(*application) == card.selected();
  if (!trusted || !its_own || application->locked()) return answer(kConditionsNotSatisfied);
  card.session().personalized = *aid;
  return answer(Bytes{0x00});
}

}  // namespace gpsh::virtualcard
