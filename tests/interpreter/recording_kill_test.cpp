// SPDX-License-Identifier: Apache-2.0
// Recorded runs that are killed in their middle leave what was exchanged.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <random>

#include "tests/support/program.h"

#include "sessions/recording.h"
#include "tests/support/test_data.h"
#include <gtest/gtest.h>

namespace gpsh::test {
namespace {

constexpr int kParts = 8;
constexpr int kRunsOfAPart = 25;
constexpr int kCommands = 150;

std::string script() {
  std::string text = "enable_trace\nestablish_context\ncard_connect\nselect\n";
  for (int i = 0; i < kCommands; ++i) text += "get_data -identifier 66\nget_data -identifier 42 -noStop\n";
  return text;
}

/// The program under way; its stdout is read from a pipe that holds little, so that it cannot run far ahead.
class RecordedProgram {
 public:
  RecordedProgram(const std::string& script, const std::string& recording) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    fcntl(ends[0], F_SETPIPE_SZ, 4096);
    child_ = fork();
    if (child_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
      close(ends[0]);
      const char* program = std::getenv("GPSH_PROGRAM");
      execl(program, program, "--card", "virtual", "--record", recording.c_str(), script.c_str(), nullptr);
      _exit(127);
    }
    close(ends[1]);
    out_ = ends[0];
  }
  ~RecordedProgram() {
    close(out_);
    waitpid(child_, nullptr, 0);
  }
  RecordedProgram(const RecordedProgram&) = delete;
  RecordedProgram& operator=(const RecordedProgram&) = delete;

  /// Its next `count` bytes, fewer at the end.
  std::string read_output(std::size_t count) const {
    std::string text(count, '\0');
    std::size_t have = 0;
    while (have < count) {
      const auto got = read(out_, text.data() + have, count - have);
      if (got <= 0) break;
      have += static_cast<std::size_t>(got);
    }
    text.resize(have);
    return text;
  }
  void kill_it() const { kill(child_, SIGKILL); }

 private:
  pid_t child_ = -1;
  int out_ = -1;
};

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

/// Every exchange is that of the whole run; only the last may lack its answer.
void expect_beginning(const std::vector<sessions::LoggedExchange>& some,
                      const std::vector<sessions::LoggedExchange>& all) {
  ASSERT_LE(some.size(), all.size());
  for (std::size_t at = 0; at < some.size(); ++at) {
    EXPECT_EQ(some[at].wire_command, all[at].wire_command);
    const bool last = at + 1 == some.size();
    EXPECT_TRUE(some[at].wire_response == all[at].wire_response || (last && some[at].wire_response.empty()));
  }
}

class KilledRuns : public ::testing::TestWithParam<int> {};

TEST_P(KilledRuns, LeaveWhatWasExchanged) {
  const WorkingFolder folder;
  folder.write("a.txt", script());
  std::string output;
  {
    const RecordedProgram whole(folder.path("a.txt"), folder.path("whole.jsonl"));
    output = whole.read_output(std::size_t{1} << 22);
  }
  const auto all = sessions::parse_recording(read_file(folder.path("whole.jsonl")), "whole");
  ASSERT_TRUE(all.complete);
  const auto connected = output.find("select\n");
  ASSERT_NE(connected, std::string::npos);
  std::mt19937 random(20260101U + static_cast<unsigned>(GetParam()));
  std::uniform_int_distribution<std::size_t> moment(connected + 7, output.size() - 1);
  for (int run = 0; run < kRunsOfAPart; ++run) {
    const auto name = std::to_string(run) + ".jsonl";
    std::string seen;
    {
      const RecordedProgram program(folder.path("a.txt"), folder.path(name));
      seen = program.read_output(moment(random));
      program.kill_it();
    }
    const auto recording = sessions::parse_recording(read_file(folder.path(name)), name);
    const auto exchanges = recording.exchanges();
    EXPECT_GE(exchanges.size(), count_of(seen, "\nResponse <-- ")) << "an answer that was shown is lost";
    expect_beginning(exchanges, all.exchanges());
  }
}

INSTANTIATE_TEST_SUITE_P(Parts, KilledRuns, ::testing::Range(0, kParts));

}  // namespace
}  // namespace gpsh::test
