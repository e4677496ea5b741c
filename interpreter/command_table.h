// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/command_spec.h"
#include "interpreter/value_problem.h"

namespace gpsh::interpreter {

enum class Arity { one_value, flag };

/// An option's declaration without its C++ types.
struct OptionInfo {
  std::string_view name;
  std::string_view help;
  std::string kind;          ///< what to type
  std::string default_text;  ///< in words
  Secrecy secrecy;
  Arity arity;
  std::span<const Choice> choices;  ///< usual values, for completion
  /// Reads a value that no command will use: nothing, or what is wrong with it.
  std::optional<ValueProblem> (*validate)(std::string_view text);
};

/// A command's declaration without its C++ types.
struct CommandInfo {
  std::string_view name;
  std::string_view summary;
  std::string_view example;
  std::string_view failure_label;
  Rest rest;
  Timing timing;
  OnFailure on_failure;
  std::span<const std::uint16_t> tolerated;  ///< see CommandSpec
  std::vector<OptionInfo> options;
};

/// Derived from kCommands once, in its order.
[[nodiscard]] const std::vector<CommandInfo>& command_table();
[[nodiscard]] const CommandInfo* find_command(std::string_view name);
/// The option as the first command declares it that has one of this name.
[[nodiscard]] const OptionInfo* find_option_of_any_command(std::string_view name);
[[nodiscard]] std::vector<std::string_view> command_names();
/// The command that is meant by another name: one of another tool's, or one that is near.
[[nodiscard]] std::optional<std::string_view> command_meant(std::string_view name);
[[nodiscard]] std::vector<std::string_view> option_names(const CommandInfo& command);
/// All of every command, sorted, with -noStop.
[[nodiscard]] std::vector<std::string_view> all_option_names();

}  // namespace gpsh::interpreter
