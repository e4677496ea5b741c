// SPDX-License-Identifier: Apache-2.0
#include "gp/package_installation.h"

#include "core/error.h"

namespace gpsh::gp {
namespace {

Error aid_missing(std::string message, std::string advice) {
  return Error({.kind = ErrorKind::usage,
                .code = "aid-missing",
                .message = std::move(message),
                .advice = std::move(advice)});
}

}  // namespace

PackageInstallation plan_installation(const CapFile& file, const PackageChoice& choice) {
  if (!file.package && (!choice.package || !choice.module)) {
    throw aid_missing("the load file is not of Java Card, so it does not say its package and applets",
                      "give -pkgAID and -AID");
  }
  PackageInstallation plan{.package = choice.package ? *choice.package : file.package->aid};
  if (choice.module) {
    plan.instances.push_back(
        {.module = *choice.module, .instance = choice.instance.value_or(*choice.module)});
  } else if (!choice.instance) {
    for (const auto& applet : file.applets) plan.instances.push_back({.module = applet, .instance = applet});
  } else if (file.applets.empty()) {
    throw aid_missing("-instAID names an instance, but the package is a library: it has no applet",
                      "leave out -instAID");
  } else {
    plan.instances.push_back({.module = file.applets.front(), .instance = *choice.instance});
  }
  return plan;
}

}  // namespace gpsh::gp
