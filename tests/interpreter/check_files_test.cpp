// SPDX-License-Identifier: Apache-2.0
// The rules about the files that a script names.
#include "interpreter/check_files.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/interpreter/checked.h"
#include "tests/support/program.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

/// small.cap: package F0000000010001, one applet F000000001000101.
std::string told_of_files(const std::string& text, std::map<std::string, Bytes> more = {}) {
  more.emplace("small.cap", SmallCap{}.zipped());
  const auto files = files_of(std::move(more));
  return told(interpreter::check_files(bound(text), files));
}

TEST(CheckFiles, GoodOnesAreSilent) {
  EXPECT_EQ(told_of_files(kOpened + "install -file small.cap -pkgAID F0000000010001 -AID F000000001000101\n"
                                    "install_for_load -pkgAID F0000000010001\nload -file small.cap\n"),
            "");
}

TEST(CheckFiles, MissingFile) {
  EXPECT_EQ(told_of_files(kOpened + "install -file absent.cap\n"),
            "list.txt:6:15: error[gpsh.unreadable-file]: cannot read absent.cap: No such file or directory\n"
            "  install -file absent.cap\n"
            "                ^^^^^^^^^^\n"
            "  advice: check the name; it is relative to the folder gpsh runs in\n");
  EXPECT_NE(told_of_files(kOpened + "put_dm_token_keys -file absent.pem -noStop\n")
                .find("list.txt:6:25: warning[gpsh.unreadable-file]: cannot read absent.pem"),
            std::string::npos);
}

TEST(CheckFiles, MissingKeyFile) {
  EXPECT_EQ(told_of_files(kOpened + "put_dm_token_keys -file absent.pem\n"),
            "list.txt:6:25: error[gpsh.unreadable-file]: cannot read absent.pem: No such file or directory\n"
            "  put_dm_token_keys -file absent.pem\n"
            "                          ^^^^^^^^^^\n"
            "  advice: check the name; it is relative to the folder gpsh runs in\n");
}

TEST(CheckFiles, FilesOnDisk) {
  const auto failure = [](const std::string& path) -> std::string {
    try {
      return std::to_string(interpreter::read_file(path).size());
    } catch (const Error& error) {
      return std::string(error.code()) + ": " + error.facts().message;
    }
  };
  EXPECT_EQ(failure("/nowhere/a.cap"),
            "unreadable-file: cannot read /nowhere/a.cap: No such file or directory");
  EXPECT_EQ(failure("/"), "unreadable-file: cannot read /: Is a directory");
  EXPECT_EQ(failure("/dev/null"), "0");
}

TEST(CheckFiles, AMistypedNameIsGuessed) {
  const WorkingFolder folder;
  folder.write("hello.cap", "");
  const auto advice = [&folder](const std::string& name) -> std::string {
    try {
      return std::to_string(interpreter::read_file(folder.path(name)).size());
    } catch (const Error& error) {
      return error.facts().advice;
    }
  };
  EXPECT_EQ(advice("helo.cap"), "did you mean " + folder.path("hello.cap") + "?");
  std::filesystem::create_directory(folder.path("keys"));
  EXPECT_EQ(advice("kyes"), "check the name; it is relative to the folder gpsh runs in");
  EXPECT_EQ(advice("other.pem"), "check the name; it is relative to the folder gpsh runs in");
}

TEST(CheckFiles, BrokenCap) {
  SmallCap other;
  other.header = component(1, hex("CAFEBABE 010204 0201 07 F0000000010001"));
  const auto text = told_of_files(kOpened + "install -file a.cap\ninstall -file b.cap\n",
                                  {{"a.cap", hex("504B0304 00")}, {"b.cap", other.zipped()}});
  EXPECT_NE(text.find("list.txt:6:15: error[gpsh.cap-unzip]: "), std::string::npos) << text;
  EXPECT_NE(text.find("list.txt:7:15: error[gpsh.cap-structure]: "), std::string::npos) << text;
}

TEST(CheckFiles, AidsThatAreNotTheFiles) {
  EXPECT_EQ(told_of_files(kOpened + "install -file small.cap -pkgAID F0000000010002\n"),
            "list.txt:6:33: warning[gpsh.aid-mismatch]: the package of the file is F0000000010001, not "
            "F0000000010002\n"
            "  install -file small.cap -pkgAID F0000000010002\n"
            "                                  ^^^^^^^^^^^^^^\n"
            "  advice: write -pkgAID F0000000010001\n");
  EXPECT_EQ(told_of_files(kOpened + "install -file small.cap -AID F0000000010002\n"),
            "list.txt:6:30: warning[gpsh.aid-mismatch]: the file has no applet F0000000010002\n"
            "  install -file small.cap -AID F0000000010002\n"
            "                               ^^^^^^^^^^^^^^\n"
            "  advice: write -AID with one of: F000000001000101\n");
  SmallCap library;
  library.applet.clear();
  EXPECT_NE(
      told_of_files(kOpened + "install -file lib.cap -AID F0000000010002\n", {{"lib.cap", library.zipped()}})
          .find("the file is a library, without the applet F0000000010002"),
      std::string::npos);
}

