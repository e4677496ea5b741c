// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_signals.h"

#include <array>
#include <csignal>

namespace gpsh::interpreter {
namespace {

std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

extern "C" void on_signal(int) {
  interrupted = true;
}

SessionSignals session;

extern "C" void on_session_signal(int signal) {
  session.interrupted = true;
  if (signal != SIGINT) session.ended = true;
}

/// A signal that is ignored already stays so: nohup, and a shell for what runs in the background, ask for it.
void catch_with(void (*handler)(int), int flags) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  for (const int signal : std::array{SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before = {};
    if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    sigaction(signal, &action, nullptr);
  }
  std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace

const std::atomic<bool>& catch_signals() {
  catch_with(on_signal, static_cast<int>(SA_RESETHAND | SA_RESTART));
  return interrupted;
}

SessionSignals& catch_session_signals() {
  catch_with(on_session_signal, static_cast<int>(SA_RESTART));
  return session;
}

void ignore_file_size_signal() {
  std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace gpsh::interpreter
