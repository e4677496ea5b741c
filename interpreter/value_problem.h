// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/observer.h"

namespace gpsh::interpreter {

/// What is wrong with, or worth saying about, a value. Without errors the value is used.
struct ValueProblem {
  Severity severity = Severity::error;
  std::string_view code{};
  std::string text{};
  std::string advice{};
};

/// The outcome of reading one value: a value, a problem, or a value with a remark.
template <class T>
struct Reading {
  std::optional<T> value{};
  std::optional<ValueProblem> problem{};
};

}  // namespace gpsh::interpreter
