// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "virtualcard/card_state.h"
#include "virtualcard/json_field.h"
#include "virtualcard/secure_channel_options.h"

namespace gpsh::virtualcard {

/// The member "secure_channel" of a profile: one {protocol, i} or a list of them. A protocol with implicit
/// initiation stands alone. Throws Error (file, "bad-profile").
[[nodiscard]] std::vector<SecureChannelOptions> read_secure_channels(const JsonField& field);

/// The member "key_sets". A set's "type" is DES or AES, by default that of the first of `channels`. Throws
/// Error (file, "bad-profile").
[[nodiscard]] std::vector<KeySet> read_key_sets(const JsonField& field,
                                                const std::vector<SecureChannelOptions>& channels);

}  // namespace gpsh::virtualcard
