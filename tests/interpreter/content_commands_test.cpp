// SPDX-License-Identifier: Apache-2.0
// install, load and delete: what they send, what they print, and where they stop.
#include <gtest/gtest.h>

#include "tests/interpreter/script_run.h"
#include "tests/interpreter/scripted_access.h"
#include "tests/interpreter/written_file.h"
#include "tests/support/small_cap.h"

namespace gpsh::test {
namespace {

const std::string kConnect = "mode_211\nestablish_context\ncard_connect\n";
const std::string kPackage = "07F0000000010001";
const std::string kApplet = "08F000000001000101";
const std::string kForLoad =
    "80E6020019" + kPackage + "07A0000001510000" + "00" + "06EF04C6020090" + "00" + "00";
const std::string kForInstall = "80E60C0020" + kPackage + kApplet + kApplet + "0100" + "02C900" + "00" + "00";
const std::string kLoad = "80E880008AC48187" + to_hex(SmallCap().load_file()) + "00";
const std::string kDelete = "80E40080094F" + kPackage + "00";

class ContentCommands : public ::testing::Test {
 protected:
  ContentCommands() : cap_("small.cap", SmallCap().zipped()) {}

  /// Without the check: what it would stop must be stopped by the commands too.
  ScriptRun run(const std::string& lines, const ScriptOptions& options = {.checked = false}) {
    ScriptedAccess access(card);
    return run_text(kConnect + lines, access, options);
  }
  [[nodiscard]] std::string install() const { return "install -file " + cap_.path(); }

