// SPDX-License-Identifier: Apache-2.0
#include "interpreter/partial_install.h"

#include <fmt/format.h>

#include "gp/lost_answer.h"

namespace gpsh::interpreter {
namespace {

/// The card refused it, or was not asked any more.
bool was_not_done(const Error& error) {
  return error.code() == "card-status" || error.code() == "interrupted";
}

Error with_advice(const Error& error, const std::string& more) {
  return error.kind() == ErrorKind::usage ? error : gp::with_more_advice(error, more);
}

}  // namespace

Error after_failed_load(const Error& error, const Aid& package) {
  const auto aid = package.text();
  if (was_not_done(error)) {
    return with_advice(error,
                       fmt::format("package {0} was not loaded; if it, or a part of it, is on the card, "
                                   "delete -AID {0} removes it",
                                   aid));
  }
  return with_advice(error,
                     fmt::format("package {0} was begun and may be on the card: get_status -element 20 "
                                 "shows it, delete -AID {0} removes it",
                                 aid));
}

Error after_failed_instance(const Error& error, const Aid& package, const gp::AppletInstance& applet) {
  const auto aid = package.text();
  const auto instance = applet.instance.text();
  if (was_not_done(error)) {
    return with_advice(
        error, fmt::format("package {0} is on the card, instance {2} was not made: install_for_install "
                           "-pkgAID {0} -AID {1} -instAID {2} and install_for_make_selectable -instAID {2} "
                           "continue, delete -AID {0} removes everything",
                           aid, applet.module.text(), instance));
  }
  return with_advice(error,
                     fmt::format("package {0} is on the card, instance {1} may be: get_status -element 40 "
                                 "shows it, delete -AID {0} removes everything",
                                 aid, instance));
}

}  // namespace gpsh::interpreter
