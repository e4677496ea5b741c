// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// What a receipt is about (GPCS 2.3.1 section C.5).
struct ReceiptSubject {
  Bytes elements;          ///< lengths and values, in the order of the table
  Bytes token_identifier;  ///< of the command's token; empty: it had none
};

/// Each AID with its length.
[[nodiscard]] Bytes receipt_elements(std::initializer_list<Aid> aids);
/// Tag 93 of the template B6 in the parameters of INSTALL, or what DELETE has behind its AID; else empty.
[[nodiscard]] Bytes token_identifier(ByteView objects);

/// The answer to a content management command that was done. To a domain with Delegated Management the
/// confirmation (GPCS 2.3.1 section 11.1.6), when one on the way up generates receipts and has a DES or AES
/// key 71; the confirmation counter goes up. Else, and once the counter is at its end, 00.
[[nodiscard]] ResponseApdu confirm(const ReceiptSubject& subject, Card& card);

}  // namespace gpsh::virtualcard
