// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/main_options.h"

namespace gpsh::interpreter {

// Options of a run, declared for the program and for each word that heeds them: what a word does not declare
// it refuses, and neither its help nor completion shows it.

/// All of them but -c, which stands in the place of a script.
void add_run_options(CLI::App& app, CommandLine& line);

/// --format, text or json.
void add_text_or_json(CLI::App& app, CommandLine& line);
void add_keys_option(CLI::App& app, CommandLine& line);
void add_fault_option(CLI::App& app, CommandLine& line);

/// What says which card is asked: --card, --replay, --fault.
void add_card_options(CLI::App& app, CommandLine& line);
/// What decides how a script is read: --keys, --ask-keys, --lenient, --show-secrets.
void add_script_options(CLI::App& app, CommandLine& line);
/// --wire, whose bytes go to the card.
void add_wire_option(CLI::App& app, CommandLine& line);

}  // namespace gpsh::interpreter
