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

}  // namespace

const std::atomic<bool>& catch_signals() {
  struct sigaction action = {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigemptyset(&action.sa_mask);
  for (const int signal : std::array{SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return interrupted;
}

SessionSignals& catch_session_signals() {
  struct sigaction action = {};
  action.sa_handler = on_session_signal;
  action.sa_flags = static_cast<int>(SA_RESTART);
  sigemptyset(&action.sa_mask);
  for (const int signal : std::array{SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return session;
}

}  // namespace gpsh::interpreter
