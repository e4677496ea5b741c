// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace gpsh::test {

/// Stands in a folder, as scripts name files relative to it.
class StandingIn {
 public:
  explicit StandingIn(const std::filesystem::path& folder) : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(folder);
  }
  ~StandingIn() { std::filesystem::current_path(before_); }
  StandingIn(const StandingIn&) = delete;
  StandingIn& operator=(const StandingIn&) = delete;

 private:
  std::filesystem::path before_;
};

}  // namespace gpsh::test
