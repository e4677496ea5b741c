// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "virtualcard/card_state.h"
#include "virtualcard/json_field.h"

namespace gpsh::virtualcard {

/// The members of a profile that say what is on the card, as it is now, put into `document`: what
/// read_card_state reads.
[[nodiscard]] nlohmann::json with_card_state(nlohmann::json document, const CardState& card);

/// What a security domain's object may have beside the fields of a registry entry: "service_keys", "data",
/// "failed_authentications". Throws Error (file, "bad-profile").
void read_domain_contents(const JsonField& field, SecurityDomain& domain);

/// A member's name that is a tag of 1 or 2 bytes in hex. Throws Error (file, "bad-profile").
[[nodiscard]] std::uint16_t read_tag(const std::string& name, const JsonField& field);

}  // namespace gpsh::virtualcard
