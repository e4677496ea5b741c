// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <stdexcept>

#include "interpreter/main_card.h"
#include "interpreter/main_card_words.h"
#include "interpreter/main_check.h"
#include "interpreter/main_core_dumps.h"
#include "interpreter/main_doctor.h"
#include "interpreter/main_explain.h"
#include "interpreter/main_help.h"
#include "interpreter/main_import.h"
#include "interpreter/main_info.h"
#include "interpreter/main_options.h"
#include "interpreter/main_readers.h"
#include "interpreter/main_repl.h"
#include "interpreter/main_report.h"
#include "interpreter/main_script.h"
#include "interpreter/main_signals.h"
#include "interpreter/main_verify.h"

namespace gpsh::interpreter {
namespace {

Colour colour_of_stderr() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  const bool wanted = !dumb && (no_colour == nullptr || *no_colour == '\0');
  return wanted && isatty(STDERR_FILENO) != 0 ? Colour::on : Colour::off;
}

/// Words declare their formats; that of a run may be the one of a word behind it.
void refuse_format(const CommandLine& line) {
  if (line.task != Task::run || line.format != "sarif") return;
  throw Error({.kind = ErrorKind::usage,
               .code = "usage",
               .message = "a run has no format sarif",
               .advice = "use --format text or json; gpsh check has sarif too"});
}

/// --reader all is for a script alone.
void refuse_all_readers(const CommandLine& line, const std::string& what) {
  if (!means_all_readers(line)) return;
  throw Error({.kind = ErrorKind::usage,
               .code = "usage",
               .message = what + " is for one card, and --reader all (or GPSH_READER) names every one",
               .advice = "name one reader; gpsh readers lists them"});
}

void refuse_lone_keep_going(const CommandLine& line) {
  if (!line.keep_going || means_all_readers(line)) return;
  throw Error({.kind = ErrorKind::usage,
               .code = "usage",
               .message = "--keep-going has a meaning only with --reader all",
               .advice = "leave it out, or run a script with --reader all"});
}

int run(const CommandLine& line, DiagnosticSink& diagnostics) {
  const bool nothing_given = line.scripts.empty() && line.texts.empty();
  if (!line.scripts.empty() && !line.texts.empty()) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "usage",
                 .message = "a script file and -c were both given",
                 .advice = "give one of them"});
  }
  const bool at_a_terminal = nothing_given && isatty(STDIN_FILENO) != 0;
  if (line.interactive || at_a_terminal) {
    refuse_all_readers(line, "the shell");
    return run_repl(line, diagnostics);
  }
  const bool on_all = line.replay.empty() && means_all_readers(line);
  return on_all ? run_on_all_readers(line, diagnostics) : run_script(line, diagnostics);
}

int dispatch(const CommandLine& line, DiagnosticSink& diagnostics) {
  refuse_format(line);
  refuse_lone_keep_going(line);
  if (line.task == Task::info) refuse_all_readers(line, "gpsh info");
  switch (line.task) {
    case Task::run: return run(line, diagnostics);
    case Task::check: return check_scripts(line, diagnostics);
    case Task::readers: return list_readers_and_cards(line);
    case Task::card_serve: return serve_cards(line.serve, faults_of(line));
    case Task::card_profiles: return list_profiles(line);
    case Task::card_show: return show_profile(line);
    case Task::help: return run_help(line);
    case Task::doctor: return run_doctor(line.doctor, diagnostics);
    case Task::verify: return run_verify(line.verify, diagnostics);
    case Task::explain: return run_explain(line.explain, diagnostics);
    case Task::import_log: return run_import(line.imported, diagnostics);
    case Task::keys: return run_keys(line.keys);
    case Task::info: return run_info(line, diagnostics);
    case Task::ledger: return run_ledger(line.ledger);
    case Task::replay: return run_replays(line.replays, keys_of(line));
    case Task::report: return run_report(line.report, diagnostics);
  }
  throw std::logic_error("a task without its function");
}

/// A disk may be full, or whoever read the output may be gone. The run is not stopped for it: half an install
/// would be worse than an install that nobody saw.
void require_written() {
  std::cout.flush();
  if (std::cout) return;
  throw Error({.kind = ErrorKind::file,
               .code = "unwritable-output",
               .message = "the output could not be written, at least not all of it",
               .advice = "is the disk full, or the pipe closed? What the script did on the card is done"});
}

/// With the first key Botan locks 512 KiB in memory, page by page with a guard before and behind: more work
/// than all the rest of a short run. The keys of a session fit into this many KiB; those that do not are
/// overwritten like all of them, and only not held back from the swap space.
void lock_little_memory() {
  setenv("BOTAN_MLOCK_POOL_SIZE", "64", /*overwrite=*/0);
}

int guarded_main(int argc, const char* const* argv) {
  const NoCoreDumps no_core_dumps;
  ignore_file_size_signal();
  lock_little_memory();
  DiagnosticSink diagnostics(std::cerr, colour_of_stderr());
  try {
    const auto parsed = parse_command_line(argc, argv);
    std::cout << parsed.text;
    const auto code = parsed.text.empty() ? dispatch(parsed.command_line, diagnostics) : 0;
    require_written();
    return code;
  } catch (const Error& error) {
    std::cout.flush();
    diagnostics.print(diagnose(error, std::nullopt));
    return exit_code(error.kind());
  } catch (const std::filesystem::filesystem_error& error) {
    std::cout.flush();
    diagnostics.print(diagnose_path(error));
    return exit_code(ErrorKind::file);
  } catch (const std::exception& error) {
    std::cout.flush();
    diagnostics.print(diagnose_fault(error));
  }
  return exit_code(ErrorKind::internal);
}

}  // namespace
}  // namespace gpsh::interpreter

int main(int argc, char** argv) {
  return gpsh::interpreter::guarded_main(argc, argv);
}
