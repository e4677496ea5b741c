// SPDX-License-Identifier: Apache-2.0
// A crash leaves no picture of the keys in memory.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include "tests/support/pseudo_terminal.h"

#include <gtest/gtest.h>

namespace gpsh::test {
namespace {

struct Pipe {
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  }
  std::array<int, 2> ends{};
};

/// How a program ends that leaves a core dump if it may; it waits for input until then.
int status_of_another_program(const WorkingFolder& folder) {
  const Pipe input;
  const Pipe started;  // its writing end is closed by exec()
  const auto child = fork();
  if (child == 0) {
    dup2(input.ends[0], STDIN_FILENO);
    if (chdir(folder.path("").c_str()) == 0) execl("/bin/cat", "cat", nullptr);
    _exit(127);
  }
  close(started.ends[1]);
  char nothing = 0;
  static_cast<void>(!read(started.ends[0], &nothing, 1));
  kill(child, SIGABRT);
  int status = 0;
  waitpid(child, &status, 0);
  for (const int file : {input.ends[0], input.ends[1], started.ends[0]}) close(file);
  return status;
}

TEST(CoreDumps, OfACrashedSessionAreNotLeft) {
  const WorkingFolder folder;
  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_CORE, &limit), 0);
  limit.rlim_cur = limit.rlim_max;
  ASSERT_EQ(setrlimit(RLIMIT_CORE, &limit), 0);
  setenv("ASAN_OPTIONS", "disable_coredump=0", 1);
  if (!WCOREDUMP(status_of_another_program(folder)))
    GTEST_SKIP() << "this machine leaves no core dumps at all";
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i"});
  terminal.expect("gp211 virtual> ");
  kill(terminal.process(), SIGABRT);
  const int status = terminal.wait_status();
  EXPECT_TRUE(WIFSIGNALED(status)) << status;
  EXPECT_FALSE(WCOREDUMP(status));
}

}  // namespace
}  // namespace gpsh::test
