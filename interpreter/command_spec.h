// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

namespace gpsh::interpreter {

/// What a command does with the words after its name.
enum class Rest {
  options,  ///< they are options
  ignored,  ///< anything may stand there, as in GPShell
  text,     ///< print: the rest of the line as it is
};
enum class Timing { timed, untimed };  ///< whether enable_timer prints a line after it
enum class OnFailure { stop, go_on };  ///< go_on: the error line is printed, the script continues
enum class Secrecy { open, secret };   ///< secret values are masked in the echo

/// Reaches the value of an option inside a command's struct, directly or through a shared group of options.
template <class Struct, class Value>
struct DirectAccess {
  Value Struct::*member;
  constexpr Value& operator()(Struct& command) const { return command.*member; }
};
template <class Struct, class Group, class Inner>
struct GroupAccess {
  Group Struct::*group;
  Inner inner;
  constexpr auto& operator()(Struct& command) const { return inner(command.*group); }
};

/// A value that is usual for an option, for completion; others stay possible.
struct Choice {
  std::string_view text;
  std::string_view help;
};

/// One option: name, where its value goes, what it is. The member's type gives the kind of value, the
/// member's initialiser the default.
template <class Access>
struct OptionSpec {
  std::string_view name;
  Access access;
  std::string_view help;
  std::string_view otherwise{};  ///< the default in words, where the initialiser does not tell
  Secrecy secrecy = Secrecy::open;
  std::span<const Choice> choices{};

  [[nodiscard]] constexpr OptionSpec secret() const {
    auto copy = *this;
    copy.secrecy = Secrecy::secret;
    return copy;
  }
  [[nodiscard]] constexpr OptionSpec if_absent(std::string_view words) const {
    auto copy = *this;
    copy.otherwise = words;
    return copy;
  }
  [[nodiscard]] constexpr OptionSpec mostly(std::span<const Choice> values) const {
    auto copy = *this;
    copy.choices = values;
    return copy;
  }
};

template <class Struct, class Value>
constexpr auto option(std::string_view name, Value Struct::*member, std::string_view help) {
  return OptionSpec<DirectAccess<Struct, Value>>{name, {member}, help};
}

/// Options that several commands share: declared once over a struct of their own.
template <class... Options>
constexpr auto option_group(Options... options) {
  return std::tuple(options...);
}

/// The options of a group, reached through the member that holds it.
template <class Struct, class Group, class... Options>
constexpr auto group(Group Struct::*member, const std::tuple<Options...>& options) {
  return std::apply(
      [member](const auto&... each) {
        return std::tuple(OptionSpec<GroupAccess<Struct, Group, decltype(each.access)>>{
            each.name, {member, each.access}, each.help, each.otherwise, each.secrecy, each.choices}...);
      },
      options);
}

/// The whole declaration of a command. `Command` is the struct that binding fills and a handler runs.
template <class Command, class... Options>
struct CommandSpec {
  using Target = Command;
  std::string_view name;
  std::string_view summary;
  std::string_view example;
  std::tuple<Options...> options;
  std::string_view failure_label{};  ///< begins the line on stdout when it fails: "get_data() returns"
  Rest rest = Rest::options;
  Timing timing = Timing::timed;
  OnFailure on_failure = OnFailure::stop;
  /// The status words after which a script goes on; empty: after any failure.
  std::span<const std::uint16_t> tolerated{};

  [[nodiscard]] constexpr CommandSpec ignores_rest() const { return with(&CommandSpec::rest, Rest::ignored); }
  [[nodiscard]] constexpr CommandSpec takes_text() const { return with(&CommandSpec::rest, Rest::text); }
  [[nodiscard]] constexpr CommandSpec untimed() const { return with(&CommandSpec::timing, Timing::untimed); }
  [[nodiscard]] constexpr CommandSpec goes_on() const {
    return with(&CommandSpec::on_failure, OnFailure::go_on);
  }
  /// The same for these status words only: after anything else the channel or the card is gone.
  [[nodiscard]] constexpr CommandSpec goes_on_at(std::span<const std::uint16_t> status_words) const {
    return goes_on().with(&CommandSpec::tolerated, status_words);
  }
  [[nodiscard]] constexpr CommandSpec fails_as(std::string_view label) const {
    return with(&CommandSpec::failure_label, label);
  }

 private:
  template <class Value>
  constexpr CommandSpec with(Value CommandSpec::*member, std::type_identity_t<Value> value) const {
    auto copy = *this;
    copy.*member = value;
    return copy;
  }
};

constexpr auto as_tuple(const auto& one) {
  return std::tuple(one);
}
template <class... Each>
constexpr auto as_tuple(const std::tuple<Each...>& group) {
  return group;
}

/// The example follows the summary; then options and groups in the order help shows them.
template <class Command, class... Parts>
constexpr auto command(std::string_view name, std::string_view summary, std::string_view example,
                       const Parts&... parts) {
  auto options = std::tuple_cat(as_tuple(parts)...);
  return std::apply(
      [&](const auto&... each) {
        return CommandSpec<Command, std::remove_cvref_t<decltype(each)>...>{
            .name = name, .summary = summary, .example = example, .options = std::tuple(each...)};
      },
      options);
}

}  // namespace gpsh::interpreter
