// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "interpreter/card_watch.h"
#include "interpreter/execute.h"
#include "interpreter/line_editor.h"
#include "interpreter/prompt.h"
#include "interpreter/seen_aids.h"

namespace gpsh::interpreter {

/// Whether commands that take something away ask first, and whether the check is on.
enum class Questions { asked, answered_yes };
enum class Checking { on, off };

/// The recording of the session; each throws Error (file).
struct RecordingPorts {
  std::function<void(const std::string& file)> start;
  std::function<void()> stop;
  std::function<std::string()> file;  ///< empty: nothing is recorded
};

/// What the shell works with. All of it outlives the shell.
struct ShellPorts {
  Run& run;
  LineEditor& editor;
  SeenAids& seen;
  Output& output;
  DiagnosticSink& diagnostics;
  std::function<BoundScript(Source text, const checks::Known& known)> check;
  std::function<void()> forget_interrupt;        ///< a Ctrl-C that came before a command is not meant for it
  std::function<bool()> ended;                   ///< the process was asked to end
  std::function<void(const std::string&)> keep;  ///< a line for the history file
  RecordingPorts recording;
  /// What happened to the card since it was asked last; `reader` is that of the connected card, or empty.
  std::function<std::optional<CardChange>(const std::string& reader)> card_change;
  std::string card_name{};  ///< in the prompt, instead of the reader's
  PromptCharacters characters = PromptCharacters::ascii;
  Questions questions = Questions::asked;
  Checking checking = Checking::on;
};

/// The interactive session: reads an entry (a line, or several that were pasted), checks it with what is
/// known of the session, and runs it as a script's lines are run. Errors end the entry, not the session.
class Shell {
 public:
  /// `history`: the lines of earlier sessions, oldest first.
  Shell(ShellPorts ports, std::vector<std::string> history);

  /// A text from elsewhere, with the echo of a script: at the start, a script.
  void run_script(BoundScript script);
  /// Until the end of input or exit.
  void loop();
  /// Asked while nothing is typed: whether the card was taken out, or one put in. The session lets go of a
  /// card that is gone. Nothing while an entry goes on.
  [[nodiscard]] std::optional<Interruption> interruption();

 private:
  [[nodiscard]] TypedLine next_line(const std::string& prompt);
  [[nodiscard]] std::optional<std::string> read_entry();
  [[nodiscard]] std::optional<BoundScript> check(std::string text);
  void run_entry(const std::string& text);
  void run_checked(BoundScript script, LineEcho echo);
  void remember(const BoundScript& script);
  void remember_line(const std::string& line);
  [[nodiscard]] bool agreed(const BoundScript& script);
  [[nodiscard]] bool run_shell_word(const std::string& text);
  void help(const std::string& about);
  void trace(const std::string& word);
  void record(const std::string& file);
  [[nodiscard]] std::string prompt_now();

  ShellPorts ports_;
  std::vector<std::string> history_;
  checks::Known known_;
  bool between_entries_ = false;   ///< the prompt waits for a new entry
  std::optional<TypedLine> held_;  ///< read already, but of the next entry
};

}  // namespace gpsh::interpreter
