// SPDX-License-Identifier: Apache-2.0
#include "tests/support/pseudo_terminal.h"

#include <poll.h>
#include <pty.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace gpsh::test {
namespace {

constexpr int kPatienceMilliseconds = 60000;

[[noreturn]] void become_gpsh_at_a_terminal(const WorkingFolder& folder,
                                            const std::vector<std::string>& arguments, Start start) {
  setenv("TERM", "dumb", 1);
  setenv("LC_ALL", "C.UTF-8", 1);
  setenv("NO_COLOR", "1", 1);
  become_gpsh(folder, arguments, start);
}

}  // namespace

PseudoTerminal::PseudoTerminal(const WorkingFolder& folder, const std::vector<std::string>& arguments,
                               Start start) {
  winsize size{};
  size.ws_row = 50;
  size.ws_col = 240;
  process_ = forkpty(&terminal_, nullptr, nullptr, &size);
  if (process_ == 0) become_gpsh_at_a_terminal(folder, arguments, start);
  if (process_ < 0) throw std::runtime_error("no pseudo-terminal");
  if (start == Start::at_once) return;
  waitpid(process_, nullptr, 0);
  memory_.emplace(process_);
  ptrace(PTRACE_DETACH, process_, nullptr, nullptr);
}

PseudoTerminal::~PseudoTerminal() {
  close(terminal_);
  if (process_ <= 0) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

void PseudoTerminal::type(std::string_view text) const {
  while (!text.empty()) {
    const auto count = write(terminal_, text.data(), text.size());
    if (count <= 0) throw std::runtime_error("gpsh does not read its terminal");
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::string PseudoTerminal::expect(const std::string& text) {
  for (;;) {
    const auto at = unread_.find(text);
    if (at != std::string::npos) {
      auto before = unread_.substr(0, at);
      unread_.erase(0, at + text.size());
      return before;
    }
    if (!read_more()) throw std::runtime_error("\"" + text + "\" did not appear; the screen:\n" + screen_);
  }
}

int PseudoTerminal::wait_status() {
  while (read_more()) continue;
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  return status;
}

int PseudoTerminal::exit_code() {
  const int status = wait_status();
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool PseudoTerminal::read_more() {
  pollfd output{.fd = terminal_, .events = POLLIN, .revents = 0};
  if (poll(&output, 1, kPatienceMilliseconds) <= 0)
    throw std::runtime_error("nothing comes any more; the screen:\n" + screen_);
  std::array<char, 4096> buffer{};
  const auto count = read(terminal_, buffer.data(), buffer.size());
  if (count <= 0) return false;
  std::string text(buffer.data(), static_cast<std::size_t>(count));
  std::erase(text, '\r');
  screen_ += text;
  unread_ += text;
  return true;
}

}  // namespace gpsh::test
