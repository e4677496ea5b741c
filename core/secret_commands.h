// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "core/apdu.h"

namespace gpsh {

/// The name of a command whose data field is a PIN (ISO/IEC 7816-4), in either coding; empty for any other.
[[nodiscard]] std::string_view pin_command_name(std::uint8_t ins);

/// True for the commands whose data field is a PIN, whatever the class.
[[nodiscard]] bool carries_pin(const CommandApdu& command);

/// True when the data field carries keys or a PIN, enciphered or not: messages give its length only.
[[nodiscard]] bool carries_secrets(const CommandApdu& command);

/// A command as error messages may show it: the header alone where it carries secrets, and where it is no
/// command APDU, as a key or PIN may stand anywhere in it.
[[nodiscard]] Bytes shown_in_messages(ByteView apdu);

}  // namespace gpsh
