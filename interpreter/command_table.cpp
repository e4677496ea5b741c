// SPDX-License-Identifier: Apache-2.0
#include "interpreter/command_table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/suggest.h"
#include "interpreter/commands.h"
#include "interpreter/value_kinds.h"

namespace gpsh::interpreter {
namespace {

template <class Value>
std::optional<ValueProblem> validate(std::string_view text) {
  return ValueKind<Value>::read(text).problem;
}

template <class Target, class Option>
OptionInfo describe_option(const Option& option) {
  Target defaults;
  auto& value = option.access(defaults);
  using Value = std::remove_cvref_t<decltype(value)>;
  return {.name = option.name,
          .help = option.help,
          .kind = ValueKind<Value>::describe(),
          .default_text =
              option.otherwise.empty() ? ValueKind<Value>::print(value) : std::string(option.otherwise),
          .secrecy = option.secrecy,
          .arity = std::is_same_v<Value, Flag> ? Arity::flag : Arity::one_value,
          .choices = option.choices,
          .validate = &validate<Value>};
}

template <class Spec>
CommandInfo describe_command(const Spec& spec) {
  CommandInfo info{.name = spec.name,
                   .summary = spec.summary,
                   .example = spec.example,
                   .failure_label = spec.failure_label,
                   .rest = spec.rest,
                   .timing = spec.timing,
                   .on_failure = spec.on_failure,
                   .tolerated = spec.tolerated,
                   .options = {}};
  std::apply(
      [&](const auto&... options) {
        (info.options.push_back(describe_option<typename Spec::Target>(options)), ...);
      },
      spec.options);
  return info;
}

}  // namespace

const std::vector<CommandInfo>& command_table() {
  static const auto table = std::apply(
      [](const auto&... specs) {
        std::vector<CommandInfo> infos;
        (infos.push_back(describe_command(specs)), ...);
        return infos;
      },
      kCommands);
  return table;
}

const CommandInfo* find_command(std::string_view name) {
  const auto found = std::ranges::find(command_table(), name, &CommandInfo::name);
  return found == command_table().end() ? nullptr : &*found;
}

const OptionInfo* find_option_of_any_command(std::string_view name) {
  for (const auto& command : command_table()) {
    const auto found = std::ranges::find(command.options, name, &OptionInfo::name);
    if (found != command.options.end()) return &*found;
  }
  return nullptr;
}

std::vector<std::string_view> command_names() {
  std::vector<std::string_view> names;
  for (const auto& command : command_table()) names.push_back(command.name);
  return names;
}

std::optional<std::string_view> command_meant(std::string_view name) {
  // Of GlobalPlatformPro and of shells.
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kElsewhere = {
      {{"uninstall", "delete"},
       {"list", "get_status"},
       {"connect", "card_connect"},
       {"disconnect", "card_disconnect"},
       {"auth", "open_sc"},
       {"send", "send_apdu"},
       {"apdu", "send_apdu"},
       {"quit", "exit"}}};
  const auto known = std::ranges::find(kElsewhere, name, [](const auto& entry) { return entry.first; });
  return known != kElsewhere.end() ? known->second : suggest(name, command_names());
}

std::vector<std::string_view> option_names(const CommandInfo& command) {
  std::vector<std::string_view> names;
  for (const auto& option : command.options) names.push_back(option.name);
  if (command.rest == Rest::options) names.push_back(kNoStop);
  return names;
}

std::vector<std::string_view> all_option_names() {
  std::vector<std::string_view> names;
  for (const auto& command : command_table()) {
    for (const auto name : option_names(command)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace gpsh::interpreter
