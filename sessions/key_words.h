// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "gp/secret.h"

namespace gpsh::sessions {

/// What a word of a log calls the key behind it.
enum class KeyPlace { all, enc, mac, dek, session_enc, session_mac, session_response_mac };

struct NamedKey {
  KeyPlace place = KeyPlace::all;
  gp::Secret key{};
};

/// What ENC and MAC mean.
enum class KeyContext { static_keys, session_keys };

/// Whether a line says that it, and what follows, is about session keys.
[[nodiscard]] bool speaks_of_session_keys(std::string_view line);

/// Whether a word is a name that a key may follow: "-enc_key".
[[nodiscard]] bool names_key(std::string_view word);

/// The keys that one line names, each with 16, 24 or 32 bytes of hex behind its name.
[[nodiscard]] std::vector<NamedKey> named_keys_in(std::string_view line, KeyContext context);

}  // namespace gpsh::sessions
