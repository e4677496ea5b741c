// SPDX-License-Identifier: Apache-2.0
#include "interpreter/near_variables.h"

#include <fmt/format.h>

#include <optional>

#include "core/suggest.h"

namespace gpsh::interpreter {
namespace {

/// As the text spells it: ${NAME}.
std::optional<std::string_view> variable_in(std::string_view text) {
  constexpr std::string_view kBefore = "${";
  const auto start = text.find(kBefore);
  if (start == std::string_view::npos) return std::nullopt;
  const auto name = text.substr(start + kBefore.size());
  const auto end = name.find('}');
  return end == std::string_view::npos ? std::nullopt : std::optional(name.substr(0, end));
}

std::optional<std::string_view> nearest(std::string_view name,
                                        const std::vector<std::vector<std::string>>& known) {
  for (const auto& names : known) {
    if (const auto near = suggest(name, {names.begin(), names.end()})) return near;
  }
  return std::nullopt;
}

}  // namespace

void name_near_variables(std::vector<Diagnostic>& diagnostics,
                         const std::vector<std::vector<std::string>>& known) {
  for (auto& diagnostic : diagnostics) {
    if (diagnostic.code != "unset-variable") continue;
    const auto name = variable_in(diagnostic.text);
    const auto near = name ? nearest(*name, known) : std::nullopt;
    if (near) diagnostic.advice = fmt::format("did you mean ${{{}}}? Else {}", *near, diagnostic.advice);
  }
}

}  // namespace gpsh::interpreter
