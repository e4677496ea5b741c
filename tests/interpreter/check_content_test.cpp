// SPDX-License-Identifier: Apache-2.0
// The rules about loading, installing, deleting, and about data.
#include <gtest/gtest.h>

#include "tests/interpreter/checked.h"

namespace gpsh::test {
namespace {

const std::string kInstance = "-pkgAID D0D1D2D3D4D501 -AID D0D1D2D3D4D50101 -instAID D0D1D2D3D4D50102";

TEST(CheckContent, GoodOnesAreSilent) {
  EXPECT_EQ(told(kOpened +
                 "install_for_load -pkgAID D0D1D2D3D4D501 -nvCodeLimit 1000\nload -file "
                 "a.cap\ninstall_for_install " +
                 kInstance +
                 "\ninstall_for_make_selectable -instAID D0D1D2D3D4D50102\ndelete -AID D0D1D2D3D4D50102\n"
                 "store_data -data 00 -dataFormat 0x10 -dataEncryption 0x60\nget_status -element e0\n"),
            "");
}

TEST(CheckContent, FileAndAidAreNeeded) {
  for (const std::string name : {"install", "load"}) {
    const auto text = told(kOpened + "install_for_load -pkgAID D0D1D2D3D4D501\n" + name + "\n");
    EXPECT_EQ(text, "list.txt:7:1: error[gpsh.missing-option]: " + name + " needs option -file\n  " + name +
                        "\n  " + std::string(name.size(), '^') + "\n  advice: name the CAP file\n");
  }
  EXPECT_EQ(told(kOpened + "delete\n"),
            "list.txt:6:1: error[gpsh.missing-option]: delete needs option -AID\n"
            "  delete\n"
            "  ^^^^^^\n"
            "  advice: name what to delete; an empty AID is never sent\n");
  EXPECT_EQ(told(kOpened + "install_for_make_selectable\n"),
            "list.txt:6:1: warning[gpsh.missing-option]: install_for_make_selectable needs option -instAID\n"
            "  install_for_make_selectable\n"
            "  ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "  advice: GPShell sends an empty AID, which cards refuse\n");
}

TEST(CheckContent, LoadWithoutInstallForLoad) {
  EXPECT_EQ(told(kOpened + "load -file a.cap\n"),
            "list.txt:6:1: warning[gpsh.load-without-install]: load needs an install_for_load before it\n"
            "  load -file a.cap\n"
            "  ^^^^\n"
            "  advice: put install_for_load before this line, or use install, which does both\n");
}

TEST(CheckContent, InstanceThatStaysNotSelectable) {
  EXPECT_EQ(
      told(kOpened + "install_for_install " + kInstance + "\n"),
      "list.txt:6:75: warning[gpsh.not-selectable]: D0D1D2D3D4D50102 stays not selectable: no "
      "install_for_make_selectable of it follows\n"
      "  install_for_install -pkgAID D0D1D2D3D4D501 -AID D0D1D2D3D4D50101 -instAID D0D1D2D3D4D50102\n"
      "                                                                            ^^^^^^^^^^^^^^^^\n"
      "  advice: add install_for_make_selectable -instAID D0D1D2D3D4D50102; GPShell 1.4 did both in one "
      "step\n");
}

TEST(CheckContent, ARawInstallMayMakeSelectable) {
  const auto said_with = [](const std::string& line) {
    return told(kOpened + "install_for_install " + kInstance + "\n" + line + "\n");
  };
  EXPECT_EQ(said_with("send_apdu -sc 1 -APDU 80E6080010000008D0D1D2D3D4D50102010000000000"), "");
  EXPECT_EQ(said_with("send_apdu_nostop -sc 1 -APDU 80E60C0010000008D0D1D2D3D4D50102010000000000"), "");
  EXPECT_NE(
      said_with("send_apdu -sc 1 -APDU 80E6080010000008D0D1D2D3D4D50103010000000000").find("not-selectable"),
      std::string::npos)
      << "another instance";
  EXPECT_NE(
      said_with("send_apdu -sc 1 -APDU 80E6040010000008D0D1D2D3D4D50102010000000000").find("not-selectable"),
      std::string::npos)
      << "another INSTALL";
}

TEST(CheckContent, WhatCannotBeReadMayHaveMadeItSelectable) {
  const auto text = told(kOpened + "install_for_install " + kInstance +
                         "\nselect\nsend_apdu -APDU 84E608001000112233445566778899AABBCCDDEEFF00\n");
  EXPECT_EQ(text.find("not-selectable"), std::string::npos) << text;
}

TEST(CheckContent, PartialAids) {
  EXPECT_EQ(told(kOpened + "delete -AID D0D1D2D3\n"),
            "list.txt:6:13: warning[gpsh.short-aid]: -AID D0D1D2D3 has 4 bytes, an AID has 5 to 16\n"
            "  delete -AID D0D1D2D3\n"
            "              ^^^^^^^^\n"
            "  advice: write the whole AID; only select takes a part of one\n");
  EXPECT_EQ(told(kSelected + "select -AID A000\n"), "");
}

TEST(CheckContent, LargeLimitsAreNoted) {
  EXPECT_EQ(told(kOpened + "install -file a.cap -nvDataLimit 70000\n"),
            "list.txt:6:34: note[gpsh.large-limit]: -nvDataLimit 70000 is sent in four bytes; GPShell sends "
            "4464\n"
            "  advice: limits up to 65535 mean the same everywhere\n");
}

TEST(CheckContent, PrivilegesInHexNameWhatGpshellWouldNotGrant) {
  EXPECT_EQ(told(kOpened + "install -file a.cap -priv 0x04\n"),
            "list.txt:6:27: warning[gpsh.hex-privileges]: -priv: 0x04 grants Default Selected / Card Reset; "
            "GPShell reads it as 0 "
            "and would grant nothing\n"
            "  install -file a.cap -priv 0x04\n"
            "                            ^^^^\n"
            "  advice: write 4 if that is meant\n");
}

TEST(CheckContent, PrivilegesOfDomainsAlone) {
  EXPECT_EQ(
      told(kOpened + "install -file a.cap -priv 80\n"),
      "list.txt:6:27: warning[gpsh.odd-privileges]: -priv 80 is 500000 in hex, with privileges that only "
      "security domains hold\n"
      "  install -file a.cap -priv 80\n"
      "                            ^^\n"
      "  advice: the number is read as decimal; 128 is Security Domain\n");
  EXPECT_EQ(told(kOpened + "install -file a.cap -priv 192\n"), "");
  EXPECT_EQ(told(kOpened + "install -file a.cap -priv 6\n"), "");
}

TEST(CheckContent, PersonalisationNeedsMode211) {
  EXPECT_EQ(told("establish_context\ncard_connect\nselect\nopen_sc " + kThreeKeys +
                 "\ninstall_for_personalization -AID D0D1D2D3D4D50101\nstore_data -data 00\n"),
            "list.txt:5:1: error[gpsh.needs-mode-211]: install_for_personalization belongs to "
            "GlobalPlatform 2.1.1 and later; mode_201 sends nothing for it\n"
            "  install_for_personalization -AID D0D1D2D3D4D50101\n"
            "  ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "  advice: put mode_211 before card_connect\n"
            "list.txt:6:1: error[gpsh.needs-mode-211]: store_data belongs to GlobalPlatform 2.1.1 and later; "
            "mode_201 sends nothing for it\n"
            "  store_data -data 00\n"
            "  ^^^^^^^^^^\n"
            "  advice: put mode_211 before card_connect\n");
}

TEST(CheckData, BitsThatStoreDataDoesNotHave) {
  EXPECT_EQ(told(kOpened + "store_data -data 00 -dataFormat 2\n"),
            "list.txt:6:33: warning[gpsh.data-format]: -dataFormat 0x02 sets bits of P1 that STORE DATA does "
            "not have\n"
            "  store_data -data 00 -dataFormat 2\n"
            "                                  ^\n"
            "  advice: write 0x08 for DGI or 0x10 for BER-TLV\n");
  EXPECT_NE(told(kOpened + "store_data -data 00 -dataEncryption 1\n")
                .find("advice: write 0x20 for application dependent encryption or 0x60 for encrypted data"),
            std::string::npos);
}

TEST(CheckData, NothingToStoreReadOrList) {
  EXPECT_EQ(told(kOpened + "store_data\n"),
            "list.txt:6:1: note[gpsh.empty-data]: store_data sends one block without data\n"
            "  advice: give -data\n");
  EXPECT_EQ(told(kSelected + "get_data\n"),
            "list.txt:5:1: warning[gpsh.missing-option]: get_data without -identifier reads tag 0000\n"
            "  get_data\n"
            "  ^^^^^^^^\n"
            "  advice: name the data object, e.g. -identifier 9F7F\n");
  EXPECT_EQ(told(kOpened + "get_status\n"),
            "list.txt:6:1: warning[gpsh.missing-option]: get_status without -element asks for nothing\n"
            "  get_status\n"
            "  ^^^^^^^^^^\n"
            "  advice: write -element 80, 40, 20 or 10\n");
  EXPECT_EQ(told(kOpened + "get_status -element 41\n"),
            "list.txt:6:21: warning[gpsh.bad-element]: -element 41 names nothing that can be listed\n"
            "  get_status -element 41\n"
            "                      ^^\n"
            "  advice: 80 is the issuer security domain, 40 applications, 20 load files, 10 load files with "
            "their modules\n");
}

TEST(CheckData, WhatTheChannelCannotCarry) {
  const auto apdu = [](std::size_t bytes) {
    return "send_apdu -sc 1 -APDU 80E28000" + to_hex(static_cast<std::uint8_t>(bytes)) +
           to_hex(Bytes(bytes, 0)) + "\n";
  };
  const auto level = [](const std::string& value) {
    return kSelected + "open_sc -security " + value + " " + kThreeKeys + "\n";
  };
  EXPECT_EQ(told(level("0") + apdu(255)), "");
  EXPECT_EQ(told(level("1") + apdu(247)), "");
  EXPECT_EQ(told(level("3") + apdu(239)), "");
  const auto text = told(level("3") + apdu(240));
  EXPECT_TRUE(
      text.starts_with("list.txt:6:23: error[gpsh.too-long-for-channel]: 240 data bytes do not fit "
                       "into one command of this channel, 239 do\n"))
      << text;
  EXPECT_TRUE(text.ends_with("  advice: split the data, if the command can be chained\n")) << text;
  EXPECT_NE(told(level("17") + apdu(248)).find("248 data bytes do not fit"), std::string::npos);
}

TEST(CheckData, LengthsOfARawApdu) {
  EXPECT_EQ(told(kSelected + "send_apdu -APDU 80CA9F7F0211\n"),
            "list.txt:5:17: warning[gpsh.apdu-length]: not a command APDU: Lc is 2 but 1 bytes follow\n"
            "  send_apdu -APDU 80CA9F7F0211\n"
            "                  ^^^^^^^^^^^^\n"
            "  advice: the form is CLA INS P1 P2, then Lc and data if there are any, then Le if an answer is "
            "wanted\n");
}

}  // namespace
}  // namespace gpsh::test
