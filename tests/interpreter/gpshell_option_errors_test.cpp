// SPDX-License-Identifier: Apache-2.0
// The messages of GPShell's own reading of a script (reference section 1.6): on stdout where they stand, with
// --lenient, with --no-check, and after -noStop.
#include "interpreter/gpshell_option_errors.h"

#include <gtest/gtest.h>

#include "tests/interpreter/script_run.h"
#include "tests/interpreter/scripted_access.h"

namespace gpsh::test {
namespace {

using interpreter::gpshell_option_error;
using interpreter::Strictness;

struct Message {
  std::string line;
  std::string text;
};

const std::vector<Message> kMessages = {
    {"select -AID", "Error: option -AID not followed by data"},
    {"send_apdu -sc 2", "Error: option -sc not followed 0 (secure channel off) or 1 (secure channel on)"},
    {"card_connect -readerNumber 0", "Error: option -readerNumber must be followed by number > 0"},
    {"card_connect -protocol 2", "Unknown protocol type 2"},
    {"get_status -element xx", "Error: option -element followed by an illegal string xx"},
    {"select -keyType xx", "Error: option -keyType followed by an illegal string xx"},
    {"get_status -format 1", "Error: option -format followed by an unsupported format 1"},
    {"open_sc -keyDerivation visa9", "Error: Unknown key derivation method visa9"},
};

TEST(GpshellOptionErrors, LenientRunsUpToTheLineAndPrintsTheMessage) {
  for (const auto& [line, text] : kMessages) {
    ScriptedAccess access((ScriptedConnection()));
    const auto run = run_text("establish_context\ncard_connect\n" + line + "\nprint never\n", access,
                              {.strictness = Strictness::lenient});
    EXPECT_EQ(run.exit_code, 2) << line;
    EXPECT_EQ(run.out, "establish_context\ncard_connect\n" + line + "\n" + text + "\n") << run.err;
  }
}

TEST(GpshellOptionErrors, ByDefaultTheCheckSpeaksFirst) {
  for (const auto& message : kMessages) {
    ScriptedAccess access((ScriptedConnection()));
    const auto run = run_text("establish_context\ncard_connect\n" + message.line + "\n", access);
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_EQ(run.out, "");
    EXPECT_TRUE(access.requests.empty());
  }
}

TEST(GpshellOptionErrors, WithoutCheckTheyStandWhereTheyHappen) {
  ScriptedAccess access((ScriptedConnection()));
  const auto run = run_text("establish_context\ncard_connect\nselect -aid A0\n", access, {.checked = false});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.out, "establish_context\ncard_connect\nselect -aid A0\nError: unknown option -aid\n");
}

TEST(GpshellOptionErrors, LenientUnknownOptionIsToldAndPassedOver) {
  ScriptedAccess access(ScriptedConnection().expect("80CA9F7F00", "9F7F009000"));
  const auto run = run_text("establish_context\ncard_connect\nget_data -tag 66 -identifier 9F7F\n", access,
                            {.strictness = Strictness::lenient});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.out,
            "establish_context\ncard_connect\nget_data -tag 66 -identifier 9F7F\nError: unknown option "
            "-tag\n9F7F00\n");
}

TEST(GpshellOptionErrors, LenientUnknownCommandIsToldAndPassedOver) {
  ScriptedAccess access((ScriptedConnection()));
  const auto run = run_text("frobnicate\nprint on\n", access, {.strictness = Strictness::lenient});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.out, "frobnicate\nUnknown command frobnicate\n# on\n\n");
}

TEST(GpshellOptionErrors, BehindNoStopTheScriptGoesOn) {
  ScriptedAccess access((ScriptedConnection()));
  const auto run = run_text(
      "establish_context\ncard_connect\nget_status -noStop -format 1\ncard_disconnect\nprint on\n", access);
  EXPECT_EQ(
      run.out,
      "establish_context\ncard_connect\nget_status -noStop -format 1\nError: option -format followed by an "
      "unsupported format 1\ncard_disconnect\n# on\n\n");
  EXPECT_NE(run.err.find("warning[gpsh.bad-value]"), std::string::npos) << run.err;
  const auto before = run_text("establish_context\ncard_connect\nget_status -format 1 -noStop\n", access);
  EXPECT_EQ(before.out, "");
}

TEST(GpshellOptionErrors, NothingIsSaidWhereGpshellTakesTheValue) {
  EXPECT_EQ(gpshell_option_error("-sc", "1x"), "");
  EXPECT_EQ(gpshell_option_error("-sc", "0x2"), "");
  EXPECT_EQ(gpshell_option_error("-readerNumber", "+1"), "");
  EXPECT_EQ(gpshell_option_error("-element", "123"), "");
  EXPECT_EQ(gpshell_option_error("-format", "2 "), "");
  EXPECT_EQ(gpshell_option_error("-keyver", "zz"), "");
  EXPECT_EQ(gpshell_option_error("-keyDerivation", "visa"), "Error: Unknown key derivation method visa");
  EXPECT_EQ(gpshell_option_error("-sc", "99999999999999999999999"),
            "Error: option -sc not followed 0 (secure channel off) or 1 (secure channel on)");
}

}  // namespace
}  // namespace gpsh::test
