// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <tuple>
#include <variant>

#include "interpreter/commands/channel.h"
#include "interpreter/commands/content.h"
#include "interpreter/commands/control.h"
#include "interpreter/commands/data.h"
#include "interpreter/commands/keys.h"
#include "interpreter/commands/session.h"

namespace gpsh::interpreter {

/// All commands of the language, in the order help lists them. Binding, checking, help and completion read
/// this and nothing else.
inline constexpr auto kCommands = std::tuple(
    mode_201, mode_211, enable_trace, enable_timer, gem_xpresso_pro, visa_key_derivation,
    emv_cps11_key_derivation, establish_context, release_context, list_readers, card_connect, card_disconnect,
    select, get_secure_channel_protocol_details, open_sc, get_data, get_card_recognition_data,
    get_key_information_templates, get_extended_card_resources_information, get_status, load, install,
    install_for_load, install_for_install, install_for_make_selectable, install_for_personalization,
    store_data, delete_object, delete_key, put_sc_key, put_dm_token_keys, put_dm_receipt_keys, put_dm_keys,
    send_apdu, send_apdu_nostop, print, exit_script);

/// The one option every command with options takes, and the only one without a value.
inline constexpr std::string_view kNoStop = "-noStop";
inline constexpr std::string_view kNoStopHelp = "go on with the next line if this command fails";

template <class Specs>
struct CommandVariant;
template <class... Specs>
struct CommandVariant<const std::tuple<Specs...>> {
  using Type = std::variant<typename Specs::Target...>;
};

/// A bound command: one of the structs.
using Command = CommandVariant<decltype(kCommands)>::Type;

}  // namespace gpsh::interpreter
