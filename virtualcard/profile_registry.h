// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "virtualcard/card_state.h"
#include "virtualcard/json_field.h"
#include "virtualcard/secure_channel_options.h"

namespace gpsh::virtualcard {

/// What is on the card: the members "issuer_security_domain", "key_sets", "load_files", "applications" and
/// "memory" of a profile. Throws Error (file, "bad-profile"), also for an application whose load file or
/// security domain is not there.
[[nodiscard]] CardState read_card_state(const JsonField& root,
                                        const std::vector<SecureChannelOptions>& channels);

}  // namespace gpsh::virtualcard
