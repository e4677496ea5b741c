// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/card_state.h"

#include <algorithm>

namespace gpsh::virtualcard {
namespace {

// The implicit selection parameter (GPCS 2.3.1 Table 11-15).
constexpr std::uint8_t kContactBit = 0x40;
constexpr std::uint8_t kChannelBits = 0x1F;

template <typename Entries>
auto* find_by_aid(Entries& entries, const Aid& aid) {
  const auto found = std::ranges::find_if(entries, [&](const auto& entry) { return entry.aid == aid; });
  return found == entries.end() ? nullptr : &*found;
}

std::size_t left(std::size_t there, std::size_t taken) {
  return there > taken ? there - taken : 0;
}

}  // namespace

Application* CardState::find_application(const Aid& aid) {
  return find_by_aid(applications, aid);
}
const Application* CardState::find_application(const Aid& aid) const {
  return find_by_aid(applications, aid);
}
LoadFile* CardState::find_load_file(const Aid& aid) {
  return find_by_aid(load_files, aid);
}
const LoadFile* CardState::find_load_file(const Aid& aid) const {
  return find_by_aid(load_files, aid);
}

SecurityDomain* CardState::find_domain(const Aid& aid) {
  if (is_issuer_security_domain(aid)) return &issuer_security_domain.domain;
  auto* application = find_application(aid);
  return application != nullptr && application->domain ? &*application->domain : nullptr;
}

const SecurityDomain* CardState::find_domain(const Aid& aid) const {
  if (is_issuer_security_domain(aid)) return &issuer_security_domain.domain;
  const auto* application = find_application(aid);
  return application != nullptr && application->domain ? &*application->domain : nullptr;
}

Privileges CardState::privileges_of(const Aid& aid) const {
  if (is_issuer_security_domain(aid)) return issuer_security_domain.privileges;
  const auto* application = find_application(aid);
  return application == nullptr ? Privileges() : application->privileges;
}

const Aid& CardState::domain_of(const Aid& aid) const {
  if (const auto* application = find_application(aid)) return domain_of_entry(*application);
  if (const auto* file = find_load_file(aid)) return domain_of_entry(*file);
  return issuer_security_domain.aid;
}

const Aid& CardState::key_domain_of(const Aid& aid) const {
  const auto* current = &aid;
  // One step for each application at most: a domain that is its own associated domain ends the way up.
  for (std::size_t step = 0; step <= applications.size(); ++step) {
    const auto* domain = find_domain(*current);
    if (domain != nullptr && !domain->key_sets.empty()) return *current;
    current = &domain_of(*current);
  }
  return issuer_security_domain.aid;
}

bool CardState::personalize_with_keys(const Aid& domain) {
  auto* application = find_application(domain);
  if (application == nullptr || !application->domain || application->domain->key_sets.empty()) return false;
  if (application->life_cycle != life_cycle::kSelectable) return false;
  application->life_cycle = life_cycle::kPersonalized;
  return true;
}

bool CardState::is_associated(const Aid& aid, const Aid& domain) const {
  const auto* current = &domain_of(aid);
  for (std::size_t step = 0; step <= applications.size(); ++step) {
    if (*current == domain) return true;
    current = &domain_of(*current);
  }
  return false;
}

std::optional<Aid> CardState::nearest_with(Privilege privilege, const Aid& from) const {
  const auto* current = &from;
  for (std::size_t step = 0; step <= applications.size() + 1; ++step) {
    if (privileges_of(*current).has(privilege)) return *current;
    current = &domain_of(*current);
  }
  return std::nullopt;
}

const Aid& CardState::final_application() const {
  const auto found = std::ranges::find_if(applications, [](const auto& application) {
    return application.privileges.has(Privilege::final_application);
  });
  return found == applications.end() ? issuer_security_domain.aid : found->aid;
}

const Aid& CardState::implicitly_selected(std::size_t channel) const {
  const auto state = issuer_security_domain.life_cycle;
  if (state == CardLifeCycle::locked || state == CardLifeCycle::terminated) return final_application();
  const auto marked = [&](const Application& application, std::size_t number) {
    const auto for_channel = [&](std::uint8_t parameter) {
      return (parameter & kContactBit) != 0 && (parameter & kChannelBits) == number;
    };
    return std::ranges::any_of(application.implicit_selection, for_channel) ||
           (number == 0 && application.implicit_selection.empty() &&
            application.privileges.has(Privilege::card_reset));
  };
  for (const auto number : {channel, std::size_t{0}}) {
    const auto found = std::ranges::find_if(
        applications, [&](const auto& application) { return marked(application, number); });
    if (found != applications.end()) return found->locked() ? final_application() : found->aid;
  }
  return issuer_security_domain.aid;
}

Memory CardState::free_memory() const {
  Memory taken;
  const auto add = [&](const auto& entry) {
    taken.non_volatile += entry.memory.non_volatile;
    taken.volatile_bytes += entry.memory.volatile_bytes;
  };
  std::ranges::for_each(load_files, add);
  std::ranges::for_each(applications, add);
  return {.non_volatile = left(memory.non_volatile, taken.non_volatile),
          .volatile_bytes = left(memory.volatile_bytes, taken.volatile_bytes)};
}

bool matches_partially(const Aid& aid, ByteView wanted) {
  return wanted.size() <= aid.bytes().size() && equal(aid.bytes().first(wanted.size()), wanted);
}

}  // namespace gpsh::virtualcard
