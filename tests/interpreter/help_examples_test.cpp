// SPDX-License-Identifier: Apache-2.0
// The example that help shows for a command runs, on a virtual card, after what it needs.
#include <gtest/gtest.h>

#include <map>

#include "interpreter/command_table.h"
#include "tests/interpreter/script_files.h"

namespace gpsh::interpreter {
namespace {

const std::string kConnect = "mode_211\nestablish_context\ncard_connect\n";
const std::string kTestKey = "404142434445464748494a4b4c4d4e4f";
const std::string kKeys = " -enc_key " + kTestKey + " -mac_key " + kTestKey + " -kek_key " + kTestKey + "\n";
const std::string kChannel = kConnect + "select\nopen_sc -security 3" + kKeys;

/// What comes before the examples that need something else than an open channel.
const std::map<std::string_view, std::string> kBefore = {
    {"mode_201", ""},
    {"mode_211", ""},
    {"enable_trace", ""},
    {"enable_timer", ""},
    {"gemXpressoPro", ""},
    {"visa_key_derivation", ""},
    {"emv_cps11_key_derivation", ""},
    {"establish_context", ""},
    {"release_context", "establish_context\n"},
    {"list_readers", "establish_context\n"},
    {"card_connect", "establish_context\n"},
    {"card_disconnect", kConnect},
    {"select", kConnect},
    {"open_sc", kConnect + "select\n"},
    {"load", kChannel + "install_for_load -pkgAID F0000000010001\n"},
    {"install_for_load", kChannel + "delete -AID D0D1D2D3D4D501\n"},
    {"install_for_install", kChannel + "delete -AID D0D1D2D3D4D50101\n"},
    {"install_for_make_selectable",
     kChannel +
         "delete -AID D0D1D2D3D4D50101\n"
         "install_for_install -pkgAID D0D1D2D3D4D501 -AID D0D1D2D3D4D50101 -instAID D0D1D2D3D4D50101\n"},
    {"delete_key", kChannel + "put_sc_key -newkeyver 2" + kKeys},
    {"print", ""},
    {"exit", ""}};

const std::string& before(std::string_view command) {
  const auto found = kBefore.find(command);
  return found == kBefore.end() ? kChannel : found->second;
}

TEST(HelpExamples, EachRuns) {
  const test::WorkingFolder folder;
  test::write_script_files(folder);
  folder.write("token.pem", test::read_file(test::source_file("tests/data/pem/rsa2048-public.pem")));
  for (const auto& command : command_table()) {
    const auto script = before(command.name) + std::string(command.example) + "\n";
    const auto run = folder.run({"--card", "virtual", "-c", script});
    EXPECT_EQ(run.exit_code, 0) << script << run.out << run.err;
    EXPECT_TRUE(command.name == "print" || run.out.find(command.example) != std::string::npos) << run.out;
  }
}

}  // namespace
}  // namespace gpsh::interpreter
