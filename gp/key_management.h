// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "gp/card_session.h"
#include "gp/detection.h"
#include "gp/key_data_field.h"
#include "gp/keys.h"

namespace gpsh::gp {

/// The three keys of a secure channel for PUT KEY.
struct NewKeySet {
  CardMode mode = CardMode::global_platform_211;
  const KeySet& keys;                 ///< all three, of one length
  std::uint8_t replaced_version = 0;  ///< 0: a new key set
  std::uint8_t new_version = 0;       ///< 1 to 127
  std::uint8_t key_type = 0;          ///< 0: the channel's own; Open Platform 2.0.1 knows only 81
  KeyFormat format = KeyFormat::gpshell;
  const Secret* current_kek = nullptr;  ///< SCP01: encrypts the keys instead of the channel's DEK
};

/// PUT KEY of three keys in one command (GPCS 2.3.1 section 11.8; Open Platform 2.0.1 PUT KEY), encrypted
/// under the channel's DEK. The card's check values are compared, on a card with one base key the first; the
/// result is the check values of the keys sent, ENC, MAC, DEK.
/// Remarks: "key-set-in-use" where the set of this channel is replaced, "new-keys" afterwards. Throws Error
/// (usage) before anything is sent: "new-keys-missing", "key-length" where the keys are not of one length
/// that the type can have, and what put_key(), channel_key_encryption() and symmetric_key_field() throw.
std::vector<Bytes> put_secure_channel_keys(CardSession& session, const NewKeySet& request);

/// Which keys DELETE [key] deletes: one, or all of a version, or all with an identifier.
struct KeySelection {
  std::optional<std::uint8_t> version{};
  std::optional<std::uint8_t> identifier{};
};

/// DELETE [key] (GPCS 2.3.1 section 11.2.2.3.2). Remark "key-set-in-use" where the channel's own keys go.
/// Throws Error: (usage, "key-selection") when neither is given; (card, "card-status") unless 9000.
void delete_key(CardSession& session, const KeySelection& selection);

/// The symmetric key that makes receipts, for PUT KEY.
struct ReceiptKey {
  const Secret& key;
  std::uint8_t replaced_version = 0;
  std::uint8_t new_version = 0;
  std::uint8_t key_type = 0;  ///< 0: AES
  KeyFormat format = KeyFormat::gpshell;
};
/// PUT KEY of the receipt generation key (GPCS 2.3.1 section 11.8). Returns its check value. Errors as
/// put_secure_channel_keys().
Bytes put_receipt_key(CardSession& session, const ReceiptKey& request);

}  // namespace gpsh::gp
