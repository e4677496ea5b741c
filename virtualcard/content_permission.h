// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// Why a step is not taken; nothing: it may be.
using Refusal = std::optional<StatusWord>;

/// The selected domain may change card content: it has the Authorized or Delegated Management privilege and
/// is the issuer's or PERSONALIZED (GPCS 2.3.1 section 9.3.5). 6985 otherwise.
[[nodiscard]] Refusal may_manage_content(const Card& card);

/// A supplementary domain that takes load files and applications must be PERSONALIZED, the issuer's takes
/// them always (GPCS 2.3.1 sections 5.3.2.3 and 9.4.1). 6A88 when `domain` is no security domain, else 6985.
[[nodiscard]] Refusal accepts_content(const CardState& card, const Aid& domain);

/// `manager` decides about an application or load file: it is its domain, or on the way up from it.
[[nodiscard]] bool manages(const CardState& card, const Aid& manager, const Aid& entry);

/// An application, load file or domain has this AID (GPCS 2.3.1 section 6.5.1.1).
[[nodiscard]] bool in_registry(const CardState& card, const Aid& aid);

/// The AID in `bytes`, which must be of a registered length: 5 to 16 bytes.
[[nodiscard]] std::optional<Aid> registered_aid(ByteView bytes);

}  // namespace gpsh::virtualcard