TEST(CheckFiles, StepsAreComparedWithTheFileLoaded) {
  EXPECT_EQ(told_of_files(kOpened + "install_for_load -pkgAID F0000000010002\nload -file small.cap\n"),
            "list.txt:7:12: warning[gpsh.aid-mismatch]: the package of the file is F0000000010001, but "
            "install_for_load announced F0000000010002\n"
            "  load -file small.cap\n"
            "             ^^^^^^^^^\n"
            "  advice: write install_for_load -pkgAID F0000000010001\n");
  EXPECT_NE(
      told_of_files(kOpened +
                    "install_for_load -pkgAID F0000000010001\nload -file small.cap\ninstall_for_install "
                    "-pkgAID F0000000010001 -AID F000000001000102 -instAID F000000001000102\n"
                    "install_for_make_selectable -instAID F000000001000102\n")
          .find("list.txt:8:49: warning[gpsh.aid-mismatch]: the file has no applet F000000001000102"),
      std::string::npos);
}

TEST(CheckFiles, CodeLimitBelowTheLoadFile) {
  EXPECT_EQ(told_of_files(kOpened + "install -file small.cap -nvCodeLimit 100\n"),
            "list.txt:6:38: warning[gpsh.small-limit]: -nvCodeLimit 100 is less than the " +
                std::to_string(SmallCap{}.load_file().size()) +
                " bytes of the load file\n"
                "  install -file small.cap -nvCodeLimit 100\n"
                "                                       ^^^\n"
                "  advice: leave it out, or give at least that much\n");
}

TEST(CheckFiles, MoreThan256Blocks) {
  SmallCap cap;
  cap.method = component(7, Bytes(62000, 0));
  const auto line = std::string("install -file big.cap\n");
  EXPECT_EQ(told_of_files(kOpened + line, {{"big.cap", cap.zipped()}}), "");
  const auto encrypted = kSelected + "open_sc -security 3 " + kThreeKeys + "\n";
  EXPECT_EQ(told_of_files(encrypted + line, {{"big.cap", cap.zipped()}}),
            "list.txt:6:15: error[gpsh.load-file-too-long]: the load file has " +
                std::to_string(cap.load_file().size()) +
                " bytes; 256 blocks of 239 carry less\n"
                "  install -file big.cap\n"
                "                ^^^^^^^\n"
                "  advice: use a lower security level, or split the package\n");
}

TEST(CheckFiles, KeyFileWithoutPem) {
  EXPECT_EQ(told_of_files(kOpened + "put_dm_token_keys -file small.cap\n"),
            "list.txt:6:25: error[gpsh.pem]: the file is not a PEM file with a key\n"
            "  put_dm_token_keys -file small.cap\n"
            "                          ^^^^^^^^^\n"
            "  advice: give a PEM file with PUBLIC KEY, PRIVATE KEY, ENCRYPTED PRIVATE KEY, RSA PRIVATE KEY "
            "or EC PRIVATE KEY\n");
}

TEST(CheckFiles, PassPhrasesFromTheCommandLine) {
  const WorkingFolder folder;
  folder.write("key.pem", read_file(source_file("tests/data/pem/rsa-encrypted.pem")));
  const auto checked = [&](const std::string& pass) {
    folder.write("a.txt",
                 kOpened + "put_dm_token_keys -file key.pem" + pass + " # gpsh:allow key-in-clear\n");
    return folder.run({"check", "a.txt"});
  };
  const auto good = checked(" -pass opensesame");
  EXPECT_EQ(good.exit_code, 0) << good.err;
  EXPECT_EQ(good.out, "a.txt: 6 commands, no errors\n");
  EXPECT_EQ(good.err, "");
  const auto wrong = checked(" -pass opensesamE");
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_EQ(wrong.out, "a.txt: 6 commands, 1 error\n");
  EXPECT_EQ(wrong.err,
            "a.txt:6:25: error[gpsh.pem]: the private key in the PEM file cannot be decrypted\n"
            "  put_dm_token_keys -file key.pem -pass ******** # gpsh:allow key-in-clear\n"
            "                          ^^^^^^^\n"
            "  advice: check -pass; a damaged file looks the same\n");
  EXPECT_EQ(checked("").err,
            "a.txt:6:25: error[gpsh.pem]: the private key in the PEM file is encrypted\n"
            "  put_dm_token_keys -file key.pem # gpsh:allow key-in-clear\n"
            "                          ^^^^^^^\n"
            "  advice: give its pass phrase with -pass\n");
}

TEST(CheckFiles, EachFileIsReadOnce) {
  int reads = 0;
  const interpreter::FileReader reader = [&](const std::string&) {
    ++reads;
    return SmallCap{}.zipped();
  };
  const auto script = interpreter::check_files(
      bound(kOpened + "install -file a.cap\ninstall -file a.cap\nexit\ninstall -file b.cap\n"), reader);
  EXPECT_EQ(reads, 1);
}

}  // namespace
}  // namespace gpsh::test
