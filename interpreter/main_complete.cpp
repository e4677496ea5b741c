// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_complete.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "gp/diversification.h"
#include "interpreter/checks/codes.h"
#include "interpreter/command_table.h"
#include "interpreter/main_words.h"
#include "virtualcard/profile.h"

namespace gpsh::interpreter {
namespace {

/// Names of values that are names of files.
constexpr std::array<std::string_view, 4> kFiles = {"FILE", "SCRIPT", "LOG", "PATH"};

const ArgumentInfo* find_option(const WordInfo& word, const std::string& name) {
  const auto has_name = [&](const ArgumentInfo& option) {
    return std::ranges::find(option.names, name) != option.names.end();
  };
  const auto found = std::ranges::find_if(word.options, has_name);
  return found == word.options.end() ? nullptr : &*found;
}

/// Where the cursor stands: what the words before it mean.
class Place {
 public:
  explicit Place(const WordInfo& program) : word_(&program) {}

  void pass(const std::string& text) {
    if (option_ != nullptr) {
      option_ = nullptr;
    } else if (text.starts_with('-') && text != "-") {
      const auto* option = find(text);
      if (option != nullptr && !option->value.empty()) option_ = option;
    } else if (const auto* below = find_word(*word_, text); below != nullptr && arguments_ == 0) {
      word_ = below;
    } else {
      ++arguments_;
    }
  }

  [[nodiscard]] const ArgumentInfo* find(const std::string& name) const { return find_option(*word_, name); }
  /// The option whose value stands at the cursor, or none.
  [[nodiscard]] const ArgumentInfo* option() const { return option_; }
  [[nodiscard]] const WordInfo& word() const { return *word_; }
  /// The argument that stands at the cursor, or none.
  [[nodiscard]] const ArgumentInfo* argument() const {
    const auto& all = word_->arguments;
    if (arguments_ < all.size()) return &all[arguments_];
    return !all.empty() && all.back().repeatable ? &all.back() : nullptr;
  }
  [[nodiscard]] bool word_may_follow() const { return arguments_ == 0; }

 private:
  const WordInfo* word_;
  const ArgumentInfo* option_ = nullptr;
  std::size_t arguments_ = 0;
};

/// Keeps what begins as the user did.
class Collector {
 public:
  explicit Collector(std::string begun) : begun_(std::move(begun)) {}

  void add(std::string_view text, std::string_view meaning = "") {
    if (!text.starts_with(begun_)) return;
    found_.words.push_back({.text = std::string(text), .meaning = std::string(meaning)});
  }
  /// `behind` is what stands before the name of a file, e.g. "--record=".
  void add_files(const std::string& behind) {
    if (begun_.starts_with(behind)) found_.files_behind = behind;
  }
  [[nodiscard]] const std::string& begun() const { return begun_; }
  [[nodiscard]] CommandLineCompletions take() { return std::move(found_); }

 private:
  std::string begun_;
  CommandLineCompletions found_{};
};

void add_profiles(Collector& collector, const std::string& before) {
  for (const auto& name : virtualcard::profile_names()) {
    collector.add(before + name, virtualcard::load_profile(name).description);
  }
}

void add_cards(Collector& collector, const std::string& before) {
  collector.add(before + "pcsc", "a reader");
  collector.add(before + "virtual", "the virtual card");
  const auto profile = before + "virtual:";
  add_profiles(collector, profile);
  collector.add_files(profile);
  const auto comma = collector.begun().find(',');
  if (comma == std::string::npos || !collector.begun().starts_with(profile)) return;
  const auto state = collector.begun().substr(0, comma) + ",state=";
  collector.add(state, "the file that keeps the card");
  collector.add_files(state);
}

void add_help_topics(Collector& collector) {
  for (const auto& command : command_table()) collector.add(command.name, command.summary);
  collector.add("checks", "what the check says");
  collector.add("codes", "what a run says");
  for (const auto& code : checks::all_codes()) collector.add(code, checks::find_code(code)->meaning);
  const auto program = describe_command_line();
  for (const auto& word : program.words) collector.add(word.name, word.summary);
}

/// The values of an option or argument, each with `before` in front.
void add_values(Collector& collector, const ArgumentInfo& argument, const std::string& before = "") {
  for (const auto& choice : argument.choices) collector.add(before + choice);
  const auto& value = argument.value;
  const auto& name = argument.names.front();
  const auto is = [&](std::string_view kind) { return value == kind || name == kind; };
  if (std::ranges::any_of(kFiles, is)) collector.add_files(before);
  if (is("CARD")) add_cards(collector, before);
  if (is("PROFILE")) {
    add_profiles(collector, before);
    collector.add_files(before);
  }
  if (is("COMMAND")) add_help_topics(collector);
  if (name == "--derivation") {
    for (const auto& method : gp::known_diversifications()) collector.add(before + method.name());
  }
}

void add_options(Collector& collector, const WordInfo& word) {
  for (const auto& option : word.options) {
    for (const auto& name : option.names) collector.add(name, option.help);
  }
}

CommandLineCompletions options_at(const Place& place, const std::string& begun) {
  Collector collector(begun);
  if (const auto equals = begun.find('='); equals != std::string::npos) {
    const auto* option = place.find(begun.substr(0, equals));
    if (option != nullptr) add_values(collector, *option, begun.substr(0, equals + 1));
  } else {
    add_options(collector, place.word());
  }
  return collector.take();
}

}  // namespace

CommandLineCompletions complete(const std::vector<std::string>& words) {
  const auto program = describe_command_line();
  Place place(program);
  for (std::size_t at = 0; at + 1 < words.size(); ++at) place.pass(words[at]);
  const auto begun = words.empty() ? "" : words.back();
  if (place.option() == nullptr && begun.starts_with('-')) return options_at(place, begun);
  Collector collector(begun);
  if (place.option() != nullptr) {
    add_values(collector, *place.option());
    return collector.take();
  }
  if (place.word_may_follow()) {
    for (const auto& word : place.word().words) collector.add(word.name, word.summary);
  }
  if (place.argument() != nullptr) add_values(collector, *place.argument());
  return collector.take();
}

std::string completion_lines(const std::string& words) {
  std::istringstream in(words);
  std::vector<std::string> all;
  for (std::string word; std::getline(in, word);) all.push_back(word);
  const auto found = complete(all);
  std::string lines;
  for (const auto& [text, meaning] : found.words) {
    lines += text;
    if (!meaning.empty()) lines.append("\t").append(meaning);
    lines += "\n";
  }
  if (!found.files_behind) return lines;
  return lines + "#files" + (found.files_behind->empty() ? "" : " ") + *found.files_behind + "\n";
}

}  // namespace gpsh::interpreter
