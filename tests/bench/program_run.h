// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace gpsh::bench {

inline double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// What one run of a program took.
struct Spent {
  double wall = 0;     ///< seconds from its start to its end
  double cpu = 0;      ///< seconds of its own and of the system for it
  long kilobytes = 0;  ///< peak resident memory
};

/// Runs a program, the first of the words, to its good end; what it prints goes nowhere. Throws
/// std::runtime_error where it does not start or fails.
inline Spent run_program(std::vector<std::string> words) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0);
  }
  const auto started = std::chrono::steady_clock::now();
  pid_t child = 0;
  const auto failed = posix_spawn(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("cannot run " + words.front());
  int status = 0;
  rusage usage{};
  const auto ended = wait4(child, &status, 0, &usage);
  const auto wall = std::chrono::steady_clock::now() - started;
  if (ended != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw std::runtime_error("failed: " + words.front());
  }
  return {.wall = std::chrono::duration<double>(wall).count(),
          .cpu = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
          .kilobytes = usage.ru_maxrss};
}

}  // namespace gpsh::bench
