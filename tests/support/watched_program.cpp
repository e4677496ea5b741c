// SPDX-License-Identifier: Apache-2.0
#include "tests/support/watched_program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

namespace gpsh::test {
namespace {

constexpr int kPipeBytes = 4096;
constexpr mode_t kOwnerOnly = 0600;

[[noreturn]] void become_watched(const WorkingFolder& folder, const std::vector<std::string>& arguments,
                                 const std::string& input, int out) {
  dup2(out, STDOUT_FILENO);
  dup2(open(folder.path(input).c_str(), O_RDONLY), STDIN_FILENO);
  dup2(open(folder.path("err").c_str(), O_WRONLY | O_CREAT | O_TRUNC, kOwnerOnly), STDERR_FILENO);
  become_gpsh(folder, arguments, Start::watched);
}

}  // namespace

WatchedProgram::WatchedProgram(const WorkingFolder& folder, const std::vector<std::string>& arguments,
                               const std::string& input) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  fcntl(ends[0], F_SETPIPE_SZ, kPipeBytes);
  process_ = fork();
  if (process_ == 0) become_watched(folder, arguments, input, ends[1]);
  close(ends[1]);
  out_ = ends[0];
  int status = 0;
  waitpid(process_, &status, 0);
  if (!WIFSTOPPED(status)) throw std::runtime_error("gpsh cannot be watched");
  memory_.emplace(process_);
  ptrace(PTRACE_SETOPTIONS, process_, nullptr, PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL);
  ptrace(PTRACE_CONT, process_, nullptr, nullptr);
}

WatchedProgram::~WatchedProgram() {
  close(out_);
  if (process_ <= 0) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

void WatchedProgram::read_until(const std::string& text) const {
  std::string have;
  char byte = 0;
  while (!have.ends_with(text)) {
    if (read(out_, &byte, 1) != 1) throw std::runtime_error("gpsh printed no " + text + " but\n" + have);
    have += byte;
  }
}

void WatchedProgram::run_to_the_end() {
  // The pipe ends with gpsh, which stands still before that: so its end is not waited for.
  constexpr int kMomentMilliseconds = 20;
  pollfd output{.fd = out_, .events = POLLIN, .revents = 0};
  std::array<char, kPipeBytes> buffer{};
  int status = 0;
  while (waitpid(process_, &status, WNOHANG) == 0) {
    if (poll(&output, 1, kMomentMilliseconds) > 0 && read(out_, buffer.data(), buffer.size()) < 0) break;
  }
  if (status >> 8 != (SIGTRAP | PTRACE_EVENT_EXIT << 8)) throw std::runtime_error("gpsh stopped elsewhere");
}

int WatchedProgram::exit_code() {
  int status = 0;
  ptrace(PTRACE_CONT, process_, nullptr, nullptr);
  waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace gpsh::test
