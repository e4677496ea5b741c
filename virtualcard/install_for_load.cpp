// SPDX-License-Identifier: Apache-2.0
// INSTALL [for load] (GPCS 2.3.1 section 11.5.2.3.1 and "Load Request Runtime Behavior" in 9.3.5).
#include <algorithm>
#include <array>

#include "virtualcard/content_receipt.h"
#include "virtualcard/content_token.h"
#include "virtualcard/install.h"
#include "virtualcard/install_fields.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kLoadOnly = 0x02;
constexpr std::size_t kLeadingFields = 3;  // load file AID, domain AID, hash

/// SHA-1 and the SHA-2 family (GPCS 2.3.1 section B.5).
bool hash_length(std::size_t bytes) {
  constexpr std::array<std::size_t, 5> kLengths{0, 20, 32, 48, 64};
  return std::ranges::find(kLengths, bytes) != kLengths.end();
}

struct LoadRequest {
  InstallFields fields;
  InstallParameters parameters;
  Aid load_file;
  Aid domain;
};

std::optional<LoadRequest> read_request(const CommandApdu& command, const Card& card) {
  auto fields = read_install_fields(command.data, kLeadingFields);
  if (!fields || !hash_length(fields->leading[2].size())) return std::nullopt;
  const auto parameters = read_install_parameters(fields->parameters);
  const auto load_file = registered_aid(fields->leading[0]);
  const auto& domain_field = fields->leading[1];
  const auto domain = domain_field.empty() ? std::optional(card.selected()) : registered_aid(domain_field);
  if (!parameters || !load_file || !domain) return std::nullopt;
  return LoadRequest{
      .fields = std::move(*fields), .parameters = *parameters, .load_file = *load_file, .domain = *domain};
}

Refusal refuse_load(const LoadRequest& request, const Card& card) {
  const auto& state = card.profile.card;
  if (const auto refused = may_manage_content(card)) return refused;
  if (in_registry(state, request.load_file)) return kConditionsNotSatisfied;
  if (request.domain != card.selected()) {
    if (const auto refused = accepts_content(state, request.domain)) return refused;
  }
  const auto free = state.free_memory();
  const auto wanted = request.parameters.code + request.parameters.non_volatile.value_or(0);
  if (wanted > free.non_volatile || request.parameters.volatile_bytes.value_or(0) > free.volatile_bytes) {
    return kNotEnoughMemory;
  }
  return std::nullopt;
}

}  // namespace

ResponseApdu install_for_load(const CommandApdu& command, Card& card) {
  card.session().load.reset();
  const auto request = read_request(command, card);
  if (!request) return answer(kIncorrectData);
  if (const auto refused = refuse_load(*request, card)) return answer(*refused);
  auto covered = covered_by_token(command, request->fields.before_token);
  const bool combined = command.p1 != kLoadOnly;
  // The combined process has one token, in its last command.
  if (combined && !request->fields.token.empty()) return answer(kIncorrectData);
  if (!combined) {
    if (const auto refused = check_token(card, {.token = request->fields.token, .covered = covered})) {
      return answer(*refused);
    }
  }
  const auto& hash = request->fields.leading[2];
  if (!request->fields.token.empty() && hash.empty()) return answer(kIncorrectData);
  card.session().load =
      LoadProcess{.load_file = request->load_file,
                  .domain = request->domain,
                  .kind = combined ? LoadKind::load_install_make_selectable : LoadKind::load_only,
                  .hash = hash,
                  .token_identifier = token_identifier(request->fields.parameters),
                  .signed_part = combined ? std::move(covered) : Bytes()};
  return answer(Bytes{0x00});
}

}  // namespace gpsh::virtualcard
