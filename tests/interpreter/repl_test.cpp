// SPDX-License-Identifier: Apache-2.0
// The shell as a person sees it, through a pseudo-terminal.
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>

#include "tests/support/pseudo_terminal.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

constexpr auto kReady = "gp211 virtual> ";
constexpr auto kOpen =
    "open_sc -security 3 -enc_key 404142434445464748494A4B4C4D4E4F -mac_key 404142434445464748494A4B4C4D4E4F "
    "-kek_key 404142434445464748494A4B4C4D4E4F\r";

TEST(Repl, ConnectsByItselfAndShowsWhatIsOpen) {
  const WorkingFolder folder;
  PseudoTerminal terminal(folder, {"--card", "virtual:jcop-j2a040", "-i"});
  EXPECT_EQ(terminal.expect("gp211 jcop-j2a040> "), "mode_211\nestablish_context\ncard_connect\n");
  terminal.type("select -AID A000000003000000\r");
  terminal.expect("gp211 jcop-j2a040 A000\u202600> ");
  terminal.type(kOpen);
  terminal.expect("gp211 jcop-j2a040 A000\u202600 scp02:mac+enc> ");
  terminal.type("get_status -element 80\r");
  terminal.expect("a000000003000000");
  terminal.type("exit\r");
  EXPECT_EQ(terminal.exit_code(), 0);
}

TEST(Repl, WithoutACardOneConnectsByHand) {
  const WorkingFolder folder;
  PseudoTerminal terminal(folder, {});
  terminal.expect("op201> ");
  terminal.type("mode_211\r");
  terminal.expect("gp211> ");
  terminal.type("select\r");
  terminal.expect("input:1:1: error[gpsh.no-connection]: no card is connected\n  select\n  ^^^^^^\n");
  terminal.expect("gp211> ");
}

TEST(Repl, EndOfInputLeaves) {
  const WorkingFolder folder;
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i"});
  terminal.expect(kReady);
  terminal.type("\x04");
  EXPECT_EQ(terminal.exit_code(), 0);
}

TEST(Repl, SigtermLeaves) {
  const WorkingFolder folder;
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i"});
  terminal.expect(kReady);
  kill(terminal.process(), SIGTERM);
  EXPECT_EQ(terminal.exit_code(), 0);
}

TEST(Repl, WrongInputIsToldAndTheSessionGoesOn) {
  const WorkingFolder folder;
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i"});
  terminal.expect(kReady);
  terminal.type("get_statsu\r");
  terminal.expect(
      "input:1:1: error[gpsh.unknown-command]: unknown command get_statsu\n"
      "  get_statsu\n"
      "  ^^^^^^^^^^\n"
      "  advice: did you mean get_status?\n");
  terminal.expect(kReady);
  terminal.type("select -AID FFFFFFFFFF\r");
  terminal.expect("select_application() returns 0x80216A82");
  terminal.expect(kReady);
  terminal.type("get_data -identifier 9F7F\r");
  terminal.expect(kReady);
  terminal.type("exit\r");
  EXPECT_EQ(terminal.exit_code(), 0);
}

TEST(Repl, AnOpenQuoteAsksForMore) {
  const WorkingFolder folder;
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i"});
  terminal.expect(kReady);
  terminal.type("card_connect -reader \"gpsh Virtual\r");
  terminal.expect("... ");
  terminal.type("Card 00\"\r");
  terminal.expect(kReady);
  terminal.type("card_connect -reader \"gpsh\r");
  terminal.expect("... ");
  terminal.type("\r");
  terminal.expect("error[gpsh.unclosed-quote]: this quote is not closed on its line");
  terminal.expect(kReady);
}

