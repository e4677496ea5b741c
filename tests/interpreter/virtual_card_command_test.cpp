// SPDX-License-Identifier: Apache-2.0
// The virtual card from the command line: faults, kept cards, gpsh card.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/program.h"

namespace gpsh::test {
namespace {

const std::string kOpen =
    "mode_211\nestablish_context\ncard_connect\nselect\n"
    "open_sc -security 1 -key 404142434445464748494a4b4c4d4e4f\n";

/// The ledger of a test is not the user's.

TEST(VirtualCardCommand, ARemovedCardEndsTheScriptAsARealOneDoes) {
  const WorkingFolder folder;
  const auto run = folder.run({"--card", "virtual", "--fault", "remove@2", "-c", kOpen});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_NE(run.err.find("error[gpsh.card-removed]: the card was removed"), std::string::npos) << run.err;
}

TEST(VirtualCardCommand, AWrongCardCryptogramIsNoticed) {
  const WorkingFolder folder;
  const auto run = folder.run({"--card", "virtual", "--fault", "cryptogram", "-c", kOpen});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_NE(run.err.find("error[gpsh.card-cryptogram]"), std::string::npos) << run.err;
}

TEST(VirtualCardCommand, FaultsAreForTheVirtualCard) {
  const WorkingFolder folder;
  const auto real = folder.run({"--fault", "mute", "-c", "exit"});
  EXPECT_EQ(real.exit_code, 2);
  EXPECT_EQ(real.err,
            "gpsh: error[gpsh.usage]: --fault is for the virtual card: a real one goes wrong by itself\n"
            "  advice: use it with --card virtual\n");
  const auto wrong = folder.run({"--card", "virtual", "--fault", "fire", "-c", "exit"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_EQ(
      wrong.err,
      "gpsh: error[gpsh.bad-fault]: the fault \"fire\" must begin with one of: sw, cryptogram, truncate, "
      "garbage, remove, mute, rmac, t0-61, t0-6c, slow\n"
      "  advice: e.g. sw=6985@3, cryptogram, rmac@ins:F2, remove@ins:E8#2, slow=500@*\n");
}

TEST(VirtualCardCommand, AKeptCardCountsOn) {
  const WorkingFolder folder;
  const std::string counter =
      "mode_211\nenable_trace\nestablish_context\ncard_connect\nselect\nsend_apdu -APDU 80ca00c100\n";
  const auto first = folder.run({"--card", "virtual:generic-scp02,state=card.json", "-c", kOpen});
  EXPECT_EQ(first.exit_code, 0) << first.err;
  const auto second = folder.run({"--card", "virtual:card.json", "-c", counter});
  EXPECT_EQ(second.exit_code, 0) << second.err;
  EXPECT_NE(second.out.find("C10200019000"), std::string::npos) << second.out;
  const auto another = folder.run({"--card", "virtual:scp03-i70,state=card.json", "-c", counter});
  EXPECT_EQ(another.exit_code, 2);
  EXPECT_EQ(another.err,
            "gpsh: error[gpsh.state-of-another-profile]: card.json: the card in this file is of the profile "
            "generic-scp02\n"
            "  advice: name that profile, or a file that does not exist yet\n");
}

TEST(VirtualCardCommand, AKeptCardHasALedger) {
  const WorkingFolder folder;
  const std::string wrong =
      "mode_211\nestablish_context\ncard_connect\nselect\n"
      "open_sc -security 1 -key 00112233445566778899aabbccddeeff\n";
  for (int attempt = 0; attempt < 3; ++attempt) {
    EXPECT_EQ(folder.run({"--card", "virtual:generic-scp02,state=c.json", "-c", wrong}).exit_code, 1);
  }
  const auto fourth = folder.run({"--card", "virtual:c.json", "-c", wrong});
  EXPECT_EQ(fourth.exit_code, 1);
  EXPECT_NE(fourth.err.find("INITIALIZE UPDATE was not sent"), std::string::npos) << fourth.err;
}

TEST(VirtualCardCommand, ANewCardHasNoFailuresOfAnother) {
  const WorkingFolder folder;
  const std::string wrong =
      "mode_211\nestablish_context\ncard_connect\nselect\n"
      "open_sc -security 1 -key 00112233445566778899aabbccddeeff\n";
  for (int attempt = 0; attempt < 4; ++attempt) {
    EXPECT_EQ(folder.run({"--card", "virtual:generic-scp02,state=c.json", "-c", wrong}).exit_code, 1);
  }
  for (const auto* card : {"virtual:generic-scp02,state=d.json", "virtual:generic-scp02"}) {
    const auto other = folder.run({"--card", card, "-c", kOpen});
    EXPECT_EQ(other.exit_code, 0) << other.err;
    EXPECT_EQ(other.err.find("in a row"), std::string::npos) << other.err;
  }
  const auto same = folder.run({"--card", "virtual:c.json", "-c", kOpen});
  EXPECT_EQ(same.exit_code, 1);
  EXPECT_NE(same.err.find("error[gpsh.ledger-refused]"), std::string::npos) << same.err;
  ASSERT_TRUE(std::filesystem::remove(folder.path("c.json")));
  const auto anew = folder.run({"--card", "virtual:generic-scp02,state=c.json", "-c", kOpen});
  EXPECT_EQ(anew.exit_code, 0) << anew.err;
}

TEST(VirtualCardCommand, StateWantsAFile) {
  const WorkingFolder folder;
  const auto run = folder.run({"--card", "virtual:generic-scp02,state=", "-c", "exit"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.usage]: ,state= wants a file\n"
            "  advice: e.g. --card virtual:generic-scp02,state=card.json\n");
  EXPECT_EQ(folder.run({"--card", "virtual:generic-scp02,sate=a.json", "-c", "exit"}).err,
            "gpsh: error[gpsh.usage]: a virtual card takes no parameter sate=a.json\n"
            "  advice: the only one is state, e.g. --card virtual:generic-scp02,state=card.json\n");
}

TEST(VirtualCardCommand, T0CardOpensAChannel) {
  const WorkingFolder folder;
  const auto run = folder.run({"--card", "virtual:t0-card", "-c", kOpen + "get_status -element 40\n"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
}

TEST(VirtualCardCommand, TheListingRunsOnEveryProfileItFits) {
  const WorkingFolder folder;
  for (const auto* profile : {"generic-scp01", "generic-scp01-15", "generic-scp02", "scp02-i55", "scp02-rmac",
                              "jcop-j2a040", "jcop31-scp02-i15", "nokia6131", "t0-card", "small-memory"}) {
    const auto run =
        folder.run({"--card", std::string("virtual:") + profile, GPSH_SOURCE_DIR "/examples/listgp211.txt"});
    EXPECT_EQ(run.exit_code, 0) << profile << "\n" << run.err;
    EXPECT_NE(run.out.find("d0d1d2d3d4d50101"), std::string::npos) << profile << "\n" << run.out;
  }
}

TEST(VirtualCardCommand, EveryOtherKindOfCardOpensAChannel) {
  const WorkingFolder folder;
  struct Kind {
    const char* profile;
    const char* options;
  };
  const std::string key = " -key 404142434445464748494a4b4c4d4e4f";
  for (const auto& [profile, options] :
       std::initializer_list<Kind>{{"scp03-i00", "-security 3"},
                                   {"scp03-i70", "-security 51"},
                                   {"scp03-s16", "-security 51"},
                                   {"yubikey-like", "-security 51"},
                                   {"visa2-diversified", "-security 3 -keyDerivation visa2"},
                                   {"emv-diversified", "-security 3 -keyDerivation emvcps11"}}) {
    const auto script = "mode_211\nestablish_context\ncard_connect\nselect\nopen_sc " + std::string(options) +
                        key + "\nget_status -element 20\n";
    const auto run = folder.run({"--card", std::string("virtual:") + profile, "-c", script});
    EXPECT_EQ(run.exit_code, 0) << profile << "\n" << run.err;
    EXPECT_NE(run.out.find("a0000000035350"), std::string::npos) << profile << "\n" << run.out;
  }
}

TEST(VirtualCardCommand, ServeRefusesWhatCannotBe) {
  const WorkingFolder folder;
  const auto address = folder.run({"card", "serve", "--vpcd", "localhost"});
  EXPECT_EQ(address.exit_code, 2);
  EXPECT_EQ(address.err,
            "gpsh: error[gpsh.usage]: --vpcd wants HOST:PORT, with a port for every card up to 65535, not "
            "\"localhost\"\n"
            "  advice: e.g. --vpcd localhost:35963\n");
  EXPECT_EQ(folder.run({"card", "serve", "--vpcd", "localhost:65535", "--count", "2"}).exit_code, 2);
  const auto state = folder.run({"card", "serve", "--state", "c.json", "--count", "2"});
  EXPECT_EQ(state.exit_code, 2);
  EXPECT_EQ(state.err,
            "gpsh: error[gpsh.usage]: --state keeps one card, and --count asks for more\n"
            "  advice: run gpsh card serve once for each file, with --vpcd for its port\n");
  const auto nobody = folder.run({"card", "serve", "--vpcd", "127.0.0.1:1", "--wait", "0"});
  EXPECT_EQ(nobody.exit_code, 3);
  EXPECT_NE(nobody.err.find("no vpcd driver listens at 127.0.0.1 port 1"), std::string::npos) << nobody.err;
}

TEST(VirtualCardCommand, ProfilesAreListedAndShown) {
  const WorkingFolder folder;
  const auto list = folder.run({"card", "profiles"});
  EXPECT_EQ(list.exit_code, 0);
  EXPECT_NE(list.out.find("\ngeneric-scp02        SCP02 i=15, public test keys, key version 01\n"),
            std::string::npos)
      << list.out;
  const auto shown = folder.run({"card", "show", "t0-card"});
  EXPECT_EQ(shown.exit_code, 0);
  EXPECT_NE(shown.out.find("\"name\": \"t0-card\""), std::string::npos);
}

}  // namespace
}  // namespace gpsh::test
