// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sstream>
#include <string>

#include "interpreter/execute.h"

namespace gpsh::test {

/// What a script left behind when it ran in this process.
struct ScriptRun {
  int exit_code = -1;
  std::string out;
  std::string err;
};

struct ScriptOptions {
  interpreter::Strictness strictness = interpreter::Strictness::strict;
  interpreter::SecretDisplay secrets = interpreter::SecretDisplay::masked;
  gp::Wire wire = gp::Wire::gpsh;
  interpreter::OutputFormat format = interpreter::OutputFormat::text;
  bool checked = true;  ///< false: as with --no-check
  std::ostream* progress = nullptr;
  std::function<bool()> interrupted = [] { return false; };
  gp::Ledger* ledger = nullptr;
  RunRecorder* recorder = nullptr;
};

inline std::optional<std::string> no_environment(const std::string&) {
  return std::nullopt;
}

/// Checks and runs `text`, called script.txt in messages, against `access`. Time stands still.
inline ScriptRun run_text(const std::string& text, CardAccess& access, const ScriptOptions& options = {}) {
  using namespace interpreter;
  std::ostringstream out;
  std::ostringstream err;
  DiagnosticSink diagnostics(err, Colour::off);
  auto script = check(Source("script.txt", text), no_environment, options.strictness, options.secrets);
  if (options.checked) {
    for (const auto& diagnostic : script.diagnostics) diagnostics.print(diagnostic, script.source);
    if (has_errors(script.diagnostics)) return {.exit_code = 2, .out = out.str(), .err = err.str()};
  }
  Output output(out);
  gp::FixedRandom random(hex("0001020304050607"));
  RunEnvironment environment{.access = access,
                             .random = random,
                             .output = output,
                             .wire = options.wire,
                             .ledger = options.ledger,
                             .recorder = options.recorder,
                             .secrets = options.secrets,
                             .format = options.format,
                             .progress = options.progress,
                             .clock = [] { return std::chrono::steady_clock::time_point(); },
                             .interrupted = options.interrupted};
  const auto code = execute(std::move(script), environment, diagnostics);
  return {.exit_code = code, .out = out.str(), .err = err.str()};
}

}  // namespace gpsh::test
