// SPDX-License-Identifier: Apache-2.0
#include "tests/support/program.h"

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

std::string quoted(const std::string& text) {
  std::string safe = "'";
  for (const char c : text) safe += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return safe + "'";
}

}  // namespace

void WorkingFolder::write(const std::string& name, const std::string& content) const {
  std::ofstream(path(name), std::ios::binary) << content;
}

ProgramRun WorkingFolder::run(const std::vector<std::string>& arguments, const std::string& input,
                              const std::vector<std::string>& environment) const {
  const char* program = std::getenv("GPSH_PROGRAM");
  if (program == nullptr) throw std::runtime_error("GPSH_PROGRAM does not name the program");
  write(".in", input);
  auto command = "cd " + quoted(folder_.path) +
                 " && env -u GPSH_CARD -u GPSH_READER XDG_STATE_HOME=" + quoted(path(".state"));
  for (const auto& variable : environment) command += " " + quoted(variable);
  command += " " + quoted(program);
  for (const auto& argument : arguments) command += " " + quoted(argument);
  const int status = std::system((command + " <.in >.out 2>.err").c_str());
  return {.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
          .out = read_file(path(".out")),
          .err = read_file(path(".err"))};
}

void become_gpsh(const WorkingFolder& folder, std::vector<std::string> arguments, Start start) {
  const char* program = std::getenv("GPSH_PROGRAM");
  if (program == nullptr || chdir(folder.path("").c_str()) != 0) _exit(127);
  setenv("XDG_STATE_HOME", folder.path(".state").c_str(), 1);
  unsetenv("GPSH_CARD");
  unsetenv("GPSH_READER");
  // The leak sanitizer cannot work in a process that is traced.
  if (start == Start::watched) setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
  arguments.insert(arguments.begin(), program);
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  if (start == Start::watched) ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
  execv(program, pointers.data());
  _exit(127);
}

}  // namespace gpsh::test
