// SPDX-License-Identifier: Apache-2.0
#include "interpreter/shell.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "interpreter/complete.h"
#include "interpreter/consequence.h"
#include "interpreter/help.h"
#include "interpreter/history_rule.h"
#include "interpreter/parse.h"
#include "interpreter/session_facts.h"

namespace gpsh::interpreter {
namespace {

constexpr auto kMorePrompt = "... ";
constexpr auto kQuestion = "go on? [y/N] ";

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

bool is_shell_word(const std::string& text) {
  const auto words = words_of(text);
  return !words.empty() &&
         std::ranges::find(shell_words(), words.front(), &ShellWord::name) != shell_words().end();
}

bool is_yes(const TypedLine& answer) {
  return answer.kind == TypedLine::Kind::text && (answer.text == "y" || answer.text == "yes");
}

/// An open quote: the next line goes on with this one.
bool unfinished(const std::string& text) {
  const auto script = parse(Source("input", text));
  if (script.lines.empty()) return false;
  return std::ranges::any_of(script.lines.back().words, [](const Word& word) {
    return word.problem && word.problem->code == "unclosed-quote";
  });
}

}  // namespace

Shell::Shell(ShellPorts ports, std::vector<std::string> history)
    : ports_(std::move(ports)), history_(std::move(history)) {
  for (const auto& line : history_) ports_.editor.remember(line);
}

void Shell::run_script(BoundScript script) {
  run_checked(std::move(script), LineEcho::on);
  ports_.run.state().finished = false;
}

void Shell::loop() {
  while (!ports_.run.state().finished && !ports_.ended()) {
    const auto entry = read_entry();
    if (!entry) return;
    if (!entry->empty()) run_entry(*entry);
  }
}

TypedLine Shell::next_line(const std::string& prompt) {
  if (!held_) return ports_.editor.read(prompt);
  auto line = *std::move(held_);
  held_.reset();
  return line;
}

/// Nothing at the end of input. Empty for a cancelled entry.
std::optional<std::string> Shell::read_entry() {
  std::string text;
  between_entries_ = true;
  auto line = next_line(prompt_now());
  between_entries_ = false;
  for (;;) {
    if (line.kind == TypedLine::Kind::cancelled) return "";
    if (line.kind == TypedLine::Kind::end) {
      if (text.empty()) return std::nullopt;
      return text;
    }
    if (is_shell_word(line.text) && !text.empty()) {
      held_ = std::move(line);
      return text;
    }
    text += line.text;
    if (is_shell_word(text)) return text;
    const bool open = unfinished(text) && !line.text.empty();
    if (!open && !ports_.editor.input_waits()) return text;
    text += open ? ' ' : '\n';
    line = ports_.editor.read(kMorePrompt);
  }
}

std::string Shell::prompt_now() {
  return prompt(ports_.run.state(), ports_.card_name, ports_.characters);
}

std::optional<Interruption> Shell::interruption() {
  auto& state = ports_.run.state();
  // After release_context nobody is asked about readers.
  if (!between_entries_ || !state.context) return std::nullopt;
  const auto change = ports_.card_change(state.card ? state.card->connection_info().reader : "");
  if (!change) return std::nullopt;
  if (change->kind == CardChange::Kind::inserted)
    return Interruption{fmt::format("{}: a card was put in; card_connect connects to it", change->reader),
                        prompt_now()};
  state.disconnect();
  state.keys = {};
  correct(known_, state);
  return Interruption{
      fmt::format("{}: the card was taken out; its selection and its channel are gone", change->reader),
      prompt_now()};
}

void Shell::run_entry(const std::string& text) {
  if (run_shell_word(text)) return;
  auto checked = check(text + "\n");
  if (!checked) return;
  auto& script = *checked;
  remember(script);
  if (ports_.checking == Checking::on || script.lines.empty()) {
    for (const auto& diagnostic : script.diagnostics) ports_.diagnostics.print(diagnostic, script.source);
    if (has_errors(script.diagnostics)) return;
  }
  if (!agreed(script)) return;
  const auto echo = script.lines.size() > 1 ? LineEcho::on : LineEcho::off;
  run_checked(std::move(script), echo);
}

/// Nothing where there are no keys to check it with any more: the file of --keys may change or go.
std::optional<BoundScript> Shell::check(std::string text) {
  try {
    return ports_.check(Source("input", std::move(text)), known_);
  } catch (const Error& error) {
    ports_.diagnostics.print(diagnose(error, std::nullopt));
    return std::nullopt;
  }
}

void Shell::run_checked(BoundScript script, LineEcho echo) {
  ports_.forget_interrupt();
  for (const auto& line : script.lines) known_.advance(line);
  // Each failure was told where it happened; a session has no exit code to keep it for.
  static_cast<void>(ports_.run.execute(std::move(script), echo));
  ports_.output.flush();
  correct(known_, ports_.run.state());
}

void Shell::remember(const BoundScript& script) {
  const auto may_be = [&script](const BoundLine& line) { return may_be_remembered(script.source, line); };
  if (!std::ranges::all_of(script.lines, may_be)) ports_.editor.forget();
  for (const auto& line : script.lines) {
    if (!may_be(line)) continue;
    auto text = std::string(script.source.text(script.source.line_at(line.line_span.offset)));
    remember_line(text);
  }
}

void Shell::remember_line(const std::string& line) {
  if (!history_.empty() && history_.back() == line) return;
  history_.push_back(line);
  ports_.editor.remember(line);
  ports_.keep(line);
}

bool Shell::agreed(const BoundScript& script) {
  if (ports_.questions == Questions::answered_yes) return true;
  for (const auto& line : script.lines) {
    if (!line.command) continue;
    const auto taken =
        consequence(*line.command, [this](const Aid& aid) { return ports_.seen.contains(aid); });
    if (!taken) continue;
    ports_.output.line(fmt::format("{}: {}", line.name, *taken));
    ports_.output.flush();
    // The rest of a paste is no answer.
    const bool typed_before = held_ || ports_.editor.input_waits();
    if (!typed_before && is_yes(ports_.editor.read(kQuestion))) continue;
    ports_.output.line(typed_before ? "nothing was done: more was typed before the question could be asked"
                                    : "nothing was done");
    return false;
  }
  return true;
}

bool Shell::run_shell_word(const std::string& text) {
  if (!is_shell_word(text)) return false;
  const auto words = words_of(text);
  const auto argument = words.size() > 1 ? words[1] : "";
  if (words.front() == "help") help(argument);
  if (words.front() == "trace") trace(argument);
  if (words.front() == "record") record(argument);
  if (words.front() == "history") {
    std::size_t number = 0;
    for (const auto& line : history_) ports_.output.line(fmt::format("{:>5}  {}", ++number, line));
  }
  remember_line(text);
  ports_.output.flush();
  return true;
}

void Shell::help(const std::string& about) {
  try {
    ports_.output.raw(about.empty() ? help_overview() : help_on(about));
  } catch (const Error& error) {
    ports_.diagnostics.print(diagnose(error, std::nullopt));
  }
  if (!about.empty()) return;
  ports_.output.line("\nWords of the shell:\n");
  for (const auto& word : shell_words()) ports_.output.line(fmt::format("  {:<40} {}", word.name, word.help));
}

/// What a card was asked before is missing in a recording, and what it is asked afterwards would be.
void Shell::record(const std::string& file) {
  const auto& recording = ports_.recording;
  if (file.empty()) {
    ports_.output.line(recording.file().empty() ? "nothing is recorded; record FILE begins"
                                                : fmt::format("recorded in {}", recording.file()));
    return;
  }
  if (ports_.run.state().card) {
    ports_.output.line("a recording begins and ends without a card: card_disconnect first");
    return;
  }
  try {
    recording.stop();
    if (file != "off") recording.start(file);
  } catch (const Error& error) {
    ports_.diagnostics.print(diagnose(error, std::nullopt));
  }
}

void Shell::trace(const std::string& word) {
  auto& observer = ports_.run.state().observer;
  if (word == "off") return observer.trace_off();
  if (word == "explain" || word == "gpshell")
    observer.use(word == "explain" ? TraceStyle::explain : TraceStyle::gpshell);
  if (word == "on" || word == "explain" || word == "gpshell") return observer.trace_on();
  ports_.output.line(fmt::format("the trace is {}; trace on, off, explain and gpshell change it",
                                 observer.tracing() ? "on" : "off"));
}

}  // namespace gpsh::interpreter
