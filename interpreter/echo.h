// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "interpreter/bind.h"

namespace gpsh::interpreter {

enum class SecretDisplay { masked, shown };
/// Which cipher the keys are for, once a card has said it.
enum class KeyCipher { unknown, triple_des, aes };

/// Of the keys on a line: new keys are for the cipher that their type names, others for the channel's.
[[nodiscard]] KeyCipher cipher_of_keys(const BoundLine& line, KeyCipher channel);

/// The line as GPShell echoes it before running it: raw, with its line end. Secret values are replaced by
/// their check value, both 3DES and AES as long as the cipher is unknown. Nothing for a line that begins with
/// `print`.
[[nodiscard]] std::optional<std::string> echo(const Source& source, const BoundLine& line,
                                              SecretDisplay display, KeyCipher cipher);

}  // namespace gpsh::interpreter
