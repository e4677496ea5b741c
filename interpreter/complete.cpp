// SPDX-License-Identifier: Apache-2.0
#include "interpreter/complete.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "gp/keys.h"
#include "interpreter/command_table.h"
#include "interpreter/commands.h"
#include "interpreter/offers.h"
#include "interpreter/parse.h"

namespace gpsh::interpreter {
namespace {

/// The words before the cursor, and the one that it stands in.
struct Typed {
  std::vector<std::string> before{};
  std::string word{};
  std::size_t from = 0;
  bool comment = false;
};

Typed read_typed(std::string_view line) {
  Typed typed{.from = line.size()};
  const auto parsed = parse(Source("line", std::string(line)));
  if (parsed.lines.empty()) {
    typed.comment = line.find_first_not_of(" \t,") != std::string_view::npos;
    return typed;
  }
  const auto& words = parsed.lines.front().words;
  for (const auto& word : words) typed.before.push_back(word.literal());
  typed.comment = std::ranges::any_of(words, &Word::starts_comment);
  const auto& last = words.back();
  const bool open = last.problem && last.problem->code == "unclosed-quote";
  if (!open && last.span.offset + last.span.length < line.size()) return typed;
  typed.word = typed.before.back();
  typed.from = last.span.offset;
  typed.before.pop_back();
  return typed;
}

bool begins_with(std::string_view text, std::string_view start) {
  return std::ranges::equal(text.substr(0, start.size()), start, [](unsigned char a, unsigned char b) {
    return std::tolower(a) == std::tolower(b);
  });
}

std::string quoted(const std::string& text) {
  return text.find_first_of(" \t,") == std::string::npos ? text : fmt::format("\"{}\"", text);
}

/// Adds what begins with the typed word.
class Collector {
 public:
  explicit Collector(const Typed& typed) : typed_(typed) { found_.from = typed.from; }

  void add(std::string_view text, std::string_view help) {
    if (begins_with(text, typed_.word))
      found_.candidates.push_back({.text = quoted(std::string(text)), .help = std::string(help)});
  }
  /// They were asked for with the typed word.
  void add_path(const std::string& path) {
    const bool folder = path.ends_with('/');
    auto text = quoted(path);
    if (folder && text.ends_with('"')) text.pop_back();
    found_.candidates.push_back({.text = std::move(text), .finished = !folder});
  }
  void hint(std::string text) { found_.hint = std::move(text); }
  Completions take() { return std::move(found_); }

 private:
  const Typed& typed_;
  Completions found_;
};

void add_commands(Collector& collector) {
  for (const auto& command : command_table()) collector.add(command.name, command.summary);
}

void add_argument(std::string_view shell_word, Collector& collector) {
  if (shell_word == "help") add_commands(collector);
  if (shell_word == "record") collector.add("off", "end the recording");
  if (shell_word != "trace") return;
  collector.add("on", "print every APDU from here on");
  collector.add("off", "print none");
  collector.add("explain", "print what every APDU says, in words");
  collector.add("gpshell", "print the bytes of every APDU, as GPShell does");
}

/// An enumeration's description names its words: "0 | 2", or "none, visa2, or a template".
std::vector<std::string> words_of(const OptionInfo& option) {
  const std::string_view between = option.kind.find(" | ") == std::string::npos ? ", " : " | ";
  std::vector<std::string> words;
  std::string_view rest = option.kind;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(between), rest.size());
    const auto word = rest.substr(0, end);
    if (word.find(' ') == std::string_view::npos) words.emplace_back(word);
    rest.remove_prefix(std::min(end + between.size(), rest.size()));
  }
  return words;
}

void add_values(const OptionInfo& option, const CompletionSources& sources, const Typed& typed,
                Collector& collector) {
  collector.hint(fmt::format("{}: {} ({})", option.name, option.help, option.kind));
  for (const auto& choice : option.choices) collector.add(choice.text, choice.help);
  if (option.secrecy == Secrecy::secret && typed.before.front() == open_sc.name) {
    for (const auto& known : gp::public_test_keys()) collector.add(known.hex, known.name);
  }
  switch (offer_of(typed.before.front(), option)) {
    case Offer::nothing: return;
    case Offer::words:
      for (const auto& word : words_of(option)) collector.add(word, "");
      return;
    case Offer::aids:
      for (const auto& aid : sources.aids()) collector.add(aid, "");
      return;
    case Offer::readers:
      for (const auto& reader : sources.readers()) collector.add(reader, "");
      return;
    case Offer::files:
      for (const auto& path : sources.files(typed.word)) collector.add_path(path);
  }
}

