// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/delete_content.h"

#include <algorithm>
#include <vector>

#include "core/error.h"
#include "core/tlv.h"
#include "virtualcard/content_receipt.h"
#include "virtualcard/content_token.h"
#include "virtualcard/privilege_rules.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kRelated = 0x80;
constexpr std::uint32_t kAidTag = 0x4F;
constexpr std::uint32_t kSignatureTemplate = 0xB6;
constexpr std::uint32_t kToken = 0x9E;

struct DeleteRequest {
  Aid aid;
  Bytes token{};
  Bytes before_token{};
};

/// GPCS 2.3.1 Table 11-23.
std::optional<DeleteRequest> read_request(ByteView data) {
  try {
    ByteReader reader(data, "DELETE data");
    const auto first = read_tlv(reader);
    const auto aid = registered_aid(first.value);
    if (first.tag != kAidTag || !aid) return std::nullopt;
    DeleteRequest request{.aid = *aid};
    while (!reader.empty()) {
      request.before_token = to_bytes(data.first(reader.offset()));
      const auto object = read_tlv(reader);
      if (object.tag == kToken && reader.empty()) {
        request.token = to_bytes(object.value);
        return request;
      }
      if (object.tag != kSignatureTemplate) return std::nullopt;
    }
    request.before_token = to_bytes(data);
    return request;
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// What goes: AIDs of applications and load files.
using Going = std::vector<Aid>;

bool goes(const Going& going, const Aid& aid) {
  return std::ranges::find(going, aid) != going.end();
}

Going what_goes(const CardState& card, const Aid& aid, std::uint8_t p2) {
  Going going{aid};
  if ((p2 & kRelated) == 0) return going;
  for (const auto& application : card.applications) {
    if (application.load_file == aid) going.push_back(application.aid);
  }
  return going;
}

bool selected_somewhere(const Card& card, const Aid& aid) {
  return std::ranges::any_of(card.channels,
                             [&](const auto& session) { return session && session->application == aid; });
}

/// Something that stays refers to something that goes.
bool still_needed(const CardState& card, const Going& going) {
  const auto domain_goes = [&](const auto& entry) {
    return !goes(going, entry.aid) && goes(going, card.domain_of_entry(entry));
  };
  const bool by_application = std::ranges::any_of(card.applications, [&](const auto& application) {
    return domain_goes(application) || (!goes(going, application.aid) && goes(going, application.load_file));
  });
  const bool by_load_file = std::ranges::any_of(card.load_files, [&](const auto& file) {
    const bool imports = std::ranges::any_of(file.imports, [&](const Aid& aid) { return goes(going, aid); });
    return domain_goes(file) || (!goes(going, file.aid) && imports);
  });
  return by_application || by_load_file;
}

Refusal refuse_privileges(const DeleteRequest& request, const CommandApdu& command, const Card& card) {
  const auto& state = card.profile.card;
  // Global Delete goes without any of the management privileges (section 9.1.3.4).
  if (state.privileges_of(card.selected()).has(Privilege::global_delete)) return std::nullopt;
  if (const auto refused = may_manage_content(card)) return refused;
  return check_token(card,
                     {.token = request.token, .covered = covered_by_token(command, request.before_token)});
}

Refusal refuse_delete(const Going& going, const Card& card) {
  const auto& state = card.profile.card;
  const bool everywhere = state.privileges_of(card.selected()).has(Privilege::global_delete);
  for (const auto& aid : going) {
    if (state.is_issuer_security_domain(aid)) return kConditionsNotSatisfied;
    if (!in_registry(state, aid)) return kReferencedDataNotFound;
    if (selected_somewhere(card, aid)) return kConditionsNotSatisfied;
    if (!everywhere && !manages(state, card.selected(), aid)) return kConditionsNotSatisfied;
  }
  return still_needed(state, going) ? Refusal(kConditionsNotSatisfied) : std::nullopt;
}

}  // namespace

ResponseApdu delete_content(const CommandApdu& command, Card& card) {
  const auto request = read_request(command.data);
  if (!request) return answer(kIncorrectData);
  if (const auto refused = refuse_privileges(*request, command, card)) return answer(*refused);
  auto& state = card.profile.card;
  const auto going = what_goes(state, request->aid, command.p2);
  if (const auto refused = refuse_delete(going, card)) return answer(*refused);
  std::erase_if(state.applications, [&](const auto& entry) { return goes(going, entry.aid); });
  std::erase_if(state.load_files, [&](const auto& entry) { return goes(going, entry.aid); });
  settle_unique_privileges(state);
  for (auto& session : card.channels) {
    if (session && session->personalized && goes(going, *session->personalized))
      session->personalized.reset();
  }
  return confirm({.elements = receipt_elements({request->aid}),
                  .token_identifier = token_identifier(request->before_token)},
                 card);
}

}  // namespace gpsh::virtualcard
