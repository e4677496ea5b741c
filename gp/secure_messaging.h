// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/apdu.h"
#include "core/error.h"
#include "gp/security_level.h"
#include "gp/static_keys.h"

namespace gpsh::gp {

// What SCP01, SCP02 and SCP03 have in common.

/// The class byte a C-MAC is made over: secure messaging set, no logical channel (GPCS 2.3.1 section E.4.4).
[[nodiscard]] std::uint8_t mac_class(std::uint8_t cla);
/// The class byte that is sent: secure messaging set, the logical channel kept (GPCS 2.3.1 section 11.1.4).
[[nodiscard]] std::uint8_t wire_class(std::uint8_t cla);
/// The class byte without logical channel and secure messaging.
[[nodiscard]] std::uint8_t plain_class(std::uint8_t cla);

/// Whether a command goes to the application of the basic channel without secure messaging. GET RESPONSE does
/// not: it belongs to the command before it.
[[nodiscard]] bool without_secure_messaging(ByteView apdu);

/// A length as it enters a MAC: one byte, or 00 and two bytes where the command is cut into several APDUs
/// (GPCS 2.3.1 section 11.1.5.1).
void append_lc(Bytes& to, std::size_t length);

/// What secure messaging takes of a command's data.
struct MessageRoom {
  std::size_t mac_bytes = 8;
  std::size_t block_bytes = 0;  ///< of the encryption; 0: data is not encrypted
};

/// Most plain data under a limit of `limit` bytes of command data.
[[nodiscard]] std::size_t most_plain_data(std::size_t limit, const MessageRoom& room);
/// Throws Error (usage, "too-long-for-channel") for more data than `most` in one APDU. `protocol` is "SCP02".
void require_room(const CommandApdu& plain, std::size_t most, std::string_view protocol, SecurityLevel level);
/// Throws Error (usage, "key-missing") when there is no such key.
void require_key(const StaticKeys& keys, KeyRole role, std::string_view protocol);
/// `blocks` encrypted; throws Error (usage, "key-missing") when there is no key to do so.
[[nodiscard]] Bytes encrypt_with(const DataEncryption& encryption, ByteView blocks);

/// Error (usage, "channel-option"): the protocol has no such i, or i does not cover the level.
[[nodiscard]] Error channel_option(std::string message, std::string advice);
/// Error (card, "bad-response"): the answer to INITIALIZE UPDATE has another length.
[[nodiscard]] Error wrong_answer(std::string_view protocol);
/// Error (security, "channel-ended"): nothing can be sent after a response that was not the card's.
[[nodiscard]] Error channel_ended();
/// Error (security, "response-mac"): "the R-MAC of a response is wrong".
[[nodiscard]] Error wrong_response_mac(std::string message);

}  // namespace gpsh::gp
