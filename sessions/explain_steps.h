// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sessions/crypto_step.h"
#include "sessions/explain_field.h"

namespace gpsh::sessions {

/// A computation as explain shows it. With ValueDisplay::lengths nothing of the application's is in it.
[[nodiscard]] ExplainedField step_field(const CryptoStep& step, ValueDisplay display);

}  // namespace gpsh::sessions
