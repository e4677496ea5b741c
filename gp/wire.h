// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gpsh::gp {

/// Whose bytes are sent where gpsh's differ harmlessly from GPShell's.
enum class Wire {
  gpsh,     ///< as the specifications say
  gpshell,  ///< as GPShell 3.0.0 sends them
};

}  // namespace gpsh::gp
