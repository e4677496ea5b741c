// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "interpreter/command_spec.h"
#include "interpreter/values.h"

namespace gpsh::interpreter {

struct Mode201 {};
inline constexpr auto mode_201 =
    command<Mode201>("mode_201", "Speak Open Platform 2.0.1', the default", "mode_201")
        .ignores_rest()
        .untimed();

struct Mode211 {};
inline constexpr auto mode_211 =
    command<Mode211>("mode_211", "Speak GlobalPlatform 2.1.1 and later", "mode_211").ignores_rest().untimed();

struct EnableTrace {};
inline constexpr auto enable_trace =
    command<EnableTrace>("enable_trace", "Print every APDU from here on", "enable_trace")
        .ignores_rest()
        .untimed();

struct EnableTimer {};
inline constexpr auto enable_timer =
    command<EnableTimer>("enable_timer", "Print how long each command took", "enable_timer")
        .ignores_rest()
        .untimed();

struct GemXpressoPro {};
inline constexpr auto gem_xpresso_pro =
    command<GemXpressoPro>("gemXpressoPro", "Derive the keys of every open_sc from here on as VISA2 does",
                           "gemXpressoPro")
        .ignores_rest()
        .untimed();

/// Of GPShell 1.4; 3.0.0 does not know it and goes on with the wrong keys.
struct VisaKeyDerivation {};
inline constexpr auto visa_key_derivation =
    command<VisaKeyDerivation>("visa_key_derivation", "The same as gemXpressoPro, in scripts for GPShell 1.4",
                               "visa_key_derivation")
        .ignores_rest()
        .untimed();

/// Of GPShell 1.4, as above.
struct EmvCps11KeyDerivation {};
inline constexpr auto emv_cps11_key_derivation =
    command<EmvCps11KeyDerivation>(
        "emv_cps11_key_derivation",
        "Derive the keys of every open_sc from here on as EMV CPS 1.1 does, in scripts "
        "for GPShell 1.4",
        "emv_cps11_key_derivation")
        .ignores_rest()
        .untimed();

struct EstablishContext {};
inline constexpr auto establish_context =
    command<EstablishContext>("establish_context", "Open the connection to the PC/SC service",
                              "establish_context")
        .ignores_rest()
        .fails_as("establish_context failed with error");

struct ReleaseContext {};
inline constexpr auto release_context =
    command<ReleaseContext>("release_context", "Close the connection to the PC/SC service", "release_context")
        .ignores_rest()
        .fails_as("release_context failed with error");

struct ListReaders {};
inline constexpr auto list_readers =
    command<ListReaders>("list_readers", "List the card readers", "list_readers")
        .ignores_rest()
        .untimed()
        .fails_as("list_readers failed with error");

struct CardConnect {
  std::optional<ReaderName> reader;
  std::optional<ReaderNumber> reader_number;
  std::optional<ProtocolChoice> protocol;
};
inline constexpr auto card_connect =
    command<CardConnect>(
        "card_connect", "Connect to the card in a reader", "card_connect -readerNumber 1",
        option("-reader", &CardConnect::reader, "the reader's name").if_absent("see -readerNumber"),
        option("-readerNumber", &CardConnect::reader_number,
               "the reader's place in list_readers; ignored with -reader")
            .if_absent("the first reader that connects"),
        option("-protocol", &CardConnect::protocol, "transmission protocol, T=0 or T=1")
            .if_absent("what card and reader agree on"))
        .fails_as("card_connect() returns");

struct CardDisconnect {};
inline constexpr auto card_disconnect =
    command<CardDisconnect>("card_disconnect", "Disconnect from the card and reset it", "card_disconnect")
        .ignores_rest()
        .fails_as("card_disconnect() returns");

}  // namespace gpsh::interpreter
