// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/domain_keys.h"

#include <algorithm>
#include <set>
#include <utility>

#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kLastSecureChannelVersion = 0x6F;  // 70 and above are tokens, receipts, DAP
constexpr std::uint8_t kLastIdentifier = 0x7F;

std::uint8_t type_of(const KeySet& keys) {
  return keys.type == KeyType::aes ? kAesKey : kDesKey;
}

ServiceKey single(std::uint8_t version, std::uint8_t identifier, KeyComponent component) {
  return {.version = version, .identifier = identifier, .components = {std::move(component)}};
}

ServiceKey* find_key(std::vector<ServiceKey>& keys, std::uint8_t version, std::uint8_t identifier) {
  const auto found = std::ranges::find_if(
      keys, [&](const auto& key) { return key.version == version && key.identifier == identifier; });
  return found == keys.end() ? nullptr : &*found;
}

bool same_characteristics(const std::vector<KeyComponent>& a, const std::vector<KeyComponent>& b) {
  return std::ranges::equal(a, b, [](const auto& one, const auto& other) {
    return one.type == other.type && one.value.size() == other.value.size();
  });
}

/// The keys with this version as a key set, if they are one; the counter is 0.
std::optional<KeySet> key_set_of(std::vector<ServiceKey>& keys, std::uint8_t version,
                                 const Profile& profile) {
  if (version > kLastSecureChannelVersion && version != kFactoryKeyVersion) return std::nullopt;
  for (const auto& options : profile.secure_channels) {
    const auto type = options.key_type() == KeyType::aes ? kAesKey : kDesKey;
    KeySet made{.version = version, .type = options.key_type(), .enc = {}, .mac = {}, .dek = {}};
    bool complete = true;
    std::uint8_t identifier = 1;
    for (auto* part : {&made.enc, &made.mac, &made.dek}) {
      const auto* key = find_key(keys, version, options.one_base_key() ? std::uint8_t{1} : identifier++);
      complete = complete && key != nullptr && key->components.front().type == type;
      if (complete) *part = key->components.front().value;
    }
    if (complete && made.enc.size() == made.mac.size() && made.enc.size() == made.dek.size()) return made;
  }
  return std::nullopt;
}

bool belongs_to_set(const ServiceKey& key, const KeySet& set, const Profile& profile) {
  const int last = profile.options_of(set).one_base_key() ? 1 : 3;
  return key.version == set.version && key.identifier >= 1 && key.identifier <= last;
}

/// Key sets, with the counters of those that are as they were, and the keys that are left over.
void put_back(SecurityDomain& domain, std::vector<ServiceKey> keys, const Profile& profile) {
  std::vector<KeySet> sets;
  std::set<std::uint8_t> seen;
  for (const auto& key : keys) {
    if (!seen.insert(key.version).second) continue;
    if (auto made = key_set_of(keys, key.version, profile)) sets.push_back(std::move(*made));
  }
  for (auto& set : sets) {
    const auto old = std::ranges::find(domain.key_sets, set.version, &KeySet::version);
    const bool kept = old != domain.key_sets.end() && old->type == set.type && old->enc == set.enc &&
                      old->mac == set.mac && old->dek == set.dek;
    if (kept) set.sequence_counter = old->sequence_counter;
    std::erase_if(keys, [&](const auto& key) { return belongs_to_set(key, set, profile); });
  }
  domain.key_sets = std::move(sets);
  domain.service_keys = std::move(keys);
}

std::optional<StatusWord> add(std::vector<ServiceKey>& keys, const KeyChange& change) {
  auto identifier = change.first_identifier;
  for (const auto& key : change.keys) {
    if (find_key(keys, change.version, identifier) != nullptr) return kIncorrectData;
    keys.push_back({.version = change.version, .identifier = identifier, .components = key.components});
    ++identifier;
  }
  return std::nullopt;
}

std::optional<StatusWord> replace(std::vector<ServiceKey>& keys, const KeyChange& change) {
  auto identifier = change.first_identifier;
  for (const auto& key : change.keys) {
    auto* old = find_key(keys, change.replaced_version, identifier);
    if (old == nullptr) return kReferencedDataNotFound;
    const bool moves = change.version != change.replaced_version;
    if (moves && find_key(keys, change.version, identifier) != nullptr) return kIncorrectData;
    if (!same_characteristics(old->components, key.components)) return kIncorrectData;
    *old = {.version = change.version, .identifier = identifier, .components = key.components};
    ++identifier;
  }
  return std::nullopt;
}

/// The first key set of its owner takes the factory's place (GPCS 2.3.1 section 7.5.1).
void remove_factory_set(SecurityDomain& domain) {
  const auto is_factory = [](const auto& set) { return set.version == kFactoryKeyVersion; };
  if (!std::ranges::all_of(domain.key_sets, is_factory)) std::erase_if(domain.key_sets, is_factory);
}

/// Takes over what was made, unless it would lock everybody out.
std::optional<StatusWord> accept(SecurityDomain& domain, SecurityDomain changed, const Profile& profile) {
  const bool issuer = &domain == &profile.card.issuer_security_domain.domain;
  if (issuer && changed.key_sets.empty()) return kConditionsNotSatisfied;
  domain = std::move(changed);
  return std::nullopt;
}

}  // namespace

std::vector<ServiceKey> all_keys(const SecurityDomain& domain, const Profile& profile) {
  std::vector<ServiceKey> keys;
  for (const auto& set : domain.key_sets) {
    const auto type = type_of(set);
    keys.push_back(single(set.version, 1, {.type = type, .value = set.enc}));
    if (profile.options_of(set).one_base_key()) continue;
    keys.push_back(single(set.version, 2, {.type = type, .value = set.mac}));
    keys.push_back(single(set.version, 3, {.type = type, .value = set.dek}));
  }
  keys.insert(keys.end(), domain.service_keys.begin(), domain.service_keys.end());
  return keys;
}

std::optional<StatusWord> change_keys(SecurityDomain& domain, const KeyChange& change,
                                      const Profile& profile) {
  if (change.version == 0 || change.version > kLastIdentifier) return kIncorrectData;
  if (change.first_identifier + change.keys.size() - 1 > kLastIdentifier) return kIncorrectData;
  auto keys = all_keys(domain, profile);
  const auto refused = change.replaced_version == 0 ? add(keys, change) : replace(keys, change);
  if (refused) return refused;
  auto changed = domain;
  put_back(changed, std::move(keys), profile);
  remove_factory_set(changed);
  return accept(domain, std::move(changed), profile);
}

std::optional<StatusWord> remove_keys(SecurityDomain& domain, const KeyName& name, const Profile& profile) {
  auto keys = all_keys(domain, profile);
  const auto removed = std::erase_if(keys, [&](const auto& key) {
    return key.version == name.version.value_or(key.version) &&
           key.identifier == name.identifier.value_or(key.identifier);
  });
  if (removed == 0) return kReferencedDataNotFound;
  auto changed = domain;
  put_back(changed, std::move(keys), profile);
  return accept(domain, std::move(changed), profile);
}

}  // namespace gpsh::virtualcard
