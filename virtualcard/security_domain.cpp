// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/security_domain.h"

#include <algorithm>

namespace gpsh::virtualcard {

KeySet* SecurityDomain::find_key_set(std::uint8_t version) {
  const auto found = std::ranges::find_if(
      key_sets, [&](const auto& keys) { return version == 0x00 || keys.version == version; });
  return found == key_sets.end() ? nullptr : &*found;
}

const ServiceKey* SecurityDomain::find_service_key(std::uint8_t version, std::uint8_t identifier) const {
  const auto found = std::ranges::find_if(service_keys, [&](const auto& key) {
    return key.version == version && (identifier == 0x00 || key.identifier == identifier);
  });
  return found == service_keys.end() ? nullptr : &*found;
}

}  // namespace gpsh::virtualcard
