// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/profile.h"

namespace gpsh::virtualcard {

/// The Security Domain Management Data (GPCS 2.3.1 section H.2 and H.3): the value of tag 73 as it stands in
/// the FCI and in tag 66. Names the card specification's version and, one tag 64 each, the
/// secure channel protocols with their options.
[[nodiscard]] Bytes card_recognition_data(const Profile& profile);

/// Key Information Template (GPCS 2.3.1 section 11.3.3.1.1): the value of tag E0.
[[nodiscard]] Bytes key_information_template(const Profile& profile, const SecurityDomain& domain);

}  // namespace gpsh::virtualcard
