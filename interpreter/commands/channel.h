// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "core/aid.h"
#include "gp/diversification.h"
#include "gp/secret.h"
#include "interpreter/command_spec.h"
#include "interpreter/values.h"

namespace gpsh::interpreter {

struct Select {
  std::optional<Aid> aid;
};
inline constexpr auto select =
    command<Select>("select", "Select an application or security domain", "select -AID A000000003000000",
                    option("-AID", &Select::aid, "its AID, or the first bytes of it")
                        .if_absent("the issuer security domain"))
        .fails_as("select_application() returns");

struct GetSecureChannelProtocolDetails {};
inline constexpr auto get_secure_channel_protocol_details =
    command<GetSecureChannelProtocolDetails>(
        "get_secure_channel_protocol_details",
        "Ask the card for its secure channel protocol (GET DATA 0066) and keep it for open_sc",
        "get_secure_channel_protocol_details")
        .fails_as("get_secure_channel_protocol_details() returns");

/// The keys of a secure channel. A value stays for later commands of the script until it is given again.
struct KeyOptions {
  std::optional<gp::Secret> key;
  std::optional<gp::Secret> enc_key;
  std::optional<gp::Secret> mac_key;
  std::optional<gp::Secret> kek_key;
};
inline constexpr auto key_options = option_group(
    option("-key", &KeyOptions::key, "base or master key").secret().if_absent("the one given last"),
    option("-enc_key", &KeyOptions::enc_key, "encryption key (ENC)").secret().if_absent("the one given last"),
    option("-mac_key", &KeyOptions::mac_key, "MAC key").secret().if_absent("the one given last"),
    option("-kek_key", &KeyOptions::kek_key, "data encryption key (DEK, KEK)")
        .secret()
        .if_absent("the one given last"));

struct OpenSc {
  KeyOptions keys;
  Decimal<255> key_version;
  Decimal<255> key_index;
  Decimal<255> security;
  std::optional<CStyleByte> scp;
  std::optional<CStyleByte> scp_impl;
  gp::Diversification key_derivation{};
};
inline constexpr std::array kSecurityLevels = {
    Choice{"0", "none: authentication only"},
    Choice{"1", "C-MAC"},
    Choice{"3", "C-MAC and command encryption"},
    Choice{"17", "C-MAC and R-MAC"},
    Choice{"19", "C-MAC, command encryption and R-MAC"},
    Choice{"51", "C-MAC, R-MAC, command and response encryption (SCP03)"}};

inline constexpr auto open_sc =
    command<OpenSc>(
        "open_sc", "Open a secure channel: mutual authentication with the selected security domain",
        "open_sc -security 1 -keyver 0 -keyind 0 -mac_key 404142434445464748494a4b4c4d4e4f "
        "-enc_key 404142434445464748494a4b4c4d4e4f",
        group(&OpenSc::keys, key_options),
        option("-keyver", &OpenSc::key_version, "key version, 0 for the card's first key set"),
        option("-keyind", &OpenSc::key_index, "key index"),
        option("-security", &OpenSc::security,
               "security level: 0 none, 1 C-MAC, 3 C-MAC and encryption, 17 and 19 with R-MAC, 51 with R-MAC "
               "and "
               "response encryption")
            .mostly(kSecurityLevels),
        option("-scp", &OpenSc::scp, "secure channel protocol: 1, 2 or 3").if_absent("what the card says"),
        option("-scpimpl", &OpenSc::scp_impl, "its implementation, the i parameter, e.g. 0x15 or 0x55")
            .if_absent("what the card says"),
        option("-keyDerivation", &OpenSc::key_derivation, "how the keys are derived from -key"))
        .fails_as("mutual_authentication() returns");

}  // namespace gpsh::interpreter
