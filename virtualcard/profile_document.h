// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "virtualcard/profile.h"

namespace gpsh::virtualcard {

/// The JSON text of a built-in profile or of a file. Throws as load_profile does.
[[nodiscard]] std::string load_profile_text(std::string_view name_or_path);

/// The JSON of a built-in profile or of a file, with what it extends put in. Throws as load_profile does.
[[nodiscard]] nlohmann::json profile_document(std::string_view name_or_path);

/// The profile that a document without "extends" describes; its "kind" is "profile" or "state". Throws Error
/// (file, "bad-profile").
[[nodiscard]] Profile read_profile(const nlohmann::json& document, std::string_view source);

}  // namespace gpsh::virtualcard
