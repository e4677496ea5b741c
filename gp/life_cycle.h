// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace gpsh::gp {

/// Whose life cycle a state byte belongs to.
enum class LifeCycleKind {
  card,         ///< the issuer security domain's state is the card's (GPCS 2.3.1 Table 11-6)
  application,  ///< applications and security domains (Tables 11-4, 11-5)
  load_file,    ///< executable load files (Table 11-3)
};

struct LifeCycleState {
  std::uint8_t mask;   ///< the bits that decide
  std::uint8_t value;  ///< what they are in this state
  std::string_view name;
};

/// The states in the order they are tried. Bits 08 to 40 of an application are its own, so only the others
/// decide.
[[nodiscard]] std::span<const LifeCycleState> life_cycle_states(LifeCycleKind kind);
/// GPShell's word: "OP Ready", "Selectable", "Loaded"; two upper-case hex digits for a state without one.
[[nodiscard]] std::string life_cycle_text(LifeCycleKind kind, std::uint8_t state);

}  // namespace gpsh::gp
