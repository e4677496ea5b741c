// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <fstream>

#include "core/error.h"
#include "core/suggest.h"
#include "core/system_reason.h"
#include "virtualcard/built_in_profiles.h"
#include "virtualcard/profile_document.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::size_t kMaxProfileFile = std::size_t{16} << 20;

bool is_path(std::string_view name_or_path) {
  return name_or_path.ends_with(".json") || name_or_path.find('/') != std::string_view::npos;
}

std::string read_profile_file(std::string_view path) {
  errno = 0;
  std::ifstream in(std::string(path), std::ios::binary);
  // One byte more than allowed: the name may stand for a device that never ends.
  std::string text(kMaxProfileFile + 1, '\0');
  if (in) in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.is_open() || in.bad()) {
    throw Error({.kind = ErrorKind::file,
                 .code = "unreadable-profile",
                 .message = "cannot read the profile " + std::string(path) + ": " + system_reason(errno),
                 .advice = "check the path and the permissions"});
  }
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kMaxProfileFile) {
    throw Error({.kind = ErrorKind::file,
                 .code = "unreadable-profile",
                 .message = std::string(path) + ": the profile has more than 16 MiB",
                 .advice = "is it a profile?"});
  }
  return text;
}

[[noreturn]] void unknown_profile(std::string_view name) {
  std::vector<std::string_view> known;
  std::string names;
  for (const auto& profile : built_in_profiles()) {
    known.push_back(profile.name);
    names += (names.empty() ? "" : ", ") + std::string(profile.name);
  }
  const auto near = suggest(name, known);
  throw Error({.kind = ErrorKind::usage,
               .code = "unknown-profile",
               .message = "there is no card profile named " + std::string(name),
               .advice = (near ? "did you mean " + std::string(*near) + "? The" : "the") +
                         " profiles are: " + names + "; a file's name ends in .json"});
}

}  // namespace

std::vector<std::string> profile_names() {
  std::vector<std::string> names;
  for (const auto& profile : built_in_profiles()) names.emplace_back(profile.name);
  return names;
}

std::string_view profile_text(std::string_view name) {
  const auto profiles = built_in_profiles();
  const auto found = std::ranges::find(profiles, name, &BuiltInProfile::name);
  if (found != profiles.end()) return found->text;
  unknown_profile(name);
}

std::string load_profile_text(std::string_view name_or_path) {
  if (is_path(name_or_path)) return read_profile_file(name_or_path);
  return std::string(profile_text(name_or_path));
}

Profile load_profile(std::string_view name_or_path) {
  return parse_profile(load_profile_text(name_or_path), name_or_path);
}

}  // namespace gpsh::virtualcard
