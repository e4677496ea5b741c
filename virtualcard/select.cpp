// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/select.h"

#include <algorithm>

#include "core/tlv.h"
#include "virtualcard/card_recognition.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kSelect = 0xA4;
constexpr std::uint8_t kByName = 0x04;
constexpr std::uint8_t kFirst = 0x00;
constexpr std::uint8_t kNext = 0x02;
constexpr std::uint8_t kWhatToReturn = 0x0C;  // ISO/IEC 7816-4, Table 40: FCI, FCP, FMD
constexpr std::uint8_t kReturnNothing = 0x0C;
constexpr std::uint8_t kMaximumDataLength = 0xFF;
constexpr std::uint32_t kFciTemplate = 0x6F;
constexpr std::uint32_t kApplicationAid = 0x84;
constexpr std::uint32_t kProprietaryData = 0xA5;

/// What SELECT looks through, the Issuer Security Domain first. An application that is only installed is
/// passed over, a locked one is found but not taken (GPCS 2.3.1 section 6.4.2.1.2).
std::vector<Aid> candidates(const CardState& card) {
  std::vector<Aid> found;
  if (card.issuer_security_domain.selectable) found.push_back(card.issuer_security_domain.aid);
  for (const auto& application : card.applications) {
    if (application.life_cycle != life_cycle::kInstalled) found.push_back(application.aid);
  }
  return found;
}

/// FCI of a security domain (GPCS 2.3.1 Table 11-82).
Bytes domain_fci(const Profile& profile, const Aid& aid) {
  if (profile.select_response && profile.card.is_issuer_security_domain(aid)) {
    return *profile.select_response;
  }
  auto proprietary = make_tlv(0x73, card_recognition_data(profile));
  append_tlv(proprietary, 0x9F65, Bytes{kMaximumDataLength});
  auto inside = make_tlv(kApplicationAid, aid.bytes());
  append_tlv(inside, kProprietaryData, proprietary);
  return make_tlv(kFciTemplate, inside);
}

ResponseApdu select_entry(const Aid& aid, Card& card) {
  card.select(aid, card.channel);
  const auto& profile = card.profile;
  if (profile.card.find_domain(aid) == nullptr) {
    return answer(make_tlv(kFciTemplate, make_tlv(kApplicationAid, aid.bytes())));
  }
  return {.data = domain_fci(profile, aid), .sw = card.locked() ? kCardLocked : kSuccess};
}

/// "Next" goes on behind the entry that is selected (GPCS 2.3.1 section 6.4.2.1.2).
std::vector<Aid> behind_the_selected(const std::vector<Aid>& all, const Card& card) {
  const auto at = std::ranges::find(all, card.selected());
  if (at == all.end()) return all;
  return {at + 1, all.end()};
}

bool locked_application(const Aid& aid, const CardState& card) {
  const auto* application = card.find_application(aid);
  return application != nullptr && application->locked();
}

ResponseApdu select_matching(const std::vector<Aid>& entries, ByteView wanted, Card& card) {
  bool session_ended = false;
  for (const auto& aid : entries) {
    if (!matches_partially(aid, wanted)) continue;
    if (!locked_application(aid, card.profile.card)) return select_entry(aid, card);
    session_ended = session_ended || aid == card.selected();
  }
  if (session_ended) card.select(card.profile.card.implicitly_selected(card.channel), card.channel);
  return answer(kApplicationNotFound);
}

/// A locked card selects the one with the Final Application privilege, and nothing else (GPCS 2.3.1 sections
/// 6.4.2.1.2 and 11.9.3.2).
ResponseApdu select_on_locked_card(ByteView wanted, Card& card) {
  const auto& state = card.profile.card;
  const auto final = state.final_application();
  const bool issuer = wanted.empty() && !state.is_issuer_security_domain(final);
  if (issuer || !matches_partially(final, wanted)) return answer(kFunctionNotSupported);
  return select_entry(final, card);
}

ResponseApdu select_occurrence(ByteView wanted, std::uint8_t occurrence, Card& card) {
  const auto& profile = card.profile;
  const auto given = std::ranges::find_if(
      profile.select_answers, [&](const auto& entry) { return equal(entry.aid.bytes(), wanted); });
  if (given != profile.select_answers.end()) return {.data = given->answer, .sw = given->sw};

  if (card.locked()) return select_on_locked_card(wanted, card);
  auto entries = candidates(profile.card);
  if (wanted.empty()) {
    const auto& issuer = profile.card.issuer_security_domain;
    return issuer.selectable ? select_entry(issuer.aid, card) : answer(kApplicationNotFound);
  }
  if (occurrence == kNext) entries = behind_the_selected(entries, card);
  return select_matching(entries, wanted, card);
}

}  // namespace

bool is_select_by_name(const CommandApdu& command) {
  return (command.cla & 0x80) == 0 && command.ins == kSelect && command.p1 == kByName;
}

ResponseApdu select_by_name(const CommandApdu& command, Card& card) {
  if ((command.cla & kSecureMessagingBit) != 0) return answer(kSecureMessagingNotSupported);
  const auto occurrence = static_cast<std::uint8_t>(command.p2 & ~kWhatToReturn);
  if (occurrence != kFirst && occurrence != kNext) return answer(kIncorrectP1P2);
  if (command.data.size() > Aid::kMaxBytes) return answer(kWrongLength);
  auto response = select_occurrence(command.data, occurrence, card);
  if ((command.p2 & kWhatToReturn) == kReturnNothing) response.data.clear();
  return response;
}

}  // namespace gpsh::virtualcard
