// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "pcsc/smart_card_api.h"

namespace gpsh::pcsc {

/// The PC/SC library of this machine.
[[nodiscard]] SmartCardApi& system_api();

/// The PC/SC library's own words for a code, as GPShell prints them.
[[nodiscard]] std::string native_text(Code code);

}  // namespace gpsh::pcsc
