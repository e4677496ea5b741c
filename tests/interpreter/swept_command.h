// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "tests/support/test_data.h"

namespace gpsh::test {

/// The card a command is swept on, and how its channel is opened.
struct SweptCard {
  std::string name;
  std::string profile;
  std::string open_sc;
  bool response_mac = false;
  bool implicit = false;

  [[nodiscard]] std::string opening() const {
    return "mode_211\nestablish_context\ncard_connect\nselect\n" + open_sc + "\n";
  }
};

/// A command of the language: what comes before it, and the line itself. `CAP` stands for a file's name.
struct SweptCommand {
  std::string line;
  std::string before{};   ///< more lines after the opening
  bool connected = true;  ///< false: without the opening; `before` is all
  int exit_code = 0;      ///< where nothing goes wrong

  [[nodiscard]] std::string name() const { return line.substr(0, line.find(' ')); }
};

constexpr auto kSweptKeys =
    " -enc_key 404142434445464748494A4B4C4D4E4F -mac_key 404142434445464748494A4B4C4D4E4F -kek_key "
    "404142434445464748494A4B4C4D4E4F";

inline std::vector<SweptCard> swept_cards() {
  const std::string open_sc = "open_sc -security ";
  return {
      {.name = "scp02", .profile = "generic-scp02", .open_sc = open_sc + "3" + kSweptKeys},
      {.name = "scp02_rmac",
       .profile = "scp02-rmac",
       .open_sc = open_sc + "19" + kSweptKeys,
       .response_mac = true},
      {.name = "scp03", .profile = "scp03-i70", .open_sc = open_sc + "51" + kSweptKeys, .response_mac = true},
      {.name = "t0", .profile = "t0-card", .open_sc = open_sc + "1" + kSweptKeys}};
}

/// More ways to open a channel: swept with open_sc alone.
inline std::vector<SweptCard> more_openings() {
  const std::string open_sc = "open_sc -security ";
  return {
      {.name = "scp01", .profile = "generic-scp01", .open_sc = open_sc + "3" + kSweptKeys},
      {.name = "implicit",
       .profile = "generic-scp02-i1a",
       .open_sc = open_sc + "1 -scp 2 -scpimpl 0x1A" + kSweptKeys,
       .implicit = true},
      {.name = "announced", .profile = "scp02-i55", .open_sc = open_sc + "1" + kSweptKeys},
      {.name = "s16", .profile = "scp03-s16", .open_sc = open_sc + "51" + kSweptKeys, .response_mac = true}};
}

/// Every command of the language.
inline std::vector<SweptCommand> swept_commands() {
  const std::string load = "install_for_load -pkgAID F0000000010001\nload -file CAP\n";
  const std::string instance =
      "install_for_install -pkgAID F0000000010001 -AID F000000001000101 -instAID "
      "F000000001000101";
  const std::string key = " 505152535455565758595A5B5C5D5E5F";
  const std::string put_keys =
      "put_sc_key -keyver 0 -newkeyver 2 -enc_key" + key + " -mac_key" + key + " -kek_key" + key;
  const std::string pem = source_file("tests/data/pem/rsa-public.pem").string();
  return {
      {.line = "mode_201"},
      {.line = "mode_211"},
      {.line = "enable_trace"},
      {.line = "enable_timer"},
      {.line = "gemXpressoPro"},
      {.line = "visa_key_derivation"},
      {.line = "emv_cps11_key_derivation"},
      {.line = "establish_context", .before = "mode_211\n", .connected = false},
      {.line = "release_context"},
      {.line = "list_readers", .before = "establish_context\n", .connected = false},
      {.line = "card_connect", .before = "establish_context\n", .connected = false},
      {.line = "card_disconnect"},
      {.line = "select", .before = "establish_context\ncard_connect\n", .connected = false},
      {.line = "get_secure_channel_protocol_details"},
      {.line = "open_sc"},
      {.line = "get_data -identifier 9F7F"},
      {.line = "get_card_recognition_data"},
      {.line = "get_key_information_templates"},
      {.line = "get_extended_card_resources_information"},
      {.line = "get_status -element 40"},
      {.line = "load -file CAP", .before = "install_for_load -pkgAID F0000000010001\n"},
      {.line = "install -file CAP"},
      {.line = "install_for_load -pkgAID F0000000010001"},
      {.line = instance, .before = load},
      {.line = "install_for_make_selectable -instAID F000000001000101", .before = load + instance + "\n"},
      {.line = "install_for_personalization -AID F000000001000101", .before = "install -file CAP\n"},
      {.line = "store_data -data " + to_hex(Bytes(600, 0x5A))},
      {.line = "delete -AID F0000000010001", .before = "install -file CAP\n"},
      {.line = "delete_key -keyver 2", .before = put_keys + "\n"},
      {.line = put_keys},
      {.line = "put_dm_token_keys -file " + pem + " -newkeyver 112"},
      {.line = "put_dm_receipt_keys -newkeyver 113 -key" + key},
      {.line = "put_dm_keys -newkeyver 112 -file " + pem + " -key" + key},
      {.line = "send_apdu -sc 1 -APDU 80CA9F7F00"},
      {.line = "send_apdu_nostop -sc 1 -APDU 80CA9F7F00"},
      {.line = "print text"},
      {.line = "exit"},
  };
}

}  // namespace gpsh::test