TEST(Repl, TabCompletes) {
  const WorkingFolder folder;
  folder.write("hello.cap", "");
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i"});
  terminal.expect(kReady);
  terminal.type("get_st\t");
  terminal.expect("get_status ");
  terminal.type("\t");
  terminal.expect("  -element  what to list: 80 issuer security domain");
  terminal.expect("  -noStop   go on with the next line if this command fails\n");
  terminal.type("-el\t");
  terminal.expect("-element ");
  terminal.type("80\r");
  terminal.expect(kReady);
  terminal.type("install -file he\t");
  terminal.expect("hello.cap ");
  terminal.type("\x03");
  terminal.expect(kReady);
  terminal.type("card_connect -reader g\t");
  terminal.expect("\"gpsh Virtual Card 00\" ");
}

TEST(Repl, TabKnowsTheAidsOfTheCard) {
  const WorkingFolder folder;
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i"});
  terminal.expect(kReady);
  terminal.type("select\r");
  terminal.expect("gp211 virtual A000\u202600> ");
  terminal.type("select -AID \t");
  terminal.expect("A000000");
}

TEST(Repl, CtrlCCancelsTheLine) {
  const WorkingFolder folder;
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i"});
  terminal.expect(kReady);
  terminal.type("frobnicate\x03");
  terminal.expect("^C\n");
  EXPECT_EQ(terminal.expect(kReady), "");
  terminal.type("print here\r");
  terminal.expect("# here\n");
  terminal.expect(kReady);
}

TEST(Repl, CtrlCStopsBetweenTwoApdus) {
  const WorkingFolder folder;
  PseudoTerminal terminal(folder,
                          {"--card", "virtual", "-i", "--trace", "gpshell", "--fault", "slow=100000@ins:50"});
  terminal.expect(kReady);
  terminal.type(kOpen);
  terminal.expect("Wrapped command --> 8050");
  terminal.type("\x03");
  terminal.expect("Response <-- ");
  terminal.expect("error[gpsh.interrupted]: stopped on request, before the next APDU was sent\n");
  EXPECT_EQ(terminal.expect(kReady).find("Command -->"), std::string::npos);
  terminal.type("select\r");
  terminal.expect("Command --> 00A4");
}

TEST(Repl, APastedScriptIsCheckedAsAWholeAndRuns) {
  const WorkingFolder folder;
  PseudoTerminal terminal(folder, {"--card", "virtual:jcop-j2a040", "-i"});
  terminal.expect("gp211 jcop-j2a040> ");
  auto script = read_file(source_file("examples/listgp211.txt"));
  std::replace(script.begin(), script.end(), '\n', '\r');
  terminal.type(script);
  terminal.expect("a000000003000000                 | OP Ready");
  terminal.expect("release_context\ngp211> ");
  terminal.type("print done\r");
  terminal.expect("# done\n");
}

TEST(Repl, HistoryIsKeptForTheOwnerWithoutSecrets) {
  const WorkingFolder folder;
  {
    PseudoTerminal terminal(folder, {"--card", "virtual", "-i"});
    terminal.expect(kReady);
    terminal.type("print first\r");
    terminal.expect("# first\n");
    terminal.expect(kReady);
    terminal.type("open_sc -key 00112233445566778899AABBCCDDEEFF -noStop\r");
    terminal.expect("mutual_authentication() returns");
    terminal.expect("gp211 virtual");
    terminal.type("exit\r");
    EXPECT_EQ(terminal.exit_code(), 0);
  }
  const auto file = folder.path(".state/gpsh/history");
  EXPECT_EQ(read_file(file), "print first\nexit\n");
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i"});
  terminal.expect(kReady);
  terminal.type("\x10\x10\r");
  terminal.expect("# first\n");
  terminal.expect(kReady);
  terminal.type("history\r");
  terminal.expect("    1  print first\n    2  exit\n    3  print first\n");
}

