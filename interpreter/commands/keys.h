// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "gp/key_data_field.h"
#include "interpreter/command_spec.h"
#include "interpreter/commands/channel.h"
#include "interpreter/values.h"

namespace gpsh::interpreter {

/// A script that deletes a key may be run again when it is gone.
inline constexpr std::array<std::uint16_t, 1> kDeleteKeyGoesOn = {0x6A88};

struct DeleteKey {
  Decimal<255> key_version;
  std::optional<Decimal<255>> key_index;
};
inline constexpr auto delete_key =
    command<DeleteKey>("delete_key", "Delete a key, or all keys of a version", "delete_key -keyver 2",
                       option("-keyver", &DeleteKey::key_version, "key version, 0 for all"),
                       option("-keyind", &DeleteKey::key_index, "key index").if_absent("all of the version"))
        .fails_as("delete_key() return")
        .goes_on_at(kDeleteKeyGoesOn);

/// Of GPShell 1.4: SCP01's key encryption key, where open_sc did not give it.
struct CurrentKek {
  std::optional<gp::Secret> current_kek;
  std::optional<gp::Secret> cur_kek;
};
inline constexpr auto current_kek_options = option_group(
    option("-current_kek", &CurrentKek::current_kek, "SCP01: the card's present KEK")
        .secret()
        .if_absent("the channel's"),
    option("-cur_kek", &CurrentKek::cur_kek, "the same as -current_kek").secret().if_absent("the channel's"));

struct PutScKey {
  KeyOptions keys;
  Decimal<255> key_version;
  Decimal<255> new_key_version;
  HexByte key_type;
  gp::KeyFormat key_format = gp::KeyFormat::gpshell;
  gp::Diversification key_derivation{};
  CurrentKek kek;
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
        option("-keyFormat", &PutScKey::key_format,
               "how an AES key stands in the command; lengthPrefixed puts its length before it"),
        option("-keyDerivation", &PutScKey::key_derivation, "how the keys are derived from -key"),
        group(&PutScKey::kek, current_kek_options))
        .fails_as("put_secure_channel_keys() returns");

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
        .fails_as("put_delegated_management_token_keys() returns");

struct PutDmReceiptKeys {
  std::optional<gp::Secret> key;
  Decimal<255> key_version;
  Decimal<255> new_key_version;
  HexByte key_type;
  gp::KeyFormat key_format = gp::KeyFormat::gpshell;
};
inline constexpr auto put_dm_receipt_keys =
    command<PutDmReceiptKeys>(
        "put_dm_receipt_keys", "PUT KEY: the key that makes delegated management receipts",
        "put_dm_receipt_keys -key 404142434445464748494a4b4c4d4e4f -newkeyver 113",
        option("-key", &PutDmReceiptKeys::key, "the receipt key").secret().if_absent("required"),
        option("-keyver", &PutDmReceiptKeys::key_version, "version to replace, 0 to add"),
        option("-newkeyver", &PutDmReceiptKeys::new_key_version, "version of the new key, 0 for 113"),
        option("-keyType", &PutDmReceiptKeys::key_type, "key type, 00 for AES"),
        option("-keyFormat", &PutDmReceiptKeys::key_format, "how an AES key stands in the command"))
        .fails_as("put_delegated_management_receipt_keys() returns");

/// Of GPShell 1.4.
struct PutDmKeys {
  std::optional<FilePath> file;
  std::optional<Text<64>> pass;
  std::optional<gp::Secret> key;
  Decimal<255> key_version;
  Decimal<255> new_key_version;
  CurrentKek kek;
};
inline constexpr auto put_dm_keys =
    command<PutDmKeys>(
        "put_dm_keys", "PUT KEY: token key and receipt key in one command, as GPShell 1.4 did",
        "put_dm_keys -file token.pem -key 404142434445464748494a4b4c4d4e4f -newkeyver 112",
        option("-file", &PutDmKeys::file, "PEM file with the RSA token key").if_absent("required"),
        option("-pass", &PutDmKeys::pass, "pass phrase of the PEM file").secret().if_absent("none"),
        option("-key", &PutDmKeys::key, "the receipt key, 16 bytes").secret().if_absent("required"),
        option("-keyver", &PutDmKeys::key_version, "version to replace, 0 to add"),
        option("-newkeyver", &PutDmKeys::new_key_version, "version of the new keys, 0 for 112"),
        group(&PutDmKeys::kek, current_kek_options))
        .fails_as("put_delegated_management_keys() returns");

}  // namespace gpsh::interpreter
