// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <random>

#include "gp/memory_ledger.h"
#include "sessions/recording_access.h"
#include "tests/interpreter/script_run.h"
#include "tests/interpreter/swept_command.h"
#include "tests/interpreter/swept_reader.h"
#include "tests/support/program.h"
#include "virtualcard/profile.h"

namespace gpsh::test {

/// What goes wrong: at an exchange, or at another call to the way to cards.
struct SweptFault {
  std::string name{};  ///< as --fault has it; of a call: "service"
  std::size_t at = 0;  ///< which one; 0: nothing goes wrong

  [[nodiscard]] bool of_call() const { return name == "service"; }
  /// The card wants the answer fetched, or asked for with another Le.
  [[nodiscard]] bool other_length() const { return name == "sw=6110" || name == "sw=6C05"; }
  [[nodiscard]] std::string text() const { return name + "@" + std::to_string(at); }
};

/// Hands everything on and keeps the failures.
class FailureListener final : public RunRecorder {
 public:
  explicit FailureListener(RunRecorder& next) : next_(next) {}

  void command_started(const StartedCommand& command) override { next_.command_started(command); }
  void command_ended(const Error* failure) override {
    if (failure != nullptr) failures.push_back(*failure);
    next_.command_ended(failure);
  }
  void run_ended(int exit_code) override { next_.run_ended(exit_code); }
  void command(ByteView plain, ByteView wire, Framing framing) override {
    next_.command(plain, wire, framing);
  }
  void chained_command(ByteView wire) override { next_.chained_command(wire); }
  void response(ByteView wire, Framing framing) override { next_.response(wire, framing); }
  void unwrapped(ByteView plain) override { next_.unwrapped(plain); }
  void remark(const Remark& remark) override { next_.remark(remark); }

  std::vector<Error> failures;

 private:
  RunRecorder& next_;
};

/// What a run with a fault left behind.
struct SweptRun {
  ScriptRun script{};
  std::vector<SweptExchange> exchanges{};
  std::size_t calls = 0;
  std::vector<Error> failures{};
  std::size_t open_attempts = 0;
  int connections = 0;
  std::string recording{};
};

inline std::vector<virtualcard::Fault> faults_of(const SweptFault& fault) {
  if (fault.at == 0 || fault.of_call()) return {};
  return virtualcard::parse_faults(fault.text());
}

/// Runs `text` on a fresh card of this profile, recorded, with a ledger.
inline SweptRun run_swept(const std::string& text, const SweptCard& card, const SweptFault& fault = {}) {
  virtualcard::SystemRandom challenges;
  virtualcard::VirtualReader reader(virtualcard::load_profile(card.profile), challenges, faults_of(fault));
  SweptReader counted(reader, fault.of_call() ? fault.at : 0);
  gp::MemoryLedger ledger;
  const WorkingFolder folder;
  SweptRun run;
  {
    sessions::RecordingFile file(folder.path("run.jsonl"));
    sessions::RecordingWriter writer(file, {.gpsh = "test", .script_sha256 = std::string(64, '0')});
    sessions::RecordingAccess access(counted, writer);
    FailureListener listener(writer);
    run.script = run_text(text, access, {.checked = false, .ledger = &ledger, .recorder = &listener});
    run.failures = listener.failures;
  }
  run.exchanges = counted.exchanges;
  run.calls = counted.calls;
  run.open_attempts = ledger.open_attempts().size();
  run.connections = counted.connections;
  run.recording = read_file(folder.path("run.jsonl"));
  return run;
}

/// What goes wrong at an exchange, one after the other; the same bytes in every run of the test.
inline std::vector<std::string> swept_faults(unsigned seed) {
  std::mt19937 random(seed);
  Bytes garbage(random() % 40 + 1);
  for (auto& byte : garbage) byte = static_cast<std::uint8_t>(random());
  return {"sw=6F00", "sw=6985",    "sw=6982",    "sw=6C05",
          "sw=6110", "truncate=1", "truncate=0", "garbage=" + to_hex(garbage) + "9000",
          "rmac",    "remove",     "mute"};
}

}  // namespace gpsh::test
