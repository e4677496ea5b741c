// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// The BER-TLV data objects that a security domain keeps (GPCS 2.3.1 section 11.11.2.3): identification
/// number 42, image number 45, card data 66, capabilities 67, manager URL 5F50, proprietary ones DE, DF1F to
/// DF7F and FE, and for the Issuer Security Domain its AID 4F. All or nothing; nothing when they are stored,
/// else 6A80.
[[nodiscard]] std::optional<StatusWord> store_objects(ByteView data, SecurityDomain& domain, Card& card);

}  // namespace gpsh::virtualcard
