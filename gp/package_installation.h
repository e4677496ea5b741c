// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "core/aid.h"
#include "core/bytes.h"
#include "gp/cap_file.h"

namespace gpsh::gp {

/// Which of a file's applets become instances, as the script names them.
struct PackageChoice {
  std::optional<Aid> package{};  ///< absent: the file's
  std::optional<Aid> module{};  ///< absent: the file's first applet, or all where no instance is named either
  std::optional<Aid> instance{};  ///< absent: the module's
};

/// An executable module and the instance that is made of it.
struct AppletInstance {
  Aid module;
  Aid instance;

  friend bool operator==(const AppletInstance&, const AppletInstance&) = default;
};

/// What an installation does, known before anything is sent.
struct PackageInstallation {
  Aid package;
  std::vector<AppletInstance> instances{};  ///< none: a library
};

/// Throws Error (usage, "aid-missing") where the file does not say what is not given: it is not of Java Card,
/// or an instance is named and it has no applet.
[[nodiscard]] PackageInstallation plan_installation(const CapFile& file, const PackageChoice& choice);

}  // namespace gpsh::gp
