// SPDX-License-Identifier: Apache-2.0
// The codes of messages that the sources give, found in their text.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace gpsh::test {

/// Code -> the file that gives it first. A code is a literal of small letters, digits and hyphens that is
/// given to something named `code`: a member, a constant, the parameter of a function of the same file, or a
/// member of a CodeMeaning.
using CodesInSources = std::map<std::string, std::string>;

[[nodiscard]] CodesInSources codes_in(std::string_view text, const std::string& file);
/// Of all sources below the folders of the program; tables that explain codes give none.
[[nodiscard]] CodesInSources codes_in_sources();

}  // namespace gpsh::test
