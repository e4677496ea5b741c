// SPDX-License-Identifier: Apache-2.0
// What the program sends to install a CAP file, against the least that each channel allows. Opening the
// channel is apart.
#include <cstdio>
#include <fstream>
#include <iterator>

#include "tests/bench/program_run.h"
#include "tests/sessions/install_cost.h"
#include "tests/support/temporary_folder.h"

namespace gpsh::bench {
namespace {

constexpr double kAtMost = 1.0;

sessions::Recording recorded_install(const test::TemporaryFolder& folder,
                                     const test::InstallChannel& channel) {
  const auto load_file = test::installed_cap().load_file();
  const auto file = (folder.path / "large.ijc").string();
  std::ofstream(file, std::ios::binary) << std::string(load_file.begin(), load_file.end());
  const auto script = (folder.path / "install.txt").string();
  std::ofstream(script) << test::install_script(channel, file);
  const auto recording = (folder.path / "install.jsonl").string();
  run_program({GPSH_PROGRAM, "--card", "virtual:" + channel.profile, "--record", recording, script});
  std::ifstream in(recording);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  return sessions::parse_recording(text, recording);
}

void tell(const char* what, std::size_t spent, std::size_t least) {
  std::printf("  %zu %s: %.2f times the least (at most %.2f)\n", spent, what,
              static_cast<double>(spent) / static_cast<double>(least), kAtMost);
}

void measure(const test::InstallChannel& channel) {
  const test::TemporaryFolder folder;
  const auto recording = recorded_install(folder, channel);
  const auto spent = test::cost_of_install(recording);
  const auto least = test::least_cost_of_install(recording, channel);
  std::printf("install of %zu bytes, %s:\n", test::installed_cap().load_file().size(),
              test::name_of(channel).c_str());
  tell("APDUs", spent.apdus, least.apdus);
  tell("bytes", spent.bytes, least.bytes);
}

}  // namespace
}  // namespace gpsh::bench

int main() {
  for (const auto& channel : gpsh::test::install_channels()) gpsh::bench::measure(channel);
}
