// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_repl.h"

#include <poll.h>
#include <sys/ioctl.h>
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
#include "interpreter/main_repl_record.h"
#include "interpreter/main_script.h"
#include "interpreter/main_signals.h"
#include "interpreter/next_step.h"
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

/// Waits a moment for a byte of stdin. The end comes also when the process is asked to end: those signals are
/// let through only while it waits, so that none falls between the question and the wait.
InputByte read_byte(const SessionSignals& signals) {
  constexpr timespec kMoment{.tv_sec = 0, .tv_nsec = 500'000'000};
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
    ready = signals.ended ? -1 : pselect(STDIN_FILENO + 1, &input, nullptr, nullptr, &kMoment, &before);
  } while (ready < 0 && errno == EINTR && !signals.ended);
  sigprocmask(SIG_SETMASK, &before, nullptr);
  if (ready == 0) return {.waited = Waited::nothing_yet};
  char byte = 0;
  if (ready < 0 || read(STDIN_FILENO, &byte, 1) != 1) return {.waited = Waited::end};
  return {.waited = Waited::byte, .byte = byte};
}

bool input_waits() {
  pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  return poll(&input, 1, 0) > 0 && (input.revents & POLLIN) != 0;
}

std::size_t columns() {
  constexpr std::size_t kUsual = 80;
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : kUsual;
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
  if (isatty(STDOUT_FILENO) == 0)
    usage("the shell needs a terminal on stdout too", "run a script, or keep the session with --record FILE");
  if (!line.scripts.empty() && line.scripts.front() == "-")
    usage("-i reads from the terminal, and so does -", "give the script as a file");
}

/// What is run before the first prompt: the script, else a connection if a card was named.
void start(Shell& shell, const CommandLine& line, DiagnosticSink& diagnostics) {
  const bool given = !line.scripts.empty() || !line.texts.empty();
  const bool named = !card_of_call(line).empty() || !reader_of(line).empty();
  if (!given && !named) return;
  auto script = given ? check_as_asked(source_of(line), line)
                      : check_entry(Source("start", kConnect), line, checks::Known());
  if (!line.no_check) {
    for (const auto& diagnostic : script.diagnostics) diagnostics.print(diagnostic, script.source);
    if (has_errors(script.diagnostics)) return;
  }
  shell.run_script(std::move(script));
}

/// What a session is made of.
struct SessionParts {
  const CommandLine& line;
  CardSource& card;
  SessionSignals& signals;
  SeenAids& seen;
  SessionRecording& recording;
  Run& run;
  Output& output;
  DiagnosticSink& diagnostics;
};

ShellPorts shell_ports(const SessionParts& parts, LineEditor& editor, CardWatch& watch,
                       const HistoryFile& history) {
  const auto& line = parts.line;
  auto& recording = parts.recording;
  auto& signals = parts.signals;
  return {
      .run = parts.run,
      .editor = editor,
      .seen = parts.seen,
      .output = parts.output,
      .diagnostics = parts.diagnostics,
      .check = [&line](Source text, const auto& known) { return check_entry(std::move(text), line, known); },
      .forget_interrupt = [&signals] { signals.interrupted = signals.ended.load(); },
      .ended = [&signals] { return signals.ended.load(); },
      .keep = [&history](const auto& text) { history.append(text); },
      .recording = {.start = [&recording](const auto& file) { recording.start(file); },
                    .stop = [&recording] { recording.stop(); },
                    .file = [&recording] { return recording.file(); }},
      // A recording is asked for nothing that its script does not ask for.
      .card_change = [&watch, replayed = !line.replay.empty()](
                         const auto& reader) { return replayed ? std::nullopt : watch.look(reader); },
      .card_name = card_name_of(line, card_of_call(line)),
      .characters = prompt_characters(),
      .questions = line.yes ? Questions::answered_yes : Questions::asked,
      .checking = line.no_check ? Checking::off : Checking::on};
}

void run_shell(const SessionParts& parts) {
  auto& access = *parts.card.access;
  const CompletionSources sources{.readers = [&access] { return reader_names(access); },
                                  .aids = [&parts] { return parts.seen.texts(); },
                                  .files = paths_from,
                                  .next_step = [&parts] { return next_step(parts.run.state()); }};
  Shell* session = nullptr;
  const auto editor = make_line_editor({.read_byte = [&parts] { return read_byte(parts.signals); },
                                        .interrupt = [&session] { return session->interruption(); },
                                        .input_waits = input_waits,
                                        .columns = columns,
                                        .complete = [&](auto text) { return complete(text, sources); }});
  if (editor == nullptr)
    usage("this gpsh was built without libedit", "run a script, or build it with libedit");
  CardWatch watch(access);
  const HistoryFile history(history_path());
  Shell shell(shell_ports(parts, *editor, watch, history), history.lines());
  session = &shell;
  start(shell, parts.line, parts.diagnostics);
  shell.loop();
}

}  // namespace

int run_repl(const CommandLine& line, DiagnosticSink& diagnostics) {
  refuse(line);
  auto card = open_card_source(line);
  auto& signals = catch_session_signals();
  SeenAids seen;
  SessionRecording recording(*card.access, seen, [&](const auto& file, auto& access) {
    return record_session(file, line, card.wire, access);
  });
  if (!line.record.empty()) recording.start(line.record);
  Output output(std::cout);
  auto environment = environment_of(line, card, recording, output);
  environment.recorder = &recording;
  environment.interrupted = [&signals] { return signals.interrupted.load(); };
  {
    Run run(environment, diagnostics);
    run_shell({line, card, signals, seen, recording, run, output, diagnostics});
  }  // the card is disconnected
  recording.stop();
  return 0;
}

}  // namespace gpsh::interpreter
