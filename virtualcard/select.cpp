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
constexpr std::uint8_t kMaximumDataLength = 0xFF;
constexpr std::uint32_t kFciTemplate = 0x6F;
constexpr std::uint32_t kApplicationAid = 0x84;
constexpr std::uint32_t kProprietaryData = 0xA5;

/// An entry of the registry that SELECT can find.
struct Candidate {
  Aid aid;
  bool issuer_security_domain = false;
};

std::vector<Candidate> candidates(const CardState& card) {
  std::vector<Candidate> found;
  const auto& domain = card.issuer_security_domain;
  if (domain.selectable) found.push_back({.aid = domain.aid, .issuer_security_domain = true});
  for (const auto& application : card.applications) {
    if (application.selectable()) found.push_back({.aid = application.aid});
  }
  return found;
}

/// FCI of a security domain (GPCS 2.3.1 Table 11-82).
Bytes domain_fci(const Profile& profile) {
  if (profile.select_response) return *profile.select_response;
  auto proprietary = make_tlv(0x73, card_recognition_data(profile));
  append_tlv(proprietary, 0x9F65, Bytes{kMaximumDataLength});
  auto inside = make_tlv(kApplicationAid, profile.card.issuer_security_domain.aid.bytes());
  append_tlv(inside, kProprietaryData, proprietary);
  return make_tlv(kFciTemplate, inside);
}

ResponseApdu select_entry(const Candidate& candidate, Card& card) {
  card.session() = ApplicationSession{};
  if (candidate.issuer_security_domain) return answer(domain_fci(card.profile));
  card.session().application = candidate.aid;
  return answer(make_tlv(kFciTemplate, make_tlv(kApplicationAid, candidate.aid.bytes())));
}

/// "Next" goes on behind the entry that is selected (GPCS 2.3.1 section 6.4.2.1.2).
std::vector<Candidate> behind_the_selected(const std::vector<Candidate>& all, const Card& card) {
  const auto& selected = card.session().application;
  const auto is_selected = [&](const Candidate& entry) {
    return selected ? entry.aid == *selected : entry.issuer_security_domain;
  };
  const auto at = std::ranges::find_if(all, is_selected);
  if (at == all.end()) return all;
  return {at + 1, all.end()};
}

}  // namespace

bool is_select_by_name(const CommandApdu& command) {
  return (command.cla & 0x80) == 0 && command.ins == kSelect && command.p1 == kByName;
}

ResponseApdu select_by_name(const CommandApdu& command, Card& card) {
  if ((command.cla & kSecureMessagingBit) != 0) return answer(kSecureMessagingNotSupported);
  if (command.p2 != kFirst && command.p2 != kNext) return answer(kIncorrectP1P2);
  if (command.data.size() > Aid::kMaxBytes) return answer(kWrongLength);
  const auto& profile = card.profile;
  const auto given = std::ranges::find_if(
      profile.select_answers, [&](const auto& entry) { return equal(entry.aid.bytes(), command.data); });
  if (given != profile.select_answers.end()) return {.data = given->answer, .sw = given->sw};

  auto entries = candidates(profile.card);
  if (command.data.empty()) {
    std::erase_if(entries, [](const auto& entry) { return !entry.issuer_security_domain; });
  } else if (command.p2 == kNext) {
    entries = behind_the_selected(entries, card);
  }
  const auto found = std::ranges::find_if(
      entries, [&](const auto& entry) { return matches_partially(entry.aid, command.data); });
  if (found == entries.end()) return answer(kApplicationNotFound);
  return select_entry(*found, card);
}

}  // namespace gpsh::virtualcard