const OptionInfo* find_option(const CommandInfo& command, std::string_view name) {
  const auto found = std::ranges::find(command.options, name, &OptionInfo::name);
  return found == command.options.end() ? nullptr : &*found;
}

void add_options(const CommandInfo& command, const CompletionSources& sources, const Typed& typed,
                 Collector& collector) {
  std::vector<std::string_view> given;
  for (std::size_t at = 1; at < typed.before.size(); ++at) {
    const auto* option = find_option(command, typed.before[at]);
    given.push_back(typed.before[at]);
    if (option == nullptr || option->arity == Arity::flag) continue;
    if (++at == typed.before.size()) return add_values(*option, sources, typed, collector);
  }
  const auto free = [&](std::string_view name) { return std::ranges::find(given, name) == given.end(); };
  for (const auto& option : command.options) {
    if (free(option.name)) collector.add(option.name, option.help);
  }
  if (free(kNoStop)) collector.add(kNoStop, kNoStopHelp);
}

std::string cut(std::string line, std::size_t width) {
  constexpr std::string_view kMore = "...";
  if (line.size() <= width || width <= kMore.size()) return line;
  line.resize(width - kMore.size());
  return line.append(kMore);
}

/// Lines of whole words, set in by two blanks.
std::string wrapped(std::string_view text, std::size_t width) {
  std::string lines;
  std::size_t column = 0;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    const bool fits = column != 0 && column + 1 + word.size() <= width;
    lines += fits ? " " : column == 0 ? "  " : "\n  ";
    column = (fits ? column + 1 : 2) + word.size();
    lines += word;
  }
  return lines.empty() ? lines : lines + "\n";
}

}  // namespace

const std::vector<ShellWord>& shell_words() {
  static const std::vector<ShellWord> words = {
      {.name = "help", .help = "All commands; help COMMAND: its options and an example"},
      {.name = "history", .help = "What was typed"},
      {.name = "record", .help = "record FILE: record the session from the next card_connect on; record off"},
      {.name = "trace", .help = "trace on, off: print every APDU, or none; trace explain: in words"}};
  return words;
}

Completions complete(std::string_view line, const CompletionSources& sources) {
  const auto typed = read_typed(line);
  Collector collector(typed);
  if (typed.comment) return collector.take();
  if (typed.before.empty()) {
    for (const auto& word : shell_words()) collector.add(word.name, word.help);
    add_commands(collector);
    if (typed.word.empty()) collector.hint(sources.next_step());
    return collector.take();
  }
  if (typed.before.size() == 1) add_argument(typed.before.front(), collector);
  const auto* command = find_command(typed.before.front());
  if (command != nullptr && command->rest == Rest::options) add_options(*command, sources, typed, collector);
  return collector.take();
}

std::string common_start(const std::vector<Candidate>& candidates) {
  if (candidates.empty()) return {};
  std::string start = candidates.front().text;
  for (const auto& candidate : candidates) {
    const auto differs = std::ranges::mismatch(start, candidate.text).in1;
    start.erase(differs, start.end());
  }
  return start;
}

std::string completion_list(const Completions& completions, std::size_t width) {
  std::size_t longest = 0;
  for (const auto& candidate : completions.candidates) longest = std::max(longest, candidate.text.size());
  // Names are what is typed: where no words of the help have room beside them, they stand alone, whole.
  constexpr std::size_t kLeastRoom = 12;
  const bool only_names = width < longest + kLeastRoom;
  std::string text;
  for (const auto& [word, help, finished] : completions.candidates) {
    text += help.empty() || only_names ? fmt::format("  {}\n", word)
                                       : cut(fmt::format("  {:<{}}  {}", word, longest, help), width) + "\n";
  }
  return text + wrapped(completions.hint, width);
}

}  // namespace gpsh::interpreter
