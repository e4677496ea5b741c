// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/commands/keys.h"
#include "interpreter/session_state.h"

namespace gpsh::interpreter {

/// Keys given on a line replace the ones that the script gave before; the others stay.
inline void keep(SessionState& state, const KeyOptions& given) {
  const auto replace = [](std::optional<gp::Secret>& kept, const std::optional<gp::Secret>& key) {
    if (key) kept = key->clone();
  };
  replace(state.keys.key, given.key);
  replace(state.keys.enc_key, given.enc_key);
  replace(state.keys.mac_key, given.mac_key);
  replace(state.keys.kek_key, given.kek_key);
}

/// Empty where there is none.
inline gp::Secret copy_of(const std::optional<gp::Secret>& key) {
  return key ? key->clone() : gp::Secret();
}

/// Null where none is given.
inline const gp::Secret* current_kek_of(const CurrentKek& given) {
  if (given.current_kek) return &*given.current_kek;
  return given.cur_kek ? &*given.cur_kek : nullptr;
}

}  // namespace gpsh::interpreter
