// SPDX-License-Identifier: Apache-2.0
// The program as a person calls it. Messages whole, exit codes of the contract.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "interpreter/checks/codes.h"
#include "interpreter/command_table.h"
#include "tests/support/program.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

TEST(CommandLine, MissingScript) {
  const WorkingFolder folder;
  const auto run = folder.run({"absent.txt"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(
      run.err,
      "gpsh: error[gpsh.unreadable-script]: cannot read the script absent.txt: No such file or directory\n"
      "  advice: check the name; gpsh --help lists what gpsh can do besides running scripts\n");
}

TEST(CommandLine, AMistypedScriptIsGuessed) {
  const WorkingFolder folder;
  folder.write("list.txt", "mode_211\n");
  const auto run = folder.run({"--card", "virtual", "lsit.txt"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(
      run.err,
      "gpsh: error[gpsh.unreadable-script]: cannot read the script lsit.txt: No such file or directory\n"
      "  advice: did you mean list.txt?\n");
}

TEST(CommandLine, PathsThatCannotBeLookedAt) {
  const WorkingFolder folder;
  const std::string name(300, 'a');
  const auto script = folder.run({name});
  EXPECT_EQ(script.exit_code, 2);
  EXPECT_EQ(script.err, "gpsh: error[gpsh.unreadable-script]: cannot read the script " + name +
                            ": File name too long\n"
                            "  advice: check the name; gpsh --help lists what gpsh can do besides running "
                            "scripts\n");
  const auto recording = folder.run({"replay", name});
  EXPECT_EQ(recording.exit_code, 2);
  EXPECT_EQ(recording.err, "gpsh: error[gpsh.unreachable-path]: cannot look at " + name +
                               ": File name too long\n"
                               "  advice: check the name and the permissions of its folders\n");
}

TEST(CommandLine, FolderAsScript) {
  const WorkingFolder folder;
  const auto run = folder.run({"."});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.unreadable-script]: cannot read the script .: it is a folder\n"
            "  advice: check the name; gpsh --help lists what gpsh can do besides running scripts\n");
}

TEST(CommandLine, ScriptOfTooManyLines) {
  const WorkingFolder folder;
  folder.write("most.txt", "mode_211" + std::string(100'000, '\n'));
  EXPECT_EQ(folder.run({"check", "most.txt"}).exit_code, 0);
  folder.write("more.txt", std::string(100'001, '\n'));
  const auto run = folder.run({"check", "more.txt"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.unreadable-script]: cannot read the script more.txt: it has over 100000 lines\n"
            "  advice: check the name; gpsh --help lists what gpsh can do besides running scripts\n");
}

TEST(CommandLine, EmptyScript) {
  const WorkingFolder folder;
  folder.write("empty.txt", "");
  const auto run = folder.run({"--card", "virtual", "empty.txt"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "empty.txt: error[gpsh.empty-script]: there is no command in this script\n"
            "  advice: write at least one; gpsh help lists the commands\n");
}

TEST(CommandLine, BinaryFile) {
  const WorkingFolder folder;
  folder.write("hello.cap", std::string("PK\x03\x04\x14\x00\x08\x00\n\x00\x00", 11));
  const auto run = folder.run({"hello.cap", "--card", "virtual"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "hello.cap:1:6: error[gpsh.nul-byte]: a NUL byte stands here (4 in the whole file)\n"
            "  PK......\n"
            "       ^\n"
            "  advice: a script is plain text; is this the right file, and not saved as UTF-16?\n");
}

TEST(CommandLine, CrlfScriptRuns) {
  const WorkingFolder folder;
  folder.write("crlf.txt", "mode_211\r\nestablish_context\r\ncard_connect\r\nselect\r\nprint ok\r\n");
  const auto run = folder.run({"crlf.txt", "--card", "virtual"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out, "mode_211\r\nestablish_context\r\ncard_connect\r\nselect\r\n# ok\r\n\n");
}

TEST(CommandLine, ScriptFromStdinAndFromText) {
  const WorkingFolder folder;
  const std::string script = "establish_context\ncard_connect\nselect\n";
  EXPECT_EQ(folder.run({"--card", "virtual"}, script).out, script);
  EXPECT_EQ(folder.run({"--card", "virtual", "-"}, script).out, script);
  EXPECT_EQ(folder.run({"--card", "virtual", "-c", "establish_context", "-c", "card_connect\nselect"}).out,
            script);
  const auto wrong = folder.run({"--card", "virtual", "-c", "print a", "-c", "slect"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_TRUE(wrong.err.starts_with("-c:2:1: error[gpsh.unknown-command]: unknown command slect\n"))
      << wrong.err;
  EXPECT_EQ(folder.run({"script.txt", "-c", "exit"}).exit_code, 2);
}

TEST(CommandLine, CardComesFromTheEnvironmentUnlessGiven) {
  const WorkingFolder folder;
  const std::string script = "establish_context\nlist_readers\n";
  const auto virtual_card = folder.run({"-c", script}, "", {"GPSH_CARD=virtual"});
  EXPECT_EQ(virtual_card.out, script + "* reader name gpsh Virtual Card 00\n");
  const auto unknown = folder.run({"-c", script, "--card", "plastic"}, "", {"GPSH_CARD=virtual"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_EQ(unknown.err,
            "gpsh: error[gpsh.usage]: there is no card \"plastic\"\n"
            "  advice: write pcsc, virtual, virtual:PROFILE or virtual:FILE.json\n");
}

TEST(CommandLine, AMistypedCardHasANearOne) {
  const WorkingFolder folder;
  constexpr auto kElse = "? Else write pcsc, virtual, virtual:PROFILE or virtual:FILE.json\n";
  for (const auto& [card, near] :
       {std::pair{"vritual", "virtual"}, std::pair{"virt", "virtual"},
        std::pair{"Virtual:t0-card", "virtual:t0-card"},
        std::pair{"vritual:t0-card,state=a.json", "virtual:t0-card,state=a.json"},
        std::pair{"jcop-j2a04", "virtual:jcop-j2a040"}, std::pair{"./mine.json", "virtual:./mine.json"},
        std::pair{"psc", "pcsc"}}) {
    const auto run = folder.run({"--card", card, "-c", "exit"});
    EXPECT_EQ(run.exit_code, 2) << card;
    EXPECT_EQ(run.err, std::string("gpsh: error[gpsh.usage]: there is no card \"") + card +
                           "\"\n  advice: did you mean " + near + kElse);
  }
  const auto profile = folder.run({"--card", "virtual:jcop-j2a04", "-c", "exit"});
  EXPECT_NE(
      profile.err.find("there is no card profile named jcop-j2a04\n  advice: did you mean jcop-j2a040?"),
      std::string::npos)
      << profile.err;
}

TEST(CommandLine, ProfileCanBeAFile) {
  const WorkingFolder folder;
  folder.write("mine.json", folder.run({"card", "show", "jcop-j2a040"}).out);
  const auto run =
      folder.run({"--card", "virtual:./mine.json", "-c", "establish_context\ncard_connect\nselect"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const auto unknown = folder.run({"--card", "virtual:jcop", "-c", "exit"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_NE(unknown.err.find("jcop-j2a040"), std::string::npos) << unknown.err;
}

TEST(CommandLine, FormatOfAWordThatHasNone) {
  const WorkingFolder folder;
  const auto run = folder.run({"report", "a.log", "-o", "a.html", "--format", "json"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.usage]: gpsh report has no option --format\n"
            "  advice: see gpsh report --help\n");
  EXPECT_EQ(folder.run({"--format", "sarif", "readers"}).err,
            "gpsh: error[gpsh.usage]: --format: sarif not in {text,json}\n"
            "  advice: see gpsh readers --help\n");
  EXPECT_EQ(folder.run({"--format", "sarif", "-c", "exit"}).err,
            "gpsh: error[gpsh.usage]: a run has no format sarif\n"
            "  advice: use --format text or json; gpsh check has sarif too\n");
  EXPECT_EQ(folder.run({"help", "doctor", "--format", "json"}).err,
            "gpsh: error[gpsh.usage]: the help on the word doctor has no format json\n"
            "  advice: gpsh help, gpsh help checks, gpsh help codes, and each command and code have\n");
}

TEST(CommandLine, WhatAWordDoesNotTakeIsRefused) {
  const WorkingFolder folder;
  const auto told = [&](const std::vector<std::string>& words) {
    const auto run = folder.run(words);
    EXPECT_EQ(run.exit_code, 2);
    return run.err;
  };
  EXPECT_EQ(told({"explain", "a.log", "b.log"}),
            "gpsh: error[gpsh.usage]: gpsh explain takes no further argument: b.log\n"
            "  advice: see gpsh explain --help\n");
  EXPECT_EQ(told({"ledger", "claer"}),
            "gpsh: error[gpsh.usage]: gpsh ledger takes no further argument: claer\n"
            "  advice: did you mean gpsh ledger clear?\n");
  EXPECT_EQ(told({"explain", "a", "b", "c"}),
            "gpsh: error[gpsh.usage]: gpsh explain takes fewer arguments\n"
            "  advice: see gpsh explain --help\n");
  EXPECT_EQ(told({"--card", "virtual", "info", "--record", "a.jsonl"}),
            "gpsh: error[gpsh.usage]: gpsh info has no option --record\n"
            "  advice: see gpsh info --help\n");
  EXPECT_EQ(told({"--lenient", "ledger", "show"}),
            "gpsh: error[gpsh.usage]: gpsh ledger show has no option --lenient\n"
            "  advice: see gpsh ledger show --help\n");
  EXPECT_EQ(told({"keys", "kcv"}),
            "gpsh: error[gpsh.usage]: --key is required\n"
            "  advice: see gpsh keys kcv --help\n");
}

TEST(CommandLine, ProfilesAndHelpAsJson) {
  const WorkingFolder folder;
  const auto json_of = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--format", "json"});
    const auto run = folder.run(words);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return nlohmann::json::parse(run.out);
  };
  const auto profiles = json_of({"card", "profiles"});
  EXPECT_EQ(profiles.at(0).at("name"), "card-locked");
  EXPECT_EQ(json_of({"card", "show", "scp03-i70"}).at("secure_channel").at("i"), "70");
  const auto commands = json_of({"help"});
  EXPECT_EQ(commands.size(), interpreter::command_names().size());
  const auto key = json_of({"help", "open_sc"}).at("options").at(0);
  EXPECT_EQ(key.at("name"), "-key");
  EXPECT_EQ(key.at("secret"), true);
  EXPECT_EQ(json_of({"help", "checks"}).size(), interpreter::checks::code_table().size());
  EXPECT_EQ(json_of({"help", "key-in-clear"}).at("severity"), "note");
}

TEST(CommandLine, AProfileFileIsShownOnlyIfACardCanBeMadeOfIt) {
  const WorkingFolder folder;
  const auto text = folder.run({"card", "show", "scp03-i70"}).out;
  folder.write("mine.json", text);
  EXPECT_EQ(folder.run({"card", "show", "mine.json"}).out, text);
  folder.write("mine.json", "{\"kind\": \"profile\", \"atr\": 5}");
  const auto wrong = folder.run({"card", "show", "mine.json"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_EQ(wrong.out, "");
  EXPECT_NE(wrong.err.find("error[gpsh.bad-profile]: mine.json: "), std::string::npos) << wrong.err;
}

TEST(CommandLine, OutputThatCannotBeWritten) {
  if (!std::ofstream("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
  const WorkingFolder folder;
  const auto program = std::string(std::getenv("GPSH_PROGRAM"));
  for (const std::string call : {" --help", " help", " -c 'print x'"}) {
    const auto err = folder.path("err");
    const int status = std::system((program + call + " >/dev/full 2>" + err).c_str());
    EXPECT_EQ(WEXITSTATUS(status), 2) << call;
    EXPECT_EQ(read_file(err),
              "gpsh: error[gpsh.unwritable-output]: the output could not be written, at least not all of it\n"
              "  advice: is the disk full, or the pipe closed? What the script did on the card is done\n")
        << call;
  }
}

TEST(CommandLine, UnknownOption) {
  const WorkingFolder folder;
  const auto run = folder.run({"x.txt", "--frobnicate"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_TRUE(run.err.starts_with("gpsh: error[gpsh.usage]: ")) << run.err;
  EXPECT_NE(run.err.find("--frobnicate"), std::string::npos);
}

TEST(CommandLine, ReplayRefusesAnotherCard) {
  const WorkingFolder folder;
  const auto run = folder.run({"--replay", "x.log", "--card", "virtual", "-c", "exit"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.usage]: --replay answers from a file, so --card and --reader have no meaning "
            "with it\n"
            "  advice: leave them out\n");
}

TEST(CommandLine, FixedHostChallengeMakesVirtualSessionsAlike) {
  const WorkingFolder folder;
  const std::string open =
      "mode_211\nenable_trace\nestablish_context\ncard_connect\nselect\nopen_sc -security 1 -key "
      "404142434445464748494A4B4C4D4E4F -enc_key 404142434445464748494A4B4C4D4E4F -mac_key "
      "404142434445464748494A4B4C4D4E4F\n";
  const auto run =
      folder.run({"--card", "virtual", "--fixed-host-challenge", "0102030405060708", "-c", open});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_NE(run.out.find("Command --> 8050000008010203040506070800\n"), std::string::npos);
  EXPECT_EQ(folder.run({"--fixed-host-challenge", "0102030405060708", "-c", open}).exit_code, 2);
  EXPECT_EQ(folder.run({"--card", "virtual", "--fixed-host-challenge", "01", "-c", open}).exit_code, 2);
}

TEST(CommandLine, SecretsAreMaskedUnlessAskedFor) {
  const WorkingFolder folder;
  const std::string script =
      "establish_context\ncard_connect\nselect\nopen_sc -key 00112233445566778899AABBCCDDEEFF -noStop\n";
  const auto masked = folder.run({"--card", "virtual", "-c", script});
  EXPECT_EQ((masked.out + masked.err).find("00112233"), std::string::npos);
  EXPECT_NE(masked.out.find("-key <hidden,kcv-3des=FB0975,kcv-aes=3544E0>"), std::string::npos) << masked.out;
  const auto shown = folder.run({"--card", "virtual", "--show-secrets", "-c", script});
  EXPECT_NE(shown.out.find("-key 00112233445566778899AABBCCDDEEFF"), std::string::npos);
}

TEST(CommandLine, CheckCountsAndTells) {
  const WorkingFolder folder;
  folder.write("good.txt", "mode_211\nestablish_context\n");
  folder.write("bad.txt", "mode_212\n");
  const auto good = folder.run({"check", "good.txt"});
  EXPECT_EQ(good.exit_code, 0);
  EXPECT_EQ(good.out, "good.txt: 2 commands, no errors\n");
  const auto bad = folder.run({"check", "good.txt", "bad.txt"});
  EXPECT_EQ(bad.exit_code, 2);
  EXPECT_EQ(bad.err,
            "bad.txt:1:1: error[gpsh.unknown-command]: unknown command mode_212\n"
            "  mode_212\n"
            "  ^^^^^^^^\n"
            "  advice: did you mean mode_211?\n");
  EXPECT_EQ(folder.run({"check", "--lenient", "bad.txt"}).exit_code, 0);
}

TEST(CommandLine, RunTakesFilesNamedLikeASubcommand) {
  const WorkingFolder folder;
  folder.write("check", "print hello\n");
  EXPECT_EQ(folder.run({"run", "check", "--card", "virtual"}).out, "# hello\n\n");
}

TEST(CommandLine, HelpAndVersion) {
  const WorkingFolder folder;
  EXPECT_EQ(folder.run({"--version"}).out.substr(0, 5), "gpsh ");
  EXPECT_NE(folder.run({"--help"}).out.find("Exit codes: 0 good"), std::string::npos);
  EXPECT_TRUE(folder.run({"help", "open_sc"}).out.starts_with("open_sc: Open a secure channel"));
  const auto unknown = folder.run({"help", "opensc"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_EQ(unknown.err,
            "gpsh: error[gpsh.unknown-command]: there is no script command opensc\n"
            "  advice: did you mean open_sc?\n");
  EXPECT_EQ(folder.run({"help", "doctr"}).err,
            "gpsh: error[gpsh.unknown-command]: there is no script command doctr\n"
            "  advice: did you mean doctor?\n");
}

TEST(CommandLine, HelpKnowsTheWordsToo) {
  const WorkingFolder folder;
  const auto help = folder.run({"help", "doctor"});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_EQ(help.out, folder.run({"doctor", "--help"}).out);
  EXPECT_TRUE(
      help.out.starts_with("find the protocol, derivation and key that fit a log\nUsage: gpsh doctor "))
      << help.out;
}

TEST(CommandLine, AMistypedOptionIsNamedWithTheNearest) {
  const WorkingFolder folder;
  EXPECT_EQ(folder.run({"--cart", "virtual", "list.txt"}).err,
            "gpsh: error[gpsh.usage]: there is no option --cart\n  advice: did you mean --card?\n");
  EXPECT_EQ(folder.run({"--cart=virtual", "list.txt"}).err,
            "gpsh: error[gpsh.usage]: there is no option --cart\n  advice: did you mean --card?\n");
  EXPECT_EQ(folder.run({"--qqqqqqq"}).err,
            "gpsh: error[gpsh.usage]: there is no option --qqqqqqq\n  advice: see gpsh --help\n");
}

TEST(CommandLine, AMistypedWordIsNamedWithTheNearest) {
  const WorkingFolder folder;
  EXPECT_EQ(folder.run({"chek", "list.txt"}).err,
            "gpsh: error[gpsh.usage]: gpsh has no word chek\n  advice: did you mean gpsh check?\n");
  EXPECT_EQ(folder.run({"first-list.txt", "second-list.txt"}).err,
            "gpsh: error[gpsh.usage]: more than one script was given\n"
            "  advice: run one at a time; gpsh check takes several\n");
}

TEST(CommandLine, AWordThatNeedsAnotherSaysWhich) {
  const WorkingFolder folder;
  EXPECT_EQ(folder.run({"card"}).err,
            "gpsh: error[gpsh.usage]: gpsh card needs one of these words: serve, profiles, show\n"
            "  advice: see gpsh card --help\n");
}

}  // namespace
}  // namespace gpsh::test
