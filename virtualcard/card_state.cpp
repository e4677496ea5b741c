// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/card_state.h"

#include <algorithm>

namespace gpsh::virtualcard {
namespace {

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

Memory CardState::free_memory() const {
  Memory taken;
  const auto add = [&](const auto& entry) {
    taken.non_volatile += entry.memory.non_volatile;
    taken.volatile_ += entry.memory.volatile_;
  };
  std::ranges::for_each(load_files, add);
  std::ranges::for_each(applications, add);
  return {.non_volatile = left(memory.non_volatile, taken.non_volatile),
          .volatile_ = left(memory.volatile_, taken.volatile_)};
}

bool matches_partially(const Aid& aid, ByteView wanted) {
  return wanted.size() <= aid.bytes().size() && equal(aid.bytes().first(wanted.size()), wanted);
}

}  // namespace gpsh::virtualcard
