// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_repl.h"

#include <poll.h>
#include <sys/select.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <filesystem>
#include <iostream>

#include "interpreter/main_check.h"
#include "interpreter/main_history.h"
#include "interpreter/main_script.h"
#include "interpreter/main_signals.h"
#include "interpreter/repl.h"
#include "interpreter/shell.h"
#include "sessions/ledger_store.h"

namespace gpsh::interpreter {
namespace {

constexpr auto kConnect = "mode_211\nestablish_context\ncard_connect\n";

[[noreturn]] void usage(std::string message, std::string advice) {
  throw Error({.kind = ErrorKind::usage,
               .code = "usage",
               .message = std::move(message),
               .advice = std::move(advice)});
}

/// Waits for a byte of stdin. Nothing at its end, and when the process is asked to end: those signals are let
/// through only while it waits, so that none falls between the question and the wait.
std::optional<char> read_byte(const SessionSignals& signals) {
  sigset_t ending;
  sigset_t before;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGHUP);
  sigprocmask(SIG_BLOCK, &ending, &before);
  int ready = 0;
  do {
    fd_set input;
    FD_ZERO(&input);
    FD_SET(STDIN_FILENO, &input);
    ready = signals.ended ? 0 : pselect(STDIN_FILENO + 1, &input, nullptr, nullptr, nullptr, &before);
  } while (ready < 0 && errno == EINTR);
  sigprocmask(SIG_SETMASK, &before, nullptr);
  char byte = 0;
  if (ready <= 0 || read(STDIN_FILENO, &byte, 1) != 1) return std::nullopt;
  return byte;
}

bool input_waits() {
  pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  return poll(&input, 1, 0) > 0 && (input.revents & POLLIN) != 0;
}

std::vector<std::string> paths_from(std::string_view start) {
  namespace fs = std::filesystem;
  const fs::path typed(start);
  const auto folder = typed.parent_path();
  const auto name = typed.filename().string();
  std::vector<std::string> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder.empty() ? "." : folder, ignored)) {
    const auto file = entry.path().filename().string();
    const bool hidden = file.starts_with('.') && !name.starts_with('.');
    if (hidden || !file.starts_with(name)) continue;
    found.push_back((folder / file).string() + (entry.is_directory(ignored) ? "/" : ""));
  }
  std::ranges::sort(found);
  return found;
}

std::vector<std::string> reader_names(CardAccess& access) {
  std::vector<std::string> names;
  // Tab shows what there is; what is wrong with the readers is told by the command that needs them.
  try {
    for (const auto& reader : access.list_readers()) names.push_back(reader.name);
  } catch (const Error&) {
    names.clear();
  }
  return names;
}

/// The virtual card's profile, or "replay"; empty: the reader names itself.
std::string card_name_of(const CommandLine& line, const std::string& card) {
  if (!line.replay.empty()) return "replay";
  constexpr std::string_view kVirtual = "virtual";
  if (!card.starts_with(kVirtual)) return {};
  if (card.size() <= kVirtual.size() + 1) return std::string(kVirtual);
  const auto name = card.substr(kVirtual.size() + 1);
  return std::filesystem::path(name.substr(0, name.find(','))).stem().string();
}

std::string card_of_call(const CommandLine& line) {
  return line.card.empty() ? environment_variable("GPSH_CARD").value_or("") : line.card;
}

std::filesystem::path history_path() {
  const auto ledger = sessions::user_ledger_path();
  return ledger.empty() ? ledger : ledger.parent_path() / "history";
}

PromptCharacters prompt_characters() {
  std::setlocale(LC_CTYPE, "");
  wchar_t ellipsis = 0;
  constexpr std::string_view kUtf8 = "\u2026";
  const bool unicode = std::mbtowc(&ellipsis, kUtf8.data(), kUtf8.size()) == static_cast<int>(kUtf8.size());
  return unicode ? PromptCharacters::unicode : PromptCharacters::ascii;
}

void refuse(const CommandLine& line) {
  if (isatty(STDIN_FILENO) == 0) usage("-i needs a terminal on stdin", "leave -i out to run a script");
  if (!line.record.empty()) usage("--record needs a script", "write the lines into a file and run that");
  if (!line.scripts.empty() && line.scripts.front() == "-")
    usage("-i reads from the terminal, and so does -", "give the script as a file");
}

/// What is run before the first prompt: the script, else a connection if a card was named.
void start(Shell& shell, const CommandLine& line, DiagnosticSink& diagnostics) {
  const bool given = !line.scripts.empty() || !line.texts.empty();
  const bool named = !card_of_call(line).empty() || !reader_of(line).empty();
  if (!given && !named) return;
  const auto script = given ? check_as_asked(source_of(line), line)
                            : check_entry(Source("start", kConnect), line, checks::Known());
  if (!line.no_check) {
    for (const auto& diagnostic : script.diagnostics) diagnostics.print(diagnostic, script.source);
    if (has_errors(script.diagnostics)) return;
  }
  shell.run_script(script);
}

}  // namespace

int run_repl(const CommandLine& line, DiagnosticSink& diagnostics) {
  refuse(line);
  auto card = open_card_source(line);
  auto& signals = catch_session_signals();
  SeenAids seen;
  const CompletionSources sources{.readers = [&card] { return reader_names(*card.access); },
                                  .aids = [&seen] { return seen.texts(); },
                                  .files = paths_from};
  const auto characters = prompt_characters();
  const auto editor = make_line_editor({.read_byte = [&signals] { return read_byte(signals); },
                                        .input_waits = input_waits,
                                        .complete = [&](auto text) { return complete(text, sources); }});
  if (editor == nullptr)
    usage("this gpsh was built without libedit", "run a script, or build it with libedit");
  Output output(std::cout);
  auto environment = environment_of(line, card, *card.access, output);
  environment.recorder = &seen;
  environment.interrupted = [&signals] { return signals.interrupted.load(); };
  Run run(environment, diagnostics);
  const HistoryFile history(history_path());
  Shell shell(
      {.run = run,
       .editor = *editor,
       .seen = seen,
       .output = output,
       .diagnostics = diagnostics,
       .check = [&line](Source text, const auto& known) { return check_entry(std::move(text), line, known); },
       .forget_interrupt = [&signals] { signals.interrupted = signals.ended.load(); },
       .ended = [&signals] { return signals.ended.load(); },
       .keep = [&history](const auto& text) { history.append(text); },
       .card_name = card_name_of(line, card_of_call(line)),
       .characters = characters,
       .questions = line.yes ? Questions::answered_yes : Questions::asked,
       .checking = line.no_check ? Checking::off : Checking::on},
      history.lines());
  start(shell, line, diagnostics);
  shell.loop();
  return 0;
}

}  // namespace gpsh::interpreter