  ScriptedConnection card;
  WrittenFile cap_;
};

/// What stdout has after the echo of the script.
std::string last_line(const ScriptRun& run) {
  const auto text = run.out.substr(0, run.out.size() - 1);
  return text.substr(text.find_last_of('\n') + 1);
}

TEST_F(ContentCommands, InstallAnnouncesLoadsAndInstalls) {
  card.expect(kForLoad, "009000").expect(kLoad, "009000").expect(kForInstall, "009000");
  const auto done = run(install() + "\n");
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_EQ(done.out, kConnect + install() + "\n");
  EXPECT_EQ(done.err, "");
}

TEST_F(ContentCommands, EachStepOfInstallHasItsLabel) {
  const std::array<std::pair<std::string, std::string>, 3> steps{
      {{kForLoad, "install_for_load()"},
       {kLoad, "load()"},
       {kForInstall, "install_for_install_and_make_selectable()"}}};
  for (std::size_t failing = 0; failing < steps.size(); ++failing) {
    card = {};
    for (std::size_t at = 0; at <= failing; ++at)
      card.expect(steps[at].first, at == failing ? "6A80" : "009000");
    const auto stopped = run(install() + "\ncard_disconnect\n");
    EXPECT_EQ(stopped.exit_code, 1);
    EXPECT_EQ(
        last_line(stopped),
        steps[failing].second + " returns 0x80206A80 (6A80: Wrong data / Incorrect values in command data.)");
  }
}

std::string advice_in(const ScriptRun& run) {
  const auto start = run.err.rfind("advice: ") + 8;
  return run.err.substr(start, run.err.size() - start - 1);
}

TEST_F(ContentCommands, SaysWhatARefusedInstallLeftOnTheCard) {
  const std::string not_loaded =
      "package F0000000010001 was not loaded; if it, or a part of it, is on the card, delete -AID "
      "F0000000010001 "
      "removes it";
  card.expect(kForLoad, "6A80");
  const std::string wrong_value =
      "an AID, a privilege or a parameter is not what the card takes, the AID is in use, or the applet "
      "itself "
      "refused its install parameters; ";
  EXPECT_EQ(advice_in(run(install() + "\n")), wrong_value + not_loaded);
  card = {};
  card.expect(kForLoad, "009000").expect(kLoad, "6A84");
  EXPECT_EQ(advice_in(run(install() + "\n")), "delete what is no longer needed; " + not_loaded);
  card = {};
  card.expect(kForLoad, "009000").expect(kLoad, "009000").expect(kForInstall, "6A80");
  EXPECT_EQ(advice_in(run(install() + "\n")),
            wrong_value +
                "package F0000000010001 is on the card, instance F000000001000101 was not made: "
                "install_for_install "
                "-pkgAID F0000000010001 -AID F000000001000101 -instAID F000000001000101 and "
                "install_for_make_selectable -instAID F000000001000101 continue, delete -AID F0000000010001 "
                "removes "
                "everything");
}

TEST_F(ContentCommands, SaysWhatAnInstallWithoutAnAnswerMayHaveLeft) {
  card.expect(kForLoad, "009000").expect(kLoad, "90");
  EXPECT_TRUE(
      advice_in(run(install() + "\n"))
          .ends_with("package F0000000010001 was begun and may be on the card: get_status -element 20 shows "
                     "it, delete -AID F0000000010001 removes it"));
  card = {};
  card.expect(kForLoad, "009000").expect(kLoad, "009000").expect(kForInstall, "90");
  EXPECT_TRUE(
      advice_in(run(install() + "\n"))
          .ends_with("package F0000000010001 is on the card, instance F000000001000101 may be: get_status "
                     "-element 40 shows it, delete -AID F0000000010001 removes everything"));
}

TEST_F(ContentCommands, SaysWhatARunThatWasStoppedHasNotDone) {
  // Asked before each of the four lines, and before each APDU.
  const auto stopped_after = [this](int questions) {
    return advice_in(run(install() + "\n", {.checked = false, .interrupted = [questions]() mutable {
                                              return --questions < 0;
                                            }}));
  };
  card.expect(kForLoad, "009000").expect(kLoad, "009000");
  EXPECT_EQ(stopped_after(6),
            "what ran before stays on the card; package F0000000010001 is on the card, instance "
            "F000000001000101 was not made: install_for_install -pkgAID F0000000010001 -AID F000000001000101 "
            "-instAID F000000001000101 and install_for_make_selectable -instAID F000000001000101 continue, "
            "delete -AID F0000000010001 removes everything");
  card = {};
  card.expect(kForLoad, "009000");
  EXPECT_EQ(
      stopped_after(5),
      "what ran before stays on the card; package F0000000010001 was not loaded; if it, or a part of it, "
      "is on the card, delete -AID F0000000010001 removes it");
}

TEST_F(ContentCommands, SaysThatAnInstanceMayBeWhereItsAnswerCannotBeFetched) {
  card.expect(kForLoad, "009000").expect(kLoad, "009000").expect(kForInstall, "6101");
  card.expect("00C0000001", "6D00");
  const auto run = this->run(install() + "\n");
  EXPECT_EQ(last_line(run),
            "install_for_install_and_make_selectable() returns 0x80206D00 (6D00: Invalid instruction byte / "
            "Command not supported or invalid.)");
  EXPECT_EQ(
      advice_in(run),
      "the card has done the command: look what is on it before sending it again; package F0000000010001 is "
      "on the card, instance F000000001000101 may be: get_status -element 40 shows it, delete -AID "
      "F0000000010001 removes everything");
}

TEST_F(ContentCommands, ALoadThatStopsNamesItsPackage) {
  card.expect(kLoad, "6A80");
  EXPECT_EQ(
      advice_in(run("load -file " + cap_.path() + "\n")),
      "the card cannot take this load file: it may need a newer Java Card version or a package the card "
      "does not have; package F0000000010001 was not loaded; if it, or a part of it, is on the card, "
      "delete -AID F0000000010001 removes it");
}

TEST_F(ContentCommands, EveryAppletIsInstalledUntilOneFails) {
  SmallCap two;
  two.applet = component(3, hex("02 08F000000001000101 000C 08F000000001000102 0010"));
  two.method = component(7, Bytes(49, 0x7A));  // the same size as before
  const WrittenFile file("two.cap", two.zipped());
  const auto load = "80E880008AC48187" + to_hex(two.load_file()) + "00";
  card.expect(kForLoad, "009000").expect(load, "009000").expect(kForInstall, "6985");
  const auto stopped = run("install -file " + file.path() + "\n");
  EXPECT_EQ(stopped.exit_code, 1) << stopped.err;
  EXPECT_EQ(last_line(stopped),
            "install_for_install_and_make_selectable() returns 0x80206985 (6985: Command not allowed - "
            "Conditions of "
            "use not satisfied.)");
}

TEST_F(ContentCommands, ALibraryIsLoadedAndThatIsSaid) {
  SmallCap library;
  library.applet.clear();
  library.method = component(7, Bytes(75, 0x7A));
  const WrittenFile file("library.cap", library.zipped());
  card.expect(kForLoad, "009000").expect("80E880008AC48187" + to_hex(library.load_file()) + "00", "009000");
  const auto done = run("install -file " + file.path() + "\n");
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_NE(
      done.err.find("note[gpsh.library-loaded]: package F0000000010001 is a library: it is loaded, and there "
                    "is no applet to install"),
      std::string::npos)
      << done.err;
}

TEST_F(ContentCommands, OptionsReachTheCommands) {
  card.expect("80E6020024" + kPackage + "08A000000003000000" + "00" + "10EF0EC6020FB0C7020010C80400015F90" +
                  "00" + "00",
              "009000")
      .expect(kLoad, "009000")
      .expect("80E60C0038" + kPackage + kApplet + "08F0000000010001FF" + "03808000" +
                  "18C903010203EF0EC7020010C80400015F90CA02A1A2EA01B1" + "00" + "00",
              "009000");
  const auto done = run(install() +
                        " -sdAID A000000003000000 -instAID F0000000010001FF -priv 8421376 -nvCodeLimit 4000 "
                        "-vDataLimit 16 -nvDataLimit 90000 -instParam 0102 -sdParam 03 -simSpecParam A1A2 "
                        "-uiccSystemSpecParam B1\n");
  EXPECT_EQ(done.exit_code, 0) << done.err;
}

TEST_F(ContentCommands, Mode201ClaimsNoDataMemoryForTheLoad) {
  card.expect("80E6020019" + kPackage + "07A0000000030000" + "00" + "06EF04C6020090" + "00" + "00", "009000")
      .expect(kLoad, "009000")
      .expect("80E60C0026" + kPackage + kApplet + kApplet + "0100" + "08C900EF04C80201F4" + "00" + "00",
              "009000");
  const auto done = run("mode_201\n" + install() + " -nvDataLimit 500\n");
  EXPECT_EQ(done.exit_code, 0) << done.err;
}

TEST_F(ContentCommands, TheDescriptorCostsAndCanBeLeftOut) {
  card.expect(kForLoad, "009000");
  const auto file = concat({hex("C48187"), SmallCap().load_file()});
  card.expect("80E8000078" + to_hex(ByteView(file).first(120)), "9000")
      .expect("80E8800112" + to_hex(ByteView(file).subspan(120)) + "00", "009000")
      .expect(kForInstall, "009000");
  const auto done = run(install() + " -blockSize 120\n");
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_NE(done.err.find(
                "note[gpsh.descriptor-loaded]: without the Descriptor component 1 of 2 LOAD commands would "
                "do"),
            std::string::npos)
      << done.err;
  card = {};
  card.expect("80E8800072C470" + to_hex(ByteView(SmallCap().load_file()).first(112)) + "00", "009000");
  EXPECT_EQ(run("load -omitDescriptor -file " + cap_.path() + " -blockSize 120\n").exit_code, 0);
}

TEST_F(ContentCommands, ALargerBlockSizeIsWhatTheChannelCarries) {
  for (const auto* size : {"255", "256", "300", "65535"}) {
    card = {};
    card.expect(kForLoad, "009000").expect(kLoad, "009000").expect(kForInstall, "009000");
    const auto done = run(install() + " -blockSize " + size + "\n");
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(done.err, "") << size;
  }
  card = {};
  const auto stopped = run(install() + " -blockSize 65536\n");
  EXPECT_EQ(stopped.exit_code, 2);
  EXPECT_NE(stopped.err.find("error[gpsh.bad-number]"), std::string::npos) << stopped.err;
}

TEST_F(ContentCommands, StepsOfTheirOwn) {
  card.expect("80E6020013" + kPackage + "07A0000001510000" + "00" + "00" + "00" + "00", "009000");
  card.expect(kLoad, "009000")
      .expect("80E6040020" + kPackage + kApplet + kApplet + "0102" + "02C900" + "00" + "00", "009000")
      .expect("80E608000F0000" + kApplet + "0102" + "00" + "00" + "00", "009000")
      .expect("80E620000E0000" + kApplet + "00" + "00" + "00" + "00", "009000");
  const auto done =
      run("install_for_load -pkgAID F0000000010001\nload -file " + cap_.path() +
          "\ninstall_for_install -pkgAID F0000000010001 -AID F000000001000101 -instAID "
          "F000000001000101 -priv 2\ninstall_for_make_selectable -instAID F000000001000101 -priv 2\n"
          "install_for_personalization -AID F000000001000101\n");
  EXPECT_EQ(done.exit_code, 0) << done.err;
}

TEST_F(ContentCommands, PersonalizationIsNotOfOpenPlatform) {
  const auto stopped = run("mode_201\ninstall_for_personalization -AID F000000001000101\n");
  EXPECT_EQ(stopped.exit_code, 2);
  EXPECT_NE(stopped.err.find(
                "error[gpsh.needs-mode-211]: Open Platform 2.0.1 knows no INSTALL [for personalization]"),
            std::string::npos)
      << stopped.err;
}

TEST_F(ContentCommands, ATerminalSeesHowFarALoadIs) {
  const auto expect_all = [this] {
    card = {};
    card.expect(kForLoad, "009000").expect(kLoad, "009000").expect(kForInstall, "009000");
  };
  expect_all();
  std::ostringstream terminal;
  const auto done = run(install() + "\n", {.progress = &terminal});
  EXPECT_EQ(terminal.str(), "\r\x1B[KLOAD 1 of 1 blocks, 138 of 138 bytes; 2 APDUs, 181 bytes on the wire\n");
  EXPECT_EQ(done.out, kConnect + install() + "\n");
  expect_all();
  std::ostringstream beside_trace;
  EXPECT_EQ(run("enable_trace\n" + install() + "\n", {.progress = &beside_trace}).exit_code, 0);
  EXPECT_EQ(beside_trace.str(), "") << "the trace shows more, and would be written over";
}

TEST_F(ContentCommands, FilesThatAreNotThereOrBrokenSendNothing) {
  const auto missing = run("install -file no-such.cap\n");
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_EQ(last_line(missing),
            "read_executable_load_file_parameters() returns 0x00000002 (No such file or directory)");
  EXPECT_NE(
      missing.err.find("error[gpsh.unreadable-file]: cannot read no-such.cap: No such file or directory"),
      std::string::npos)
      << missing.err;
  EXPECT_EQ(last_line(run("load -file no-such.cap\n")),
            "load() returns 0x00000002 (No such file or directory)");
  EXPECT_EQ(last_line(run("install\n")),
            "read_executable_load_file_parameters() returns 0x8030F001 (A file name is invalid.)");
  EXPECT_EQ(last_line(run("load\n")), "load() returns 0x8030F001 (A file name is invalid.)");
  EXPECT_EQ(run("load -file /\n").exit_code, 2);
  const WrittenFile broken("broken.cap", hex("504B0304"));
  EXPECT_EQ(last_line(run("install -file " + broken.path() + "\n")),
            "read_executable_load_file_parameters() returns 0x8030F009 (The CAP file cannot be unzipped.)");
  SmallCap headless;
  headless.header.clear();
  const WrittenFile bad("bad.cap", headless.zipped());
  EXPECT_EQ(
      last_line(run("install -file " + bad.path() + "\n")),
      "read_executable_load_file_parameters() returns 0x8030F008 (The load file has an invalid structure.)");
}

TEST_F(ContentCommands, MoreThanLoadCarriesIsNotBegun) {
  SmallCap large;
  large.method = component(7, Bytes(0xFFF0));
  const WrittenFile file("large.cap", large.zipped());
  EXPECT_EQ(last_line(run("load -file " + file.path() + "\n")),
            "load() returns 0x8030E000 (The application to load must be less than 32535 bytes.)");
}

const std::string kLongParameters =
    " -instParam " + to_hex(Bytes(128, 0x11)) + " -sdParam " + to_hex(Bytes(128, 0x22));
const auto kLongBody =
    concat({hex("00 00 00 0100 820104 C9820100"), Bytes(128, 0x11), Bytes(128, 0x22), hex("00")});

TEST_F(ContentCommands, ALongCommandIsCutAndTraced) {
  const auto first = "80E68400FF" + to_hex(ByteView(kLongBody).first(255));
  const auto second = "80E604000E" + to_hex(ByteView(kLongBody).subspan(255)) + "00";
  card.expect(first, "9000").expect(second, "009000");
  const auto done = run("enable_trace\ninstall_for_install" + kLongParameters + "\n");
  EXPECT_EQ(done.exit_code, 0) << done.err;
  const auto whole = "80E6040000010D" + to_hex(kLongBody) + "0100";
  EXPECT_TRUE(done.out.ends_with("Command --> " + whole + "\nWrapped command --> " + whole +
                                 "\nChained command --> " + first +
                                 "\nChained response <-- 9000\nChained command --> " + second +
                                 "\nChained response <-- 009000\nUnwrapped response <-- 009000\n"))
      << done.out;
}

TEST_F(ContentCommands, ChainMacEachMakesCommandsOfTheirOwn) {
  const auto first = "80E68400FF" + to_hex(ByteView(kLongBody).first(255));
  card.expect(first, "9000").expect("80E604000E" + to_hex(ByteView(kLongBody).subspan(255)) + "00", "009000");
  const auto done = run("enable_trace\ninstall_for_install -chainMac each" + kLongParameters + "\n");
  EXPECT_EQ(done.exit_code, 0) << done.err;
  EXPECT_NE(done.out.find("Wrapped command --> " + first + "\nResponse <-- 9000\n"), std::string::npos)
      << done.out;
}

TEST_F(ContentCommands, DeleteGoesOnWhereTheObjectIsNotThere) {
  for (const auto* sw : {"6A88", "6A82", "6A80", "6985"}) {
    card = {};
    card.expect(kDelete, sw).expect("80CA006600", "6A88");
    const auto done = run("delete -AID F0000000010001\nget_data -identifier 66 -noStop\n");
    EXPECT_NE(done.out.find("\ndelete() returns 0x8020" + std::string(sw) + " ("), std::string::npos)
        << done.out;
    EXPECT_NE(done.out.find("\nget_data() returns"), std::string::npos) << "the script went on";
    EXPECT_NE(done.err.find("warning[gpsh.card-status]: DELETE was refused: " + std::string(sw)),
              std::string::npos);
  }
}

TEST_F(ContentCommands, DeleteDoesNotTouchTheExitCode) {
  card.expect(kDelete, "6A88");
  EXPECT_EQ(run("delete -AID F0000000010001\n").exit_code, 0);
}

TEST_F(ContentCommands, DeleteStopsAtAnythingElse) {
  card.expect(kDelete, "6982");
  const auto stopped = run("delete -AID F0000000010001\nprint not reached\n");
  EXPECT_EQ(stopped.exit_code, 1);
  EXPECT_EQ(last_line(stopped),
            "delete() returns 0x80206982 (6982: Command not allowed - Security status not satisfied.)");
  EXPECT_NE(stopped.err.find("error[gpsh.card-status]: DELETE was refused: 6982"), std::string::npos);
}

TEST_F(ContentCommands, DeleteWithoutAidSendsNothing) {
  const auto stopped = run("delete\n", {.checked = false});
  EXPECT_EQ(stopped.exit_code, 2);
  EXPECT_NE(stopped.err.find("delete needs -AID: what is to be deleted"), std::string::npos) << stopped.err;
}

TEST_F(ContentCommands, AFlagTakesNoValueOnACommandThatIgnoresIt) {
  card.expect(kDelete, "009000");
  const auto done = run("delete -omitDescriptor -AID F0000000010001\n", {.checked = true});
  EXPECT_EQ(done.exit_code, 0);
  EXPECT_NE(done.err.find("delete does nothing with option -omitDescriptor"), std::string::npos) << done.err;
}

}  // namespace
}  // namespace gpsh::test
