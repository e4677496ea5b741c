// SPDX-License-Identifier: Apache-2.0
// Installs that other programs recorded: from the same script gpsh sends the same wrapped commands.
#include <gtest/gtest.h>

#include "core/apdu.h"
#include "core/tlv.h"
#include "tests/interpreter/golden_replay.h"
#include "tests/interpreter/standing_in.h"
#include "tests/interpreter/written_file.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

constexpr std::string_view kCommand = "Command --> ";

/// The content of C4 as a log's LOAD commands carry it.
Bytes load_file_of(const std::string& log) {
  Bytes blocks;
  for (const auto& line : lines_of(log)) {
    if (!line.starts_with(std::string(kCommand) + "80E8")) continue;
    append(blocks, CommandApdu::parse(hex(line.substr(kCommand.size()))).data);
  }
  ByteReader reader(blocks, "load file");
  return to_bytes(read_tlv(reader).value);
}

TEST(ReplayInstall, OpenFips201OfAnotherHost) {
  const auto path = outside_file("recordings/gpshell-01-scp02-i55-level3-install-personalize.log");
  if (!path) GTEST_SKIP() << "recordings are not below GPSH_TEST_DATA";
  const auto log = read_file(*path);
  const WrittenFile file("OpenFIPS201-v1_10_2-chainfix.cap", load_file_of(log));
  const StandingIn standing(file.folder());
  const auto replayed = replay(log, script_of(log));
  EXPECT_EQ(replayed.run.exit_code, 0) << replayed.run.err;
  EXPECT_FALSE(replayed.leftover);
  // GPShell 2 left out the Le of INSTALL [for install]; 3.0.0 sends it, and so does gpsh.
  constexpr std::string_view kNote =
      "note[gpsh.replay-le]: INSTALL [for install and make selectable] in line 500";
  EXPECT_NE(replayed.run.err.find(kNote), std::string::npos) << replayed.run.err;
}

struct Vector {
  std::string log;
  std::string script;
};

class ReplayVector : public ::testing::TestWithParam<Vector> {};

TEST_P(ReplayVector, SendsTheSame) {
  const auto log = outside_file("recordings/" + GetParam().log);
  const auto cap = outside_file("golden/helloworld.cap");
  if (!log || !cap) GTEST_SKIP() << GetParam().log << " or helloworld.cap is not below GPSH_TEST_DATA";
  const StandingIn standing(cap->parent_path());
  const auto replayed = replay(read_file(*log), GetParam().script);
  EXPECT_EQ(replayed.run.exit_code, 0) << replayed.run.err;
  EXPECT_FALSE(replayed.leftover);
}

const std::string kConnect = "establish_context\ncard_connect\n";

INSTANTIATE_TEST_SUITE_P(
    Kaoh, ReplayVector,
    ::testing::Values(
        Vector{"vec-kaoh-scp01-install.log",
               "mode_201\n" + kConnect +
                   "open_sc -security 3 -key 404142434445464748494A4B4C4D4E4F -keyDerivation visa2\n"
                   "delete -AID D0D1D2D3D4D50101\n"
                   "delete -AID D0D1D2D3D4D501\n"
                   "delete -AID D0D1D2D3D4D50101\n"
                   "install -file helloworld.cap -sdAID A000000003000000 -priv 2\n"},
        Vector{"vec-kaoh-scp02-install-mac-enc.log",
               "mode_211\n" + kConnect +
                   "open_sc -scp 2 -scpimpl 0x15 -security 3 -enc_key 404142434445464748494A4B4C4D4E4F "
                   "-mac_key 404142434445464748494A4B4C4D4E4F "
                   "-kek_key 404142434445464748494A4B4C4D4E4F\n"
                   "delete -AID D0D1D2D3D4D50101\n"
                   "delete -AID D0D1D2D3D4D501\n"
                   "install -file helloworld.cap -sdAID A000000003000000 -nvDataLimit 2000 "
                   "-instParam 00 -priv 2\n"}),
    [](const auto& one) { return one.param.log.substr(9, 5); });

}  // namespace
}  // namespace gpsh::test
