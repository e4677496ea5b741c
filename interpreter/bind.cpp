// SPDX-License-Identifier: Apache-2.0
#include "interpreter/bind.h"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/lookalikes.h"
#include "interpreter/misplaced_secrets.h"
#include "interpreter/option_words.h"
#include "interpreter/value_kinds.h"

namespace gpsh::interpreter {
namespace {

const gp::Secret* key_of(const std::optional<gp::Secret>& value) {
  return value ? &*value : nullptr;
}
const gp::Secret* key_of(const auto&) {
  return nullptr;
}

/// Reads the value of one declared option into its place in `target`.
template <class Option, class Target>
void bind_option(const Option& option, OptionWords& words, Target& target) {
  words.warn_if_repeated();
  auto& place = option.access(target);
  using Value = std::remove_cvref_t<decltype(place)>;
  if constexpr (std::is_same_v<Value, Flag>) {
    place = Flag::given;
  } else {
    const auto given = words.value();
    if (!given) return;
    words.remember(option.name, *given);
    auto reading = ValueKind<Value>::read(given->text);
    if (reading.problem) words.report(*reading.problem, *given);
    if (reading.value) place = *std::move(reading.value);
    if (option.secrecy == Secrecy::secret) words.hide(*given, reading.value ? key_of(place) : nullptr);
  }
}

template <class Spec>
typename Spec::Target bind_options(const Spec& spec, OptionWords words, BoundLine& bound) {
  typename Spec::Target target;
  while (const auto name = words.next_option()) {
    if (*name == kNoStop) {
      bound.no_stop = !has_errors(bound.diagnostics);
      continue;
    }
    const bool own = std::apply(
        [&](const auto&... options) {
          return ((options.name == *name && (bind_option(options, words, target), true)) || ...);
        },
        spec.options);
    if (!own) words.foreign_option();
  }
  return target;
}

/// print: GPShell takes the text from the sixth character of the line after blanks (reference quirk Q46).
std::string printed_text(std::string_view line) {
  constexpr std::size_t kNameLength = 5;
  auto text = line.substr(std::min(kNameLength, line.size()));
  const auto start = text.find_first_not_of(" \t");
  return std::string(start == std::string_view::npos ? std::string_view() : text.substr(start));
}

struct Context {
  const Source& source;
  const ScriptLine& line;
  const Environment& environment;
  Strictness strictness;
};

/// Of a command that has no options.
void warn_of_ignored_words(const ScriptLine& line, BoundLine& bound) {
  if (line.words.size() == 1 || line.words[1].starts_comment()) return;
  const auto& first = line.words[1];
  const bool command = find_command(first.literal()) != nullptr;
  bound.diagnostics.push_back(
      {.severity = Severity::warning,
       .code = "unused-option",
       .text = fmt::format("{} has no options: what stands behind it does nothing", bound.name),
       .span = first.span,
       .advice =
           command ? "put each command on a line of its own" : "remove it, or make it a comment with //"});
}

template <class Spec>
bool bind_as(const Spec& spec, const Context& context, BoundLine& bound) {
  if (spec.name != bound.name) return false;
  if constexpr (std::is_same_v<typename Spec::Target, Print>) {
    bound.command = Print{.text = printed_text(context.source.text(context.line.span))};
  } else if (spec.rest == Rest::ignored) {
    warn_of_ignored_words(context.line, bound);
    bound.command = typename Spec::Target{};
  } else {
    OptionWords words(context.line, context.environment, context.strictness, bound);
    auto target = bind_options(spec, std::move(words), bound);
    if (!has_errors(bound.diagnostics)) bound.command = std::move(target);
  }
  return true;
}

void unknown_command(const Context& context, BoundLine& bound) {
  const auto near = command_meant(bound.name);
  if (near && context.strictness == Strictness::strict) bound.meant = *near;
  bound.diagnostics.push_back(
      {.severity = context.strictness == Strictness::lenient ? Severity::warning : Severity::error,
       .code = "unknown-command",
       .text = fmt::format("unknown command {}", bound.name),
       .span = bound.name_span,
       .advice =
           advice_on_lookalike(bound.name)
               .value_or(near ? fmt::format("did you mean {}?", *near) : "gpsh help lists the commands"),
       .gpshell_line = fmt::format("Unknown command {}", bound.name)});
}

}  // namespace

const GivenOption* BoundLine::given(std::string_view option) const {
  const auto found = std::ranges::find(options.rbegin(), options.rend(), option, &GivenOption::name);
  return found == options.rend() ? nullptr : &*found;
}

BoundLine bind_line(const Source& source, const ScriptLine& line, const Environment& environment,
                    Strictness strictness) {
  const Context context{source, line, environment, strictness};
  const auto& first = line.words.front();
  BoundLine bound;
  bound.name = expand(first, environment);
  bound.name_span = first.span;
  bound.line_span = line.span;
  bound.info = first.problem ? nullptr : find_command(bound.name);
  if (first.problem) {
    bound.diagnostics.push_back({.severity = Severity::error,
                                 .code = first.problem->code,
                                 .text = std::string(first.problem->text),
                                 .span = first.problem->span,
                                 .advice = std::string(first.problem->advice),
                                 .kind = ErrorKind::syntax});
  } else if (bound.info == nullptr) {
    unknown_command(context, bound);
  } else {
    std::apply([&](const auto&... specs) { return (bind_as(specs, context, bound) || ...); }, kCommands);
  }
  hide_misplaced_secrets(source, line, environment, bound);
  return bound;
}

}  // namespace gpsh::interpreter
