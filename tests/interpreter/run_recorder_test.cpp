// SPDX-License-Identifier: Apache-2.0
#include "core/run_recorder.h"

#include <gmock/gmock.h>

#include <sstream>

#include "interpreter/execute.h"
#include "tests/interpreter/script_run.h"
#include "tests/interpreter/scripted_access.h"

namespace gpsh::test {
namespace {

using ::testing::ElementsAre;

/// Keeps what it is told as lines; refuses what starts with `refused`.
class CollectingRecorder final : public RunRecorder {
 public:
  explicit CollectingRecorder(std::string refused = "nothing") : refused_(std::move(refused)) {}

  void command_started(const StartedCommand& command) override {
    note("start " + std::to_string(command.line) + " " + std::string(command.text));
  }
  void command_ended(const Error* failure) override {
    note("end " + (failure == nullptr ? "well" : std::string(failure->code())));
  }
  void run_ended(int exit_code) override { note("exit " + std::to_string(exit_code)); }
  void command(ByteView plain, ByteView, Framing) override { note("command " + to_hex(plain)); }
  void chained_command(ByteView) override {}
  void response(ByteView wire, Framing) override { note("response " + to_hex(wire)); }
  void unwrapped(ByteView plain) override { note("unwrapped " + to_hex(plain)); }
  void remark(const Remark& remark) override { note("remark " + std::string(remark.code)); }

  std::vector<std::string> lines;

 private:
  void note(std::string line) {
    lines.push_back(std::move(line));
    if (!lines.back().starts_with(refused_)) return;
    throw Error({.kind = ErrorKind::file, .code = "recording-failed", .message = "the disk is full"});
  }

  std::string refused_;
};

constexpr auto kScript = "establish_context\ncard_connect\nget_data -identifier 66 -noStop\nexit\n";

ScriptRun run_recorded(CollectingRecorder& recorder) {
  using namespace interpreter;
  ScriptedAccess access(ScriptedConnection().expect("80CA006600", "6A88"));
  std::ostringstream out;
  std::ostringstream err;
  DiagnosticSink diagnostics(err, Colour::off);
  auto script = check(Source("a.txt", kScript), no_environment, Strictness::strict, SecretDisplay::masked);
  Output output(out);
  gp::FixedRandom random(hex("00"));
  RunEnvironment environment{.access = access, .random = random, .output = output, .recorder = &recorder};
  const auto code = execute(std::move(script), environment, diagnostics);
  return {.exit_code = code, .out = out.str(), .err = err.str()};
}

TEST(RunRecorder, HearsTheWholeRunInOrder) {
  CollectingRecorder recorder;
  EXPECT_EQ(run_recorded(recorder).exit_code, 0);
  EXPECT_THAT(recorder.lines,
              ElementsAre("start 1 establish_context", "end well", "start 2 card_connect", "end well",
                          "start 3 get_data -identifier 66 -noStop", "command 80CA006600", "response 6A88",
                          "unwrapped 6A88", "end card-status", "start 4 exit", "end well", "exit 0"));
}

TEST(RunRecorder, WhatItRefusesIsNotSentAndEndsTheRun) {
  CollectingRecorder recorder("command");
  const auto run = run_recorded(recorder);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(recorder.lines.back(), "command 80CA006600");
  EXPECT_EQ(run.err,
            "a.txt:3:1: error[gpsh.recording-failed]: the disk is full\n"
            "  get_data -identifier 66 -noStop\n"
            "  ^^^^^^^^\n");
}

TEST(RunRecorder, ResultThatCannotBeRecordedEndsTheRunToo) {
  CollectingRecorder recorder("end card-status");
  const auto run = run_recorded(recorder);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(recorder.lines.back(), "end card-status");
  EXPECT_NE(run.err.find("warning[gpsh.card-status]"), std::string::npos)
      << "the failure itself is told as well";
  EXPECT_NE(run.err.find("error[gpsh.recording-failed]"), std::string::npos);
}

}  // namespace
}  // namespace gpsh::test
