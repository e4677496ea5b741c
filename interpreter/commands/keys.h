// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "interpreter/command_spec.h"
#include "interpreter/commands/channel.h"
#include "interpreter/values.h"

namespace gpsh::interpreter {

struct DeleteKey {
  Decimal<255> key_version;
  std::optional<Decimal<255>> key_index;
};
inline constexpr auto delete_key =
    command<DeleteKey>("delete_key", "Delete a key, or all keys of a version", "delete_key -keyver 2",
                       option("-keyver", &DeleteKey::key_version, "key version, 0 for all"),
                       option("-keyind", &DeleteKey::key_index, "key index").if_absent("all of the version"))
        .fails_as("delete_key() return")
        .goes_on()
        .planned();

struct PutScKey {
  KeyOptions keys;
  Decimal<255> key_version;
  Decimal<255> new_key_version;
  HexByte key_type;
  gp::Diversification key_derivation{};
};
inline constexpr auto put_sc_key =
    command<PutScKey>(
        "put_sc_key", "PUT KEY: add or replace the three keys of a secure channel",
        "put_sc_key -keyver 0 -newkeyver 2 -enc_key 404142434445464748494a4b4c4d4e4f "
        "-mac_key 404142434445464748494a4b4c4d4e4f -kek_key 404142434445464748494a4b4c4d4e4f",
        group(&PutScKey::keys, key_options),
        option("-keyver", &PutScKey::key_version, "version to replace, 0 to add"),
        option("-newkeyver", &PutScKey::new_key_version, "version the new keys get"),
        option("-keyType", &PutScKey::key_type, "key type, 00 for the protocol's own"),
        option("-keyDerivation", &PutScKey::key_derivation, "how the keys are derived from -key"))
        .fails_as("put_secure_channel_keys() returns")
        .planned();

struct PutDmTokenKeys {
  std::optional<FilePath> file;
  std::optional<Text<64>> pass;
  Decimal<255> key_version;
  Decimal<255> new_key_version;
  HexByte key_type;
};
inline constexpr auto put_dm_token_keys =
    command<PutDmTokenKeys>(
        "put_dm_token_keys", "PUT KEY: the public key that verifies delegated management tokens",
        "put_dm_token_keys -file token.pem -newkeyver 112",
        option("-file", &PutDmTokenKeys::file, "PEM file").if_absent("required"),
        option("-pass", &PutDmTokenKeys::pass, "pass phrase of the PEM file").secret().if_absent("none"),
        option("-keyver", &PutDmTokenKeys::key_version, "version to replace, 0 to add"),
        option("-newkeyver", &PutDmTokenKeys::new_key_version, "version of the new key, 0 for 112"),
        option("-keyType", &PutDmTokenKeys::key_type, "00 or F0 RSA, F1 elliptic curve"))
        .fails_as("put_delegated_management_token_keys() returns")
        .planned();

struct PutDmReceiptKeys {
  std::optional<gp::Secret> key;
  Decimal<255> key_version;
  Decimal<255> new_key_version;
  HexByte key_type;
};
inline constexpr auto put_dm_receipt_keys =
    command<PutDmReceiptKeys>(
        "put_dm_receipt_keys", "PUT KEY: the key that makes delegated management receipts",
        "put_dm_receipt_keys -key 404142434445464748494a4b4c4d4e4f -newkeyver 113",
        option("-key", &PutDmReceiptKeys::key, "the receipt key").secret().if_absent("required"),
        option("-keyver", &PutDmReceiptKeys::key_version, "version to replace, 0 to add"),
        option("-newkeyver", &PutDmReceiptKeys::new_key_version, "version of the new key, 0 for 113"),
        option("-keyType", &PutDmReceiptKeys::key_type, "key type, 00 for AES"))
        .fails_as("put_delegated_management_receipt_keys() returns")
        .planned();

}  // namespace gpsh::interpreter
