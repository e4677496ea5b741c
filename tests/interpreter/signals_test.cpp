// SPDX-License-Identifier: Apache-2.0
// Signals to a run in its middle, and those that are ignored when it starts.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <functional>
#include <stdexcept>

#include "tests/support/program.h"
#include "tests/support/test_data.h"

#include <gmock/gmock.h>

namespace gpsh::test {
namespace {

using testing::HasSubstr;
using testing::Not;

/// gpsh under way. Its stdout is a pipe that holds 4 KiB, its stderr the file "err" of the folder.
class RunUnderWay {
 public:
  /// `before` is done by the child before it becomes gpsh.
  RunUnderWay(const WorkingFolder& folder, const std::vector<std::string>& arguments,
              const std::function<void()>& before) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    fcntl(ends[0], F_SETPIPE_SZ, 4096);
    process_ = fork();
    if (process_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      dup2(open(folder.path("err").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
      before();
      become_gpsh(folder, arguments);
    }
    close(ends[1]);
    out_ = ends[0];
  }
  ~RunUnderWay() {
    close(out_);
    if (process_ > 0) waitpid(process_, nullptr, 0);
  }
  RunUnderWay(const RunUnderWay&) = delete;
  RunUnderWay& operator=(const RunUnderWay&) = delete;

  /// Its next bytes until this text stands at their end, or all when it ends before.
  [[nodiscard]] std::string read_until(const std::string& text) const {
    std::string have;
    char byte = 0;
    while ((text.empty() || !have.ends_with(text)) && read(out_, &byte, 1) == 1) have += byte;
    return have;
  }
  [[nodiscard]] std::string read_all() const { return read_until({}); }
  void send(int signal) const { kill(process_, signal); }
  /// Its exit code; -1 when a signal ended it.
  int exit_code() {
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t process_ = -1;
  int out_ = -1;
};

/// What it prints does not fit into the pipe.
std::string long_script() {
  std::string text = "enable_trace\nestablish_context\ncard_connect\nselect\n";
  for (int i = 0; i < 100; ++i) text += "get_data -identifier 66\n";
  return text + "print the end\n";
}

class Signals : public testing::TestWithParam<int> {};

TEST_P(Signals, StopARunBetweenTwoApdus) {
  const WorkingFolder folder;
  folder.write("long.txt", long_script());
  RunUnderWay run(folder, {"--card", "virtual", "long.txt"}, [] {});
  static_cast<void>(run.read_until("select\n"));
  run.send(GetParam());
  EXPECT_THAT(run.read_all(), Not(HasSubstr("the end")));
  EXPECT_EQ(run.exit_code(), 1);
  EXPECT_THAT(read_file(folder.path("err")), HasSubstr("error[gpsh.interrupted]"));
}

TEST_P(Signals, ThatAreIgnoredAtTheStartStayIgnored) {
  const WorkingFolder folder;
  folder.write("long.txt", long_script());
  RunUnderWay run(folder, {"--card", "virtual", "long.txt"},
                  [] { static_cast<void>(std::signal(GetParam(), SIG_IGN)); });
  static_cast<void>(run.read_until("select\n"));
  run.send(GetParam());
  EXPECT_THAT(run.read_all(), HasSubstr("# the end\n"));
  EXPECT_EQ(run.exit_code(), 0);
  EXPECT_EQ(read_file(folder.path("err")), "");
}

INSTANTIATE_TEST_SUITE_P(Each, Signals, testing::Values(SIGINT, SIGTERM, SIGHUP));

TEST(FileSizeLimit, IsARecordingThatCannotBeWrittenAndNoSignal) {
  const WorkingFolder folder;
  folder.write("a.txt", "establish_context\ncard_connect\nselect\n");
  RunUnderWay run(folder, {"--card", "virtual", "--record", "a.jsonl", "a.txt"}, [] {
    const rlimit limit{.rlim_cur = 1024, .rlim_max = 1024};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(126);
  });
  static_cast<void>(run.read_all());
  EXPECT_EQ(run.exit_code(), 2);
  EXPECT_THAT(
      read_file(folder.path("err")),
      HasSubstr("error[gpsh.recording-failed]: cannot write the recording a.jsonl: File too large\n"));
}

}  // namespace
}  // namespace gpsh::test