TEST(Repl, HistoryIsCutToAThousandLines) {
  const WorkingFolder folder;
  std::filesystem::create_directories(folder.path(".state/gpsh"));
  std::string old;
  for (int line = 1; line <= 1002; ++line) old += "print " + std::to_string(line) + "\n";
  folder.write(".state/gpsh/history", old);
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i"});
  terminal.expect(kReady);
  const auto file = folder.path(".state/gpsh/history");
  EXPECT_TRUE(read_file(file).starts_with("print 3\n"));
  EXPECT_TRUE(read_file(file).ends_with("print 1002\n"));
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(Repl, DestructiveCommandsNameTheirConsequenceAndAsk) {
  const WorkingFolder folder;
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i"});
  terminal.expect(kReady);
  terminal.type("trace on\r");
  terminal.expect(kReady);
  terminal.type("delete -AID D0D1D2D3D4D501\r");
  terminal.expect(
      "delete: this deletes D0D1D2D3D4D501, with its data, and if it is a load file all that came from it\n");
  terminal.expect("go on? [y/N] ");
  terminal.type("n\r");
  terminal.expect("nothing was done\n");
  terminal.expect(kReady);
  terminal.type("delete -AID D0D1D2D3D4D501\r");
  terminal.expect("go on? [y/N] ");
  terminal.type("yes\r");
  terminal.expect("Command --> 80E4");
  terminal.expect(kReady);
}

TEST(Repl, YesAnswersBeforehand) {
  const WorkingFolder folder;
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i", "--yes", "--trace", "gpshell"});
  terminal.expect(kReady);
  terminal.type("delete -AID D0D1D2D3D4D501\r");
  EXPECT_EQ(terminal.expect("Command --> 80E4").find("go on?"), std::string::npos);
}

TEST(Repl, HelpAndTrace) {
  const WorkingFolder folder;
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i"});
  terminal.expect(kReady);
  terminal.type("help\r");
  terminal.expect("  open_sc                                  Open a secure channel");
  terminal.expect("Words of the shell:\n");
  terminal.expect(kReady);
  terminal.type("help open_sc\r");
  terminal.expect("open_sc: Open a secure channel");
  terminal.expect(kReady);
  terminal.type("help opensc\r");
  terminal.expect("there is no script command opensc\n  advice: did you mean open_sc?\n");
  terminal.type("trace on\r");
  terminal.expect(kReady);
  terminal.type("select\r");
  terminal.expect("Command --> 00A4040000");
  terminal.type("trace off\r");
  terminal.expect("> ");
  terminal.type("trace\r");
  terminal.expect("the trace is off; trace on, off, explain and gpshell change it\n");
  terminal.type("trace explain\r");
  terminal.expect("> ");
  terminal.type("select\r");
  terminal.expect("  9000  SELECT\n");
  terminal.type("trace gpshell\r");
  terminal.expect("> ");
  terminal.type("select\r");
  terminal.expect("Command --> 00A4040000");
}

TEST(Repl, ScriptFirstThenTheShell) {
  const WorkingFolder folder;
  folder.write("start.txt", "mode_211\nestablish_context\ncard_connect\nprint ready\nexit\n");
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i", "start.txt"});
  EXPECT_EQ(terminal.expect(kReady), "mode_211\nestablish_context\ncard_connect\n# ready\n\nexit\n");
  terminal.type("exit\r");
  EXPECT_EQ(terminal.exit_code(), 0);
}

TEST(Repl, TakesTheKeysOfAFile) {
  const WorkingFolder folder;
  folder.write("card.keys", "CARD_KEY = 404142434445464748494A4B4C4D4E4F\n");
  std::filesystem::permissions(folder.path("card.keys"),
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i", "--keys", "card.keys"});
  terminal.expect(kReady);
  terminal.type("open_sc -security 1 -key ${CARD_KEY}\r");
  terminal.expect("scp02:mac> ");
}

TEST(Repl, KeysThatAreGoneEndTheEntryAlone) {
  const WorkingFolder folder;
  folder.write("card.keys", "CARD_KEY = 404142434445464748494A4B4C4D4E4F\n");
  std::filesystem::permissions(folder.path("card.keys"),
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i", "--keys", "card.keys"});
  terminal.expect(kReady);
  std::filesystem::remove(folder.path("card.keys"));
  terminal.type("print here\r");
  terminal.expect(
      "error[gpsh.unreadable-keys]: cannot read the keys of card.keys: No such file or directory\n");
  terminal.expect(kReady);
}

// Of a script: the same terminal, no shell.
TEST(AskKeys, AsksOnceForEachNameAndShowsNothing) {
  const WorkingFolder folder;
  folder.write("list.txt",
               "mode_211\nestablish_context\ncard_connect\nselect\n"
               "open_sc -security 1 -enc_key ${CARD_KEY} -mac_key ${CARD_KEY}\nget_status -element 80\n");
  PseudoTerminal terminal(folder, {"--card", "virtual", "--ask-keys", "list.txt"});
  terminal.expect("CARD_KEY: ");
  terminal.type(
      "404142434445464748494A4B4C4D4E4E\x7F"
      "F\n");
  EXPECT_EQ(terminal.expect("mode_211"), "\n");
  const auto shown = terminal.expect("a000000003000000");
  EXPECT_EQ(shown.find("CARD_KEY: "), std::string::npos);
  EXPECT_EQ(terminal.exit_code(), 0);
}

// Each card has a script of its own, checked with the same answer.
TEST(AskKeys, AsksOnceForAllReaders) {
  const WorkingFolder folder;
  folder.write("list.txt",
               "mode_211\nestablish_context\ncard_connect\nselect\n"
               "open_sc -security 1 -enc_key ${CARD_KEY} -mac_key ${CARD_KEY}\nget_status -element 80\n");
  PseudoTerminal terminal(folder, {"--card", "virtual", "--reader", "all", "--ask-keys", "list.txt"});
  terminal.expect("CARD_KEY: ");
  terminal.type("404142434445464748494A4B4C4D4E4F\n");
  EXPECT_EQ(terminal.expect("a000000003000000").find("CARD_KEY: "), std::string::npos);
  EXPECT_EQ(terminal.exit_code(), 0);
}

TEST(AskKeys, WhatWasTypedIsNotInMessages) {
  const WorkingFolder folder;
  folder.write("list.txt", "open_sc -scp ${CARD_KEY}\n");
  PseudoTerminal terminal(folder, {"--card", "virtual", "--ask-keys", "list.txt"});
  terminal.expect("CARD_KEY: ");
  terminal.type("00112233445566778899AABBCCDDEEFF\n");
  EXPECT_EQ(terminal.exit_code(), 2);
  EXPECT_EQ(terminal.rest().find("00112233445566778899AABBCCDDEEFF"), std::string::npos) << terminal.rest();
}

TEST(AskKeys, CtrlCStopsBeforeTheCard) {
  const WorkingFolder folder;
  folder.write("list.txt", "open_sc -key ${CARD_KEY}\n");
  PseudoTerminal terminal(folder, {"--card", "virtual", "--ask-keys", "list.txt"});
  terminal.expect("CARD_KEY: ");
  terminal.type("\x03");
  terminal.expect("gpsh: error[gpsh.interrupted]: stopped on request; nothing of it was run\n");
  EXPECT_EQ(terminal.exit_code(), 2);
}

// Of the entry alone: nothing that was typed is kept.
TEST(AskKeys, AsksForTheLinesOfTheShellToo) {
  const WorkingFolder folder;
  PseudoTerminal terminal(folder, {"--card", "virtual", "-i", "--ask-keys"});
  terminal.expect(kReady);
  terminal.type("select -AID ${CARD_AID}\r");
  terminal.expect("CARD_AID: ");
  terminal.type("\x03");
  terminal.expect("error[gpsh.interrupted]: stopped on request; nothing of it was run\n");
  terminal.expect(kReady);
  terminal.type("select -AID ${CARD_AID}\r");
  terminal.expect("CARD_AID: ");
  terminal.type("a000000003000000\n");
  const auto shown = terminal.expect("gp211 virtual A000\u202600> ");
  EXPECT_EQ(shown.find("a000000003000000"), std::string::npos) << shown;
}

TEST(Repl, NeedsATerminal) {
  const WorkingFolder folder;
  const auto run = folder.run({"--card", "virtual", "-i"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.usage]: -i needs a terminal on stdin\n"
            "  advice: leave -i out to run a script\n");
}

}  // namespace
}  // namespace gpsh::test
