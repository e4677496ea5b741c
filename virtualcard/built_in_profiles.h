// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace gpsh::virtualcard {

/// A file of profiles/, compiled in.
struct BuiltInProfile {
  std::string_view name;
  std::string_view text;
};

/// In alphabetical order. The source is generated from profiles/*.json when CMake configures.
[[nodiscard]] std::span<const BuiltInProfile> built_in_profiles();

}  // namespace gpsh::virtualcard
