// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_replay.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "core/error.h"
#include "core/system_reason.h"
#include "interpreter/main_replay_one.h"

namespace gpsh::interpreter {
namespace {

namespace files = std::filesystem;

constexpr auto kExtension = ".jsonl";

std::vector<std::string> recordings_in(const files::path& folder) {
  std::vector<std::string> found;
  for (const auto& entry : files::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == kExtension)
      found.push_back(entry.path().string());
  }
  std::ranges::sort(found);
  return found;
}

std::vector<std::string> recordings_of(const std::vector<std::string>& paths) {
  std::vector<std::string> all;
  for (const auto& path : paths) {
    if (!files::exists(path)) {
      throw Error({.kind = ErrorKind::file,
                   .code = "no-such-recording",
                   .message = path + " is not there",
                   .advice = "name recordings, or folders that hold them"});
    }
    if (!files::is_directory(path)) {
      all.push_back(path);
      continue;
    }
    auto found = recordings_in(path);
    std::ranges::move(found, std::back_inserter(all));
  }
  if (!all.empty()) return all;
  throw Error(
      {.kind = ErrorKind::usage,
       .code = "no-recordings",
       .message = fmt::format("there is no recording (*{}) in {}", kExtension, fmt::join(paths, ", ")),
       .advice = "gpsh --record NAME.jsonl SCRIPT makes one"});
}

std::vector<sessions::ReplayOutcome> replay_all(const std::vector<std::string>& recordings, unsigned jobs,
                                                const KeysFile& keys) {
  std::vector<sessions::ReplayOutcome> outcomes(recordings.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (auto at = next++; at < recordings.size(); at = next++) {
      outcomes[at] = replay_recording(recordings[at], keys);
    }
  };
  const auto wanted = jobs != 0 ? jobs : std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::jthread> workers;
  for (std::size_t i = 1; i < std::min<std::size_t>(wanted, recordings.size()); ++i)
    workers.emplace_back(work);
  work();
  workers.clear();
  return outcomes;
}

sessions::ReplayRun this_run() {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host = {"localhost"};
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  return {.timestamp = fmt::format("{:%Y-%m-%dT%H:%M:%S}", fmt::gmtime(now)), .host = host.data()};
}

void write_junit(const std::string& path, const std::vector<sessions::ReplayOutcome>& outcomes) {
  errno = 0;
  std::ofstream out(path, std::ios::binary);
  out << sessions::replay_junit(outcomes, this_run());
  out.close();
  if (out) return;
  throw Error({.kind = ErrorKind::file,
               .code = "unwritable-file",
               .message = fmt::format("cannot write {}: {}", path, system_reason(errno)),
               .advice = "check the folder and its permissions"});
}

}  // namespace

int run_replays(const ReplayCommand& command, const KeysFile& keys) {
  const auto outcomes = replay_all(recordings_of(command.paths), command.jobs, keys);
  if (command.format == "tap") {
    std::cout << sessions::replay_tap(outcomes);
  } else if (command.format == "json") {
    std::cout << sessions::replay_json(outcomes);
  } else {
    std::cout << sessions::replay_text(outcomes);
  }
  std::cout.flush();
  if (!command.junit.empty()) write_junit(command.junit, outcomes);
  return sessions::passed_count(outcomes) == outcomes.size() ? 0 : 1;
}

}  // namespace gpsh::interpreter
