// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_run_options.h"

#include <CLI/CLI.hpp>

namespace gpsh::interpreter {

void add_text_or_json(CLI::App& app, CommandLine& line) {
  app.add_option("--format", line.format, "text or json")->check(CLI::IsMember({"text", "json"}));
}

void add_keys_option(CLI::App& app, CommandLine& line) {
  app.add_option("--keys", line.keys_file,
                 "${NAME} of a script is a key of this file (mode 0600): NAME = HEX lines, or JSON")
      ->type_name("FILE");
}

void add_fault_option(CLI::App& app, CommandLine& line) {
  app.add_option("--fault", line.faults, "make the virtual card go wrong, e.g. sw=6985@ins:E8#3; repeatable")
      ->type_name("SPEC")
      ->allow_extra_args(false);
}

void add_card_options(CLI::App& app, CommandLine& line) {
  app.add_option("--card", line.card,
                 "pcsc (default), virtual, virtual:PROFILE, virtual:FILE.json, virtual:PROFILE,state=FILE; "
                 "also GPSH_CARD")
      ->type_name("CARD");
  app.add_option("--replay", line.replay, "answer from this recording or GPShell log instead of a card")
      ->type_name("FILE");
  add_fault_option(app, line);
}

void add_script_options(CLI::App& app, CommandLine& line) {
  add_keys_option(app, line);
  app.add_flag("--ask-keys", line.ask_keys,
               "ask at the terminal for each ${NAME} of a script that is set nowhere");
  app.add_flag("--lenient", line.lenient, "unknown commands and options only warn, as in GPShell");
  app.add_flag("--show-secrets", line.show_secrets, "show keys and pass phrases in echo and messages");
}

void add_wire_option(CLI::App& app, CommandLine& line) {
  app.add_option("--wire", line.wire, "whose bytes where they differ harmlessly: gpsh (default) or gpshell")
      ->check(CLI::IsMember({"gpsh", "gpshell"}));
}

void add_run_options(CLI::App& app, CommandLine& line) {
  app.add_flag("-i", line.interactive, "interactive, also after SCRIPT");
  add_card_options(app, line);
  app.add_option("--reader", line.reader,
                 "reader: exact name, unique part of a name, number, or all: the script on every card at "
                 "once; also GPSH_READER")
      ->type_name("READER");
  app.add_option("--record", line.record,
                 "write the session to this new file, a recording; with --reader "
                 "all a folder, one recording a reader")
      ->type_name("FILE");
  app.add_option("--trace", line.trace,
                 "trace from the start: gpshell (the bytes), explain (in words) or json")
      ->check(CLI::IsMember({"gpshell", "explain", "json"}));
  add_wire_option(app, line);
  add_script_options(app, line);
  app.add_flag("--no-check", line.no_check, "do not check the whole script before the first APDU");
  app.add_flag("--yes", line.yes, "answer yes to questions");
  app.add_flag("--force", line.force, "go on where gpsh would stop for the card's sake");
  app.add_flag("--keep-going", line.keep_going,
               "with --reader all: start the other cards also when an authentication has failed");
  app.add_option("--fixed-host-challenge", line.host_challenge, "host challenge for tests; refused on PC/SC")
      ->type_name("HEX");
}

}  // namespace gpsh::interpreter
