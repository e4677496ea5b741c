// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_replay_one.h"

#include <fmt/format.h>

#include <filesystem>
#include <sstream>

#include "interpreter/execute.h"
#include "interpreter/main_record.h"
#include "interpreter/main_script.h"
#include "interpreter/recorded_text.h"
#include "sessions/log_text.h"
#include "sessions/replay_access.h"
#include "sessions/replay_judge.h"
#include "sessions/replay_ledger.h"
#include "sessions/replay_random.h"

namespace gpsh::interpreter {
namespace {

namespace files = std::filesystem;

constexpr auto kRecordAnew = "if the script is right as it is now, record it anew";

Error failure(std::string_view code, std::string message, std::string advice) {
  return Error(
      {.kind = ErrorKind::file, .code = code, .message = std::move(message), .advice = std::move(advice)});
}

Source script_of(const sessions::Recording& recording, const files::path& path) {
  if (recording.header.imported_from) {
    throw failure("missing-script",
                  path.filename().string() + ":1: it was imported from a log, so it has no script",
                  "run a script against it: gpsh --replay " + path.filename().string() + " SCRIPT");
  }
  if (!recording.header.script) {
    throw failure("missing-script",
                  path.filename().string() + ":1: the recorded script was no file, so it cannot be run again",
                  "record a script that is a file");
  }
  const auto script = (path.parent_path() / *recording.header.script).lexically_normal();
  if (!files::exists(script)) {
    throw failure("missing-script",
                  fmt::format("{}:1: the script {} is not there", path.filename().string(), script.string()),
                  "keep script and recording where they were to each other");
  }
  return read_script(script.string());
}

BoundScript bound(Source source, const sessions::RecordedOptions& options, const KeysFile& keys) {
  auto script = check(std::move(source), keys.before(environment_variable),
                      options.lenient ? Strictness::lenient : Strictness::strict, SecretDisplay::masked);
  keys.mask(script.diagnostics);
  if (options.no_check || !has_errors(script.diagnostics)) return script;
  const auto first = std::ranges::find(script.diagnostics, Severity::error, &Diagnostic::severity);
  auto text = render_text(*first, script.source, Colour::off);
  text.pop_back();
  throw failure("script-errors", std::move(text), "");
}

/// One recording and the script it is of, as that is now.
class Replay {
 public:
  Replay(const std::string& file, sessions::Recording recording, BoundScript script)
      : options_(recording.header.options),
        script_name_(script.source.name()),
        script_(std::move(script)),
        changed_(recording.header.script_sha256 != script_digest(script_.source)),
        place_of_change_(changed_ ? changed_command(recording) : std::nullopt),
        tape_(std::make_shared<sessions::ReplayTape>(file, std::move(recording),
                                                     sessions::ReplayTape::Events::all)),
        judge_(tape_) {}

  /// Throws Error with what is different, its message placed in the script.
  void run() {
    const auto difference = place_of_change_ ? std::nullopt : differences_of_run();
    if (changed_) throw changed_script(difference);
    if (difference) throw placed(*difference);
  }

 private:
  /// The first command that another one was recorded for, and that one.
  [[nodiscard]] std::optional<std::string> changed_command(const sessions::Recording& recording) const {
    auto line = script_.lines.begin();
    for (const auto& event : recording.events) {
      const auto* recorded = std::get_if<sessions::RecordedCommand>(&event.what);
      if (recorded == nullptr) continue;
      line = std::ranges::find_if(line, script_.lines.end(),
                                  [](const auto& each) { return each.command.has_value(); });
      if (line == script_.lines.end()) {
        return fmt::format("{}: the script ends here, recorded is \"{}\" in line {}", script_name_,
                           recorded->text, recorded->script_line);
      }
      const auto number = script_.source.position(line->line_span.offset).line;
      const auto text = recorded_text(script_.source.text(line->line_span));
      if (number != recorded->script_line || text != recorded->text) {
        return fmt::format("{}:{}: the script has \"{}\" here, recorded is \"{}\" in line {}", script_name_,
                           number, text, recorded->text, recorded->script_line);
      }
      ++line;
    }
    return std::nullopt;
  }

  std::optional<Error> differences_of_run() {
    std::ostringstream ignored;
    DiagnosticSink diagnostics(ignored, Colour::off);
    Output output(ignored);
    sessions::ReplayAccess access(tape_);
    sessions::ReplayRandom random(tape_);
    sessions::ReplayLedger ledger(tape_);
    RunEnvironment environment{.access = access,
                               .random = random,
                               .output = output,
                               .wire = options_.wire,
                               .force = options_.force ? gp::Force::yes : gp::Force::no,
                               .ledger = &ledger,
                               .recorder = &judge_,
                               .interrupted = [this] { return tape_->interrupted(); }};
    try {
      static_cast<void>(execute(std::move(script_), environment, diagnostics));
    } catch (const Error&) {
      if (!tape_->difference()) throw;
    }
    return tape_->difference();
  }

  [[nodiscard]] Error placed(const Error& difference) const {
    auto facts = difference.facts();
    const auto line = judge_.line();
    facts.message = line == 0 ? fmt::format("{}: {}", script_name_, facts.message)
                              : fmt::format("{}:{}: {}", script_name_, line, facts.message);
    return Error(std::move(facts));
  }

  [[nodiscard]] Error changed_script(const std::optional<Error>& difference) const {
    constexpr auto kSays = "the script is not the one that was recorded (its SHA-256 is another)";
    if (place_of_change_) return failure("changed-script", *place_of_change_ + "\n  " + kSays, kRecordAnew);
    if (difference) {
      return failure("changed-script", placed(*difference).facts().message + "\n  " + kSays, kRecordAnew);
    }
    return failure(
        "changed-script",
        fmt::format("{}: {}, but it does the same: a comment, a blank, a printed text or a line that "
                    "does not run was changed",
                    script_name_, kSays),
        kRecordAnew);
  }

  sessions::RecordedOptions options_;
  std::string script_name_;
  BoundScript script_;  ///< until it runs
  bool changed_;
  std::optional<std::string> place_of_change_;
  std::shared_ptr<sessions::ReplayTape> tape_;
  sessions::ReplayJudge judge_;
};

void replay(const files::path& path, const KeysFile& keys) {
  const auto file = path.filename().string();
  auto recording = sessions::parse_recording(sessions::read_log_text(path), file);
  auto script = bound(script_of(recording, path), recording.header.options, keys);
  Replay(file, std::move(recording), std::move(script)).run();
}

}  // namespace

sessions::ReplayOutcome replay_recording(const std::string& path, const KeysFile& keys) {
  const auto started = std::chrono::steady_clock::now();
  sessions::ReplayOutcome outcome{.file = path};
  try {
    replay(path, keys);
  } catch (const Error& error) {
    outcome.reason = error.code();
    outcome.message = error.facts().message;
    if (!error.facts().advice.empty()) outcome.message += "\n  advice: " + error.facts().advice;
  } catch (const std::exception& error) {
    outcome.reason = "internal";
    outcome.message = std::string("a fault of gpsh: ") + error.what();
  }
  outcome.duration =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started);
  return outcome;
}

}  // namespace gpsh::interpreter
