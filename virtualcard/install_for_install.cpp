// SPDX-License-Identifier: Apache-2.0
// INSTALL [for install], alone, with [for make selectable], and at the end of the combined process
// (GPCS 2.3.1 sections 9.3.6, 9.3.8 and 11.5.2.3.2).
#include <algorithm>
#include <array>
#include <utility>

#include "virtualcard/content_receipt.h"
#include "virtualcard/content_token.h"
#include "virtualcard/install.h"
#include "virtualcard/install_fields.h"
#include "virtualcard/privilege_rules.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kMakeSelectable = 0x08;
constexpr std::uint8_t kLastOfCombined = 0x03;
constexpr std::size_t kLeadingFields = 4;  // load file, module, application, privileges
/// What an instance takes before it is used.
constexpr Memory kInstance{.non_volatile = 64, .volatile_bytes = 0};
constexpr Memory kSecurityDomain{.non_volatile = 1024, .volatile_bytes = 64};

struct InstallRequest {
  InstallFields fields;
  InstallParameters parameters;
  std::optional<Aid> load_file;
  std::optional<Aid> module;
  Aid application;
  Privileges privileges;
};

bool absent_or_registered(ByteView field) {
  return field.empty() || registered_aid(field).has_value();
}

std::optional<InstallRequest> read_request(const CommandApdu& command) {
  auto fields = read_install_fields(command.data, kLeadingFields);
  if (!fields || !absent_or_registered(fields->leading[0]) || !absent_or_registered(fields->leading[1])) {
    return std::nullopt;
  }
  const auto application = registered_aid(fields->leading[2]);
  const auto privileges = read_privileges_field(fields->leading[3]);
  const auto parameters = read_install_parameters(fields->parameters);
  if (!application || !privileges || !parameters || !parameters->application_specific) return std::nullopt;
  return InstallRequest{.fields = *fields,
                        .parameters = *parameters,
                        .load_file = registered_aid(fields->leading[0]),
                        .module = registered_aid(fields->leading[1]),
                        .application = *application,
                        .privileges = *privileges};
}

/// The load file that has the module, and the module; nothing when the card has no such thing. Where the
/// request leaves one out, it must follow from the other.
std::optional<std::pair<const LoadFile*, Aid>> find_module(const InstallRequest& request,
                                                           const CardState& card) {
  for (const auto& file : card.load_files) {
    if (request.load_file && file.aid != *request.load_file) continue;
    if (!request.module && request.load_file && file.modules.size() == 1) {
      return std::pair(&file, file.modules.front());
    }
    if (request.module && std::ranges::find(file.modules, *request.module) != file.modules.end()) {
      return std::pair(&file, *request.module);
    }
  }
  return std::nullopt;
}

/// The modules that make supplementary security domains.
bool makes_security_domains(const Aid& module) {
  constexpr std::array<std::string_view, 2> kModules{"A000000003535041", "A000000151535041"};
  return std::ranges::find(kModules, module.text()) != kModules.end();
}

Memory memory_for(const InstallRequest& request) {
  const bool domain = request.privileges.has(Privilege::security_domain);
  const auto& least = domain ? kSecurityDomain : kInstance;
  const auto& reserved = request.parameters.reserved;
  return {.non_volatile = std::max(least.non_volatile, reserved.non_volatile),
          .volatile_bytes = std::max(least.volatile_bytes, reserved.volatile_bytes)};
}

Refusal refuse_memory(const InstallRequest& request, const CardState& card) {
  const auto wanted = memory_for(request);
  const auto free = card.free_memory();
  const auto non_volatile_quota = request.parameters.non_volatile.value_or(wanted.non_volatile);
  const auto volatile_quota = request.parameters.volatile_bytes.value_or(wanted.volatile_bytes);
  const bool within_quota =
      wanted.non_volatile <= non_volatile_quota && wanted.volatile_bytes <= volatile_quota;
  const bool there = wanted.non_volatile <= free.non_volatile && wanted.volatile_bytes <= free.volatile_bytes;
  return within_quota && there ? Refusal() : kNotEnoughMemory;
}

