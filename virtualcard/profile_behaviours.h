// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "virtualcard/application_behaviour.h"
#include "virtualcard/json_field.h"

namespace gpsh::virtualcard {

/// The member "behaviours" of a profile: how the applications of a module answer. Throws Error (file,
/// "bad-profile").
[[nodiscard]] std::vector<ApplicationBehaviour> read_behaviours(const JsonField& field);

}  // namespace gpsh::virtualcard
