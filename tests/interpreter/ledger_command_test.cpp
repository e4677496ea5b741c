// SPDX-License-Identifier: Apache-2.0
// gpsh ledger as a person calls it, on a ledger that the store has written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "sessions/ledger_store.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace gpsh::test {
namespace {

using testing::HasSubstr;

// GoogleTest destroys it through its base.
class LedgerCommand : public testing::Test {  // NOLINT(cppcoreguidelines-virtual-class-destructor)
 protected:
  [[nodiscard]] std::filesystem::path path() const { return state / "gpsh" / "ledger.db"; }
  [[nodiscard]] ProgramRun run(const std::vector<std::string>& arguments) const {
    return WorkingFolder().run(arguments, "", {"XDG_STATE_HOME=" + state.string()});
  }
  /// Two failures of one card, of which the second was never answered, and one of a card without an AID.
  void fill() const {
    const auto noon = [] {
      return std::chrono::system_clock::time_point(std::chrono::seconds(1'700'000'000));
    };
    sessions::LedgerStore store(path(), noon);
    gp::AttemptPlace place{.reader = "Reader 0", .atr = hex("3B00"), .aid = hex("A000000003000000")};
    const auto first = store.begin(place, gp::OverLimit::refuse).id.value();
    static_cast<void>(store.identify(first, {.fingerprint = Bytes(32, 0xA1), .key_version = 0x20}));
    place.key_version = 0x20;
    static_cast<void>(store.begin(place, gp::OverLimit::refuse));
    static_cast<void>(store.begin({.reader = "Reader 1", .atr = hex("3B80")}, gp::OverLimit::refuse));
  }

  const TemporaryFolder own;
  const std::filesystem::path state = own.path;
};

constexpr auto kThree =
    "card with ATR 3B00, AID A000000003000000: 2 failures in a row\n"
    "  1: 2023-11-14 22:13:20 UTC, key version 20, Reader 0\n"
    "  2: 2023-11-14 22:13:20 UTC, key version 20 asked for, not answered, Reader 0\n"
    "card with ATR 3B80, no AID selected: 1 failure\n"
    "  3: 2023-11-14 22:13:20 UTC, key version of the card's choice, not answered, Reader 1\n";

TEST_F(LedgerCommand, NothingOpen) {
  for (const auto& call : {std::vector<std::string>{"ledger"}, {"ledger", "show"}}) {
    const auto shown = run(call);
    EXPECT_EQ(shown.exit_code, 0) << shown.err;
    EXPECT_EQ(shown.out, "no open authentication attempts\n");
  }
  EXPECT_FALSE(std::filesystem::exists(path())) << "looking makes no file";
}

TEST_F(LedgerCommand, ShowListsOpenAttempts) {
  fill();
  for (const auto& call : {std::vector<std::string>{"ledger"}, {"ledger", "show"}}) {
    const auto shown = run(call);
    EXPECT_EQ(shown.exit_code, 0) << shown.err;
    EXPECT_EQ(shown.out, kThree);
    EXPECT_EQ(shown.err, "");
  }
}

// Alike, and known to be two cards: each has its own failures.
TEST_F(LedgerCommand, ShowTellsCardsOfAKindApart) {
  sessions::LedgerStore store(path());
  const gp::AttemptPlace place{.reader = "Reader 0", .atr = hex("3B00"), .aid = hex("A000000003000000")};
  for (const auto card : hex("A1B2A1")) {
    const auto id = store.begin(place, gp::OverLimit::refuse).id.value();
    static_cast<void>(store.identify(id, {.fingerprint = Bytes(32, card), .key_version = 0x20}));
  }
  const auto out = run({"ledger"}).out;
  const auto first = out.find("card with ATR 3B00, AID A000000003000000: 2 failures in a row\n  1: ");
  const auto second = out.find("card with ATR 3B00, AID A000000003000000: 1 failure\n  2: ");
  EXPECT_EQ(first, 0U) << out;
  EXPECT_LT(out.find("\n  3: "), second) << out;
  EXPECT_NE(second, std::string::npos) << out;
}

TEST_F(LedgerCommand, ShowAsJson) {
  EXPECT_EQ(run({"ledger", "show", "--format", "json"}).out, "[]\n");
  fill();
  for (const auto& call :
       {std::vector<std::string>{"ledger", "show", "--format", "json"}, {"ledger", "--format", "json"}}) {
    const auto shown = run(call);
    EXPECT_EQ(shown.exit_code, 0) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr("  {\n"
                                     "    \"id\": 2,\n"
                                     "    \"started\": \"2023-11-14T22:13:20Z\",\n"
                                     "    \"reader\": \"Reader 0\",\n"
                                     "    \"atr\": \"3B00\",\n"
                                     "    \"aid\": \"A000000003000000\",\n"
                                     "    \"asked_key_version\": 32,\n"
                                     "    \"key_version\": null,\n"
                                     "    \"failures_in_a_row\": 2\n"
                                     "  },\n"));
  }
}

TEST_F(LedgerCommand, ClearOne) {
  fill();
  const auto cleared = run({"ledger", "clear", "2"});
  EXPECT_EQ(cleared.exit_code, 0) << cleared.err;
  EXPECT_EQ(cleared.out, "1 open attempt removed\n");
  EXPECT_THAT(run({"ledger"}).out, HasSubstr(": 1 failure\n  1: 2023-11-14 22:13:20 UTC, "));
}

TEST_F(LedgerCommand, ClearAll) {
  fill();
  const auto cleared = run({"ledger", "clear", "--all"});
  EXPECT_EQ(cleared.exit_code, 0) << cleared.err;
  EXPECT_EQ(cleared.out, "3 open attempts removed\n");
  EXPECT_EQ(run({"ledger"}).out, "no open authentication attempts\n");
}

TEST_F(LedgerCommand, ClearWantsToKnowWhat) {
  fill();
  for (const auto& call : {std::vector<std::string>{"ledger", "clear"}, {"ledger", "clear", "1", "--all"}}) {
    const auto refused = run(call);
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_EQ(refused.err,
              "gpsh: error[gpsh.usage]: gpsh ledger clear wants the numbers of attempts, or --all\n"
              "  advice: gpsh ledger show lists them with their numbers\n");
  }
  EXPECT_EQ(run({"ledger"}).out, kThree);
}

TEST_F(LedgerCommand, ClearOfAnUnknownNumberRemovesNothing) {
  fill();
  const auto refused = run({"ledger", "clear", "1", "7"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_EQ(refused.err,
            "gpsh: error[gpsh.usage]: there is no open attempt 7\n"
            "  advice: gpsh ledger show lists them\n");
  EXPECT_EQ(run({"ledger"}).out, kThree);
}

TEST_F(LedgerCommand, DamagedLedger) {
  std::filesystem::create_directories(path().parent_path());
  std::ofstream(path()) << std::string(4096, 'x');
  const auto refused = run({"ledger"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_EQ(refused.out, "");
  EXPECT_EQ(refused.err,
            "gpsh: error[gpsh.ledger-damaged]: the ledger " + path().string() +
                " is damaged: file is not a database\n"
                "  advice: move it away; cards that were counted in it may have fewer tries left "
                "than a new ledger can know\n");
}

TEST_F(LedgerCommand, VirtualCardWritesNoLedger) {
  const WorkingFolder folder;
  folder.write("open.txt",
               "mode_211\nestablish_context\ncard_connect\nselect\n"
               "open_sc -security 1 -enc_key 404142434445464748494A4B4C4D4E4F "
               "-mac_key 404142434445464748494A4B4C4D4E4F -kek_key 404142434445464748494A4B4C4D4E4F\n");
  const auto opened = folder.run({"--card", "virtual", "open.txt"}, "", {"XDG_STATE_HOME=" + state.string()});
  EXPECT_EQ(opened.exit_code, 0) << opened.err;
  EXPECT_FALSE(std::filesystem::exists(path()));
}

}  // namespace
}  // namespace gpsh::test
