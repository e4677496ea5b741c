// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/bind.h"

namespace gpsh::interpreter {

/// Whether the shell may remember a line: it has no secret value, no data that is to be stored, and no APDU
/// that carries data, but for those that only ask (SELECT, GET DATA, GET STATUS and the like).
[[nodiscard]] bool may_be_remembered(const Source& source, const BoundLine& line);

}  // namespace gpsh::interpreter
