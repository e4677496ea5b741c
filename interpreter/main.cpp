// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <iostream>

#include "interpreter/checks/codes.h"
#include "interpreter/help.h"
#include "interpreter/main_card.h"
#include "interpreter/main_card_words.h"
#include "interpreter/main_check.h"
#include "interpreter/main_core_dumps.h"
#include "interpreter/main_doctor.h"
#include "interpreter/main_explain.h"
#include "interpreter/main_import.h"
#include "interpreter/main_info.h"
#include "interpreter/main_options.h"
#include "interpreter/main_repl.h"
#include "interpreter/main_script.h"
#include "interpreter/main_verify.h"

namespace gpsh::interpreter {
namespace {

Colour colour_of_stderr() {
  const char* no_colour = std::getenv("NO_COLOR");
  const bool wanted = no_colour == nullptr || *no_colour == '\0';
  return wanted && isatty(STDERR_FILENO) != 0 ? Colour::on : Colour::off;
}

[[noreturn]] void not_built(const std::string& what) {
  throw Error({.kind = ErrorKind::usage,
               .code = "not-built",
               .message = what + " is not in this version of gpsh",
               .advice = "gpsh --help lists what is"});
}

/// Of the format of a run; the words that have formats of their own, and check, read theirs.
void refuse_format(const CommandLine& line) {
  if (line.format == "text" || line.task == Task::check || line.task == Task::info) return;
  if (line.task != Task::run) not_built("--format " + line.format + " for this word");
  if (line.format == "json") return;
  throw Error({.kind = ErrorKind::usage,
               .code = "usage",
               .message = "a run has no format " + line.format,
               .advice = "use --format text or json; gpsh check has sarif too"});
}

void refuse_planned_options(const CommandLine& line) {
  refuse_format(line);
  if (!line.trace.empty() && line.trace != "gpshell") not_built("--trace " + line.trace);
  if (line.reader == "all") not_built("--reader all");
}

int help(const CommandLine& line) {
  if (line.help_command == "checks") {
    std::cout << (line.markdown ? checks::codes_markdown() : checks::codes_overview());
  } else if (line.markdown) {
    std::cout << help_markdown();
  } else if (line.help_command.empty()) {
    std::cout << help_overview();
  } else {
    std::cout << help_on(line.help_command);
  }
  return 0;
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
  return line.interactive || at_a_terminal ? run_repl(line, diagnostics) : run_script(line, diagnostics);
}

int dispatch(const CommandLine& line, DiagnosticSink& diagnostics) {
  refuse_planned_options(line);
  switch (line.task) {
    case Task::run: return run(line, diagnostics);
    case Task::check: return check_scripts(line, diagnostics);
    case Task::readers: return list_readers_and_cards(line);
    case Task::card_serve: return serve_cards(line.serve, faults_of(line));
    case Task::card_profiles: return list_profiles();
    case Task::card_show: return show_profile(line);
    case Task::help: return help(line);
    case Task::doctor: return run_doctor(line.doctor, diagnostics);
    case Task::verify: return run_verify(line.verify, diagnostics);
    case Task::explain: return run_explain(line.explain, diagnostics);
    case Task::import_log: return run_import(line.imported, diagnostics);
    case Task::keys: return run_keys(line.keys);
    case Task::info: return run_info(line, diagnostics);
    case Task::ledger: return run_ledger(line.ledger);
    case Task::replay: return run_replays(line.replays, keys_of(line));
    case Task::planned: break;
  }
  not_built("gpsh " + line.planned_word);
}

int guarded_main(int argc, const char* const* argv) {
  const NoCoreDumps no_core_dumps;
  DiagnosticSink diagnostics(std::cerr, colour_of_stderr());
  try {
    const auto parsed = parse_command_line(argc, argv);
    if (!parsed.text.empty()) {
      std::cout << parsed.text;
      return 0;
    }
    return dispatch(parsed.command_line, diagnostics);
  } catch (const Error& error) {
    std::cout.flush();
    diagnostics.print(diagnose(error, std::nullopt));
    return exit_code(error.kind());
  } catch (const std::exception& error) {
    std::cout.flush();
    diagnostics.print({.severity = Severity::error,
                       .code = "internal",
                       .text = std::string("a fault of gpsh: ") + error.what(),
                       .advice = "please report it with the command line and the script"});
  }
  return exit_code(ErrorKind::internal);
}

}  // namespace
}  // namespace gpsh::interpreter

int main(int argc, char** argv) {
  return gpsh::interpreter::guarded_main(argc, argv);
}
