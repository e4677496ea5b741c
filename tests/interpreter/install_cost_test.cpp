// SPDX-License-Identifier: Apache-2.0
// What the program sends to install a CAP file is the least that the channel allows.
#include <cctype>

#include "tests/sessions/install_cost.h"
#include "tests/support/program.h"
#include "tests/support/test_data.h"
#include <gtest/gtest.h>

namespace gpsh::test {
namespace {

std::string text_of(const Bytes& bytes) {
  return {bytes.begin(), bytes.end()};
}

class InstallOnTheWire : public ::testing::TestWithParam<InstallChannel> {};

TEST_P(InstallOnTheWire, TakesTheLeast) {
  const WorkingFolder folder;
  folder.write("large.ijc", text_of(installed_cap().load_file()));
  folder.write("install.txt", install_script(GetParam(), "large.ijc"));
  const auto run =
      folder.run({"--card", "virtual:" + GetParam().profile, "--record", "install.jsonl", "install.txt"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto recording = sessions::parse_recording(read_file(folder.path("install.jsonl")), "install.jsonl");
  const auto spent = cost_of_install(recording);
  const auto least = least_cost_of_install(recording, GetParam());
  EXPECT_EQ(spent.apdus, least.apdus);
  EXPECT_EQ(spent.bytes, least.bytes);
}

INSTANTIATE_TEST_SUITE_P(Channels, InstallOnTheWire, ::testing::ValuesIn(install_channels()),
                         [](const auto& one) {
                           auto name = name_of(one.param);
                           for (auto& c : name)
                             c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
                           return name;
                         });

// 255 less the C-MAC; encrypted, whole cipher blocks less the length or the padding.
TEST(LargestBlock, IsWhatTheChannelLeaves) {
  std::vector<std::size_t> largest;
  for (const auto& channel : install_channels()) largest.push_back(largest_block(channel));
  EXPECT_EQ(largest, (std::vector<std::size_t>{247, 239, 247, 239, 239, 247, 239, 239, 239, 223}));
}

}  // namespace
}  // namespace gpsh::test
