// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "gp/card_resources.h"
#include "gp/key_information.h"

namespace gpsh::interpreter {

/// GPShell's table of keys, a row for each component. What the card did not say is 00.
[[nodiscard]] std::vector<std::string> key_listing(const std::vector<gp::KeyInformation>& keys);

/// GPShell's table of the card's free memory. What the card did not say is 0.
[[nodiscard]] std::vector<std::string> resources_listing(const gp::CardResources& resources);

}  // namespace gpsh::interpreter
