// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/card_state.h"

#include <algorithm>

namespace gpsh::virtualcard {

KeySet* CardState::find_key_set(std::uint8_t version) {
  if (version == 0x00) return &key_sets.front();
  const auto found = std::ranges::find(key_sets, version, &KeySet::version);
  return found == key_sets.end() ? nullptr : &*found;
}

bool matches_partially(const Aid& aid, ByteView wanted) {
  return wanted.size() <= aid.bytes().size() && equal(aid.bytes().first(wanted.size()), wanted);
}

}  // namespace gpsh::virtualcard
