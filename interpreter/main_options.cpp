// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "core/error.h"
#include "interpreter/main_run_options.h"
#include "interpreter/main_usage.h"

namespace gpsh::interpreter {
namespace {

void add_program_options(CLI::App& app, CommandLine& line) {
  app.add_option("-c", line.texts, "run this script text; repeatable")
      ->type_name("TEXT")
      ->allow_extra_args(false);
  add_run_options(app, line);
  app.add_option("--format", line.format, "text or json; sarif with check")
      ->check(CLI::IsMember({"text", "json", "sarif"}));
}

void add_card_words(CLI::App& app, CommandLine& line) {
  auto* card = app.add_subcommand("card", "the virtual card");
  card->require_subcommand(1);
  auto* serve = card->add_subcommand("serve", "serve it to a PC/SC daemon's vpcd driver");
  serve->add_option("--profile", line.serve.profile, "profile NAME or FILE.json; default: generic-scp02")
      ->type_name("PROFILE");
  serve->add_option("--state", line.serve.state, "keep the card in this file between runs")
      ->type_name("FILE");
  serve->add_option("--vpcd", line.serve.vpcd, "HOST:PORT of the driver; more cards take the ports after it")
      ->type_name("ADDRESS")
      ->capture_default_str();
  serve->add_option("--count", line.serve.count, "so many cards, each in a reader of its own")
      ->type_name("NUMBER")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  serve->add_option("--log", line.serve.log, "append every exchange to this file")->type_name("FILE");
  serve->add_option("--wait", line.serve.wait, "seconds to wait for the port; without: for ever")
      ->type_name("SECONDS")
      ->check(CLI::NonNegativeNumber);
  add_fault_option(*serve, line);
  serve->callback([&line] { line.task = Task::card_serve; });
  auto* profiles = card->add_subcommand("profiles", "list the built-in profiles");
  add_text_or_json(*profiles, line);
  profiles->callback([&line] { line.task = Task::card_profiles; });
  auto* show = card->add_subcommand("show", "print a profile");
  show->add_option("PROFILE", line.profile, "its name, or FILE.json")->required();
  add_text_or_json(*show, line);
  show->callback([&line] { line.task = Task::card_show; });
}

void add_doctor(CLI::App& app, CommandLine& line) {
  auto* doctor = app.add_subcommand("doctor", "find the protocol, derivation and key that fit a log");
  doctor->add_option("LOG", line.doctor.logs, "logs of GPShell or other tools, recordings")->required();
  add_key_arguments(*doctor, line.doctor.keys);
  doctor->add_option("--format", line.doctor.format, "text or json")->check(CLI::IsMember({"text", "json"}));
  doctor->callback([&line] { line.task = Task::doctor; });
}

void add_verify(CLI::App& app, CommandLine& line) {
  auto* verify = app.add_subcommand("verify", "recompute every cryptogram, MAC and decryption of a log");
  verify->add_option("LOG", line.verify.logs, "logs of GPShell or other tools, recordings")->required();
  add_key_arguments(*verify, line.verify.keys);
  verify->add_option("--format", line.verify.format, "text or json")->check(CLI::IsMember({"text", "json"}));
  verify->callback([&line] { line.task = Task::verify; });
}

void add_explain(CLI::App& app, CommandLine& line) {
  auto* explain = app.add_subcommand("explain", "every APDU of a log in words");
  explain->add_option("LOG", line.explain.log, "log of GPShell or another tool, or - for stdin")->required();
  add_key_arguments(*explain, line.explain.keys);
  explain->add_flag("--teach", line.explain.teach,
                    "also the cryptography: keys, cryptograms, MACs and decryptions step by step");
  explain->add_option("--format", line.explain.format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  explain->callback([&line] { line.task = Task::explain; });
}

void add_import(CLI::App& app, CommandLine& line) {
  auto* import = app.add_subcommand("import", "make a recording of another tool's log");
  add_import_options(*import, line.imported);
  import->callback([&line] { line.task = Task::import_log;
});
}  // namespace

void add_info(CLI::App& app, CommandLine& line) {
  auto* info = app.add_subcommand("info", "what a card tells without authentication");
  add_card_options(*info, line);
  info->add_option("--reader", line.reader,
                   "reader: exact name, unique part of a name, or number; also GPSH_READER")
      ->type_name("READER");
  add_wire_option(*info, line);
  add_text_or_json(*info, line);
  info->callback([&line] { line.task = Task::info; });
}

void add_keys(CLI::App& app, CommandLine& line) {
  auto* keys = app.add_subcommand("keys", "check values of keys, also of derived ones, offline");
  add_keys_words(*keys, line.keys, [&line] { line.task = Task::keys; });
}

void add_ledger(CLI::App& app, CommandLine& line) {
  auto* ledger = app.add_subcommand("ledger", "open authentication attempts per card");
  ledger->require_subcommand(0, 1);
  ledger->callback([&line] { line.task = Task::ledger; });
  const auto add_format = [&line](CLI::App& word) {
    word.add_option("--format", line.ledger.format, "text or json")->check(CLI::IsMember({"text", "json"}));
  };
  add_format(*ledger);
  add_format(*ledger->add_subcommand("show", "list them (default)"));
  auto* clear = ledger->add_subcommand("clear", "remove some, or all");
  clear->add_option("ID", line.ledger.ids, "their numbers, as gpsh ledger show lists them");
  clear->add_flag("--all", line.ledger.all, "all of them");
  clear->callback([&line] { line.ledger.clear = true; });
}

void add_replay(CLI::App& app, CommandLine& line) {
  constexpr int kMostJobs = 1024;
  auto* replay = app.add_subcommand("replay", "run recordings as tests");
  replay->add_option("PATH", line.replays.paths, "recordings, or folders of them (*.jsonl)")->required();
  replay->add_option("--junit", line.replays.junit, "also write JUnit XML to this file")->type_name("FILE");
  replay->add_option("--jobs", line.replays.jobs, "replays at a time; default: one per processor")
      ->type_name("NUMBER")
      ->check(CLI::Range(1, kMostJobs));
  auto* format = replay->add_option("--format", line.replays.format, "text, tap or json")
                     ->check(CLI::IsMember({"text", "tap", "json"}));
  replay
      ->add_flag_callback(
          "--tap", [&line] { line.replays.format = "tap"; }, "the same as --format tap")
      ->excludes(format);
  add_keys_option(*replay, line);
  replay->callback([&line] { line.task = Task::replay; });
}

void add_report(CLI::App& app, CommandLine& line) {
  auto* report = app.add_subcommand("report", "one HTML page of a recording or log, or of two compared");
  add_report_options(*report, line.report);
  report->callback([&line] { line.task = Task::report; });
}

void add_help(CLI::App& app, CommandLine& line) {
  auto* help = app.add_subcommand("help", "the commands of a script");
  help->add_option(
      "COMMAND", line.help_command,
      "one command: options, defaults, example; or checks, codes, or one code of them; or a word of gpsh");
  help->add_flag("--markdown", line.markdown, "the reference page");
  help->add_option("--man", line.manual_page, "the source of a manual page")
      ->check(CLI::IsMember({"gpsh", "gpsh-script"}));
  help->add_option("--complete", line.words_to_complete)->group("");
  add_text_or_json(*help, line);
  help->callback([&line] { line.task = Task::help; });
}

void add_words_for_scripts(CLI::App& app, CommandLine& line) {
  auto* run = app.add_subcommand("run", "run a script, also one named like a word of this list");
  run->add_option("SCRIPT", line.scripts, "script file, - for stdin")->expected(1)->required();
  add_run_options(*run, line);
  add_text_or_json(*run, line);
  auto* check = app.add_subcommand("check", "check scripts without a card");
  check->add_option("SCRIPT", line.scripts, "script files")->required();
  add_script_options(*check, line);
  check->add_option("--format", line.format, "text, json or sarif")
      ->check(CLI::IsMember({"text", "json", "sarif"}));
  check->callback([&line] { line.task = Task::check; });
}

void add_readers(CLI::App& app, CommandLine& line) {
  auto* readers = app.add_subcommand("readers", "list the readers and their cards");
  add_card_options(*readers, line);
  add_text_or_json(*readers, line);
  readers->callback([&line] { line.task = Task::readers; });
}

void add_words(CLI::App& app, CommandLine& line) {
  add_words_for_scripts(app, line);
  add_readers(app, line);
  add_card_words(app, line);
  add_doctor(app, line);
  add_verify(app, line);
  add_explain(app, line);
  add_import(app, line);
  add_info(app, line);
  add_keys(app, line);
  add_ledger(app, line);
  add_replay(app, line);
  add_report(app, line);
  add_help(app, line);
}

}  // namespace gpsh::interpreter

void declare_command_line(CLI::App& app, CommandLine& line) {
  app.description("Runs GPShell scripts against GlobalPlatform smart cards.");
  app.set_help_flag("-h,--help", "show this help");
  app.set_version_flag("--version", "gpsh " GPSH_VERSION, "show the version");
  app.fallthrough();
  app.require_subcommand(0, 1);
  app.add_option("SCRIPT", line.scripts, "script file, - for stdin")->expected(0, 1);
  add_program_options(app, line);
  add_words(app, line);
  app.footer(
      "Exit codes: 0 good; 1 the card or channel said no; 2 script or usage; 3 no reader, card or PC/SC "
      "service;\n"
      "70 a fault of gpsh.");
}

ParsedCommandLine parse_command_line(int argc, const char* const* argv) {
  ParsedCommandLine parsed;
  auto& line = parsed.command_line;
  CLI::App app("", "gpsh");
  declare_command_line(app, line);
  try {
    app.parse(argc, argv);
    give_words_their_options(app);
  } catch (const CLI::CallForHelp&) {
    parsed.text = app.help();
  } catch (const CLI::CallForVersion&) {
    parsed.text = "gpsh " GPSH_VERSION "\n";
  } catch (const CLI::ParseError& error) {
    throw usage_error(app, error, std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
  }
  return parsed;
}

}  // namespace gpsh::interpreter
