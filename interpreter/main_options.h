// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "interpreter/main_card_serve.h"
#include "interpreter/main_doctor.h"
#include "interpreter/main_explain.h"
#include "interpreter/main_import.h"
#include "interpreter/main_keys.h"
#include "interpreter/main_ledger.h"
#include "interpreter/main_replay.h"
#include "interpreter/main_report.h"
#include "interpreter/main_verify.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}  // namespace CLI

namespace gpsh::interpreter {

/// What the command line asks for.
enum class Task {
  run,
  check,
  readers,
  card_serve,
  card_profiles,
  card_show,
  help,
  doctor,
  verify,
  explain,
  import_log,
  keys,
  info,
  ledger,
  replay,
  report
};

/// The command line as values. Nothing here is checked against the machine or the card.
struct CommandLine {
  Task task = Task::run;
  std::vector<std::string> scripts{};  ///< file names, "-" for stdin
  std::vector<std::string> texts{};    ///< -c
  std::string card{};                  ///< --card; empty: GPSH_CARD, else pcsc
  std::string reader{};                ///< --reader; empty: GPSH_READER
  std::string replay{};
  std::string record{};  ///< a file; for all readers a folder
  std::string trace{};
  std::string format = "text";
  std::string wire{};
  std::string keys_file{};
  bool ask_keys = false;
  std::vector<std::string> faults{};  ///< --fault, each one or several
  std::string host_challenge{};
  bool interactive = false;
  bool lenient = false;
  bool no_check = false;
  bool show_secrets = false;
  bool yes = false;
  bool force = false;
  bool keep_going = false;  ///< with all readers: also after a failed authentication
  DoctorCommand doctor{};
  VerifyCommand verify{};
  ExplainCommand explain{};
  ImportCommand imported{};
  KeysCommand keys{};
  LedgerCommand ledger{};
  ReplayCommand replays{};
  ReportCommand report{};
  std::string help_command{};
  bool markdown = false;
  std::string manual_page{};        ///< help --man
  std::string words_to_complete{};  ///< help --complete, see main_complete.h
  std::string profile{};            ///< of card show
  ServeCommand serve{};
};

/// The outcome of reading argv: a command line, or a text that was asked for (--help, --version).
struct ParsedCommandLine {
  CommandLine command_line{};
  std::string text{};
};

/// Declares every word and option; parsing fills `line`, which outlives it.
void declare_command_line(CLI::App& app, CommandLine& line);

/// Throws Error (usage, "usage") for a command line that cannot be read.
[[nodiscard]] ParsedCommandLine parse_command_line(int argc, const char* const* argv);

}  // namespace gpsh::interpreter