/// The load file's domain accepts the installation from the domain itself, from above it and from below it.
bool accepts_installer(const CardState& card, const LoadFile& file, const Aid& installer) {
  return manages(card, installer, file.aid) || card.is_associated(installer, card.domain_of_entry(file)) ||
         card.domain_of_entry(file) == installer;
}

Refusal refuse_install(const InstallRequest& request, const CommandApdu& command, const Card& card) {
  const auto& state = card.profile.card;
  if (const auto refused = may_manage_content(card)) return refused;
  const auto module = find_module(request, state);
  if (!module) return kReferencedDataNotFound;
  const bool domain = request.privileges.has(Privilege::security_domain);
  if (domain != makes_security_domains(module->second)) return kIncorrectData;
  const bool selectable = (command.p1 & kMakeSelectable) != 0;
  if (!selectable && request.privileges.has(Privilege::card_reset)) return kIncorrectData;
  if (!selectable && !request.parameters.implicit_selection.empty()) return kIncorrectData;
  if (in_registry(state, request.application)) return kConditionsNotSatisfied;
  if (!accepts_installer(state, *module->first, card.selected())) return kConditionsNotSatisfied;
  const auto& owner = state.domain_of_entry(*module->first);
  if (const auto refused = accepts_content(state, owner)) return refused;
  if (const auto refused = may_hold(state, request.privileges, request.application)) return refused;
  return refuse_memory(request, state);
}

Application make_application(const InstallRequest& request, const CommandApdu& command, const Card& card) {
  const auto [file, module] = *find_module(request, card.profile.card);
  const bool domain = request.privileges.has(Privilege::security_domain);
  Application made{
      .aid = request.application,
      .life_cycle = (command.p1 & kMakeSelectable) != 0 ? life_cycle::kSelectable : life_cycle::kInstalled,
      .privileges = request.privileges,
      .load_file = file->aid,
      .module = module,
      .memory = memory_for(request),
      .implicit_selection = request.parameters.implicit_selection};
  // A security domain belongs to the one that made it, another application to its load file's (9.3.3).
  made.associated_domain = domain ? std::optional(card.selected()) : file->associated_domain;
  if (domain) made.domain.emplace();
  return made;
}

/// Nothing when it is done.
Refusal install_checked(const InstallRequest& request, const CommandApdu& command, Card& card) {
  if (const auto refused = refuse_install(request, command, card)) return refused;
  auto& state = card.profile.card;
  state.applications.push_back(make_application(request, command, card));
  settle_unique_privileges(state);
  return std::nullopt;
}

ResponseApdu install_alone(const InstallRequest& request, const CommandApdu& command, Card& card) {
  if (const auto refused = install_checked(request, command, card)) return answer(*refused);
  const auto& file = card.profile.card.find_application(request.application)->load_file;
  return confirm({.elements = receipt_elements({file, request.application}),
                  .token_identifier = token_identifier(request.fields.parameters)},
                 card);
}

/// The end of the combined process: the load file is registered together with its application, or neither.
ResponseApdu finish_combined(const InstallRequest& request, const CommandApdu& command, Card& card) {
  const auto process = std::exchange(card.session().load, std::nullopt);
  if (!process || !process->loaded) return answer(kConditionsNotSatisfied);
  if (request.load_file && *request.load_file != process->load_file) return answer(kIncorrectData);
  auto combined = request;
  combined.load_file = process->load_file;
  auto& files = card.profile.card.load_files;
  files.push_back(*process->loaded);
  if (const auto refused = install_checked(combined, command, card)) {
    files.pop_back();
    return answer(*refused);
  }
  return confirm({.elements = receipt_elements({process->load_file, request.application, process->domain}),
                  .token_identifier = token_identifier(request.fields.parameters)},
                 card);
}

}  // namespace

ResponseApdu install_for_install(const CommandApdu& command, Card& card) {
  const auto request = read_request(command);
  if (!request) return answer(kIncorrectData);
  const bool combined = command.p2 == kLastOfCombined;
  auto covered = covered_by_token(command, request->fields.before_token);
  if (combined && card.session().load) covered = concat({card.session().load->signed_part, covered});
  if (const auto refused = check_token(card, {.token = request->fields.token, .covered = covered})) {
    return answer(*refused);
  }
  return combined ? finish_combined(*request, command, card) : install_alone(*request, command, card);
}

}  // namespace gpsh::virtualcard
