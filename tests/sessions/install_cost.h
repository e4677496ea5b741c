// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "core/apdu.h"
#include "sessions/recording.h"
#include "tests/support/small_cap.h"

namespace gpsh::test {

/// A channel to install through: what makes its commands longer.
struct InstallChannel {
  std::string profile = "generic-scp02";  ///< of the virtual card
  unsigned level = 0x01;
  std::size_t cipher_block = 8;
  std::size_t mac_bytes = 8;
};

inline std::vector<InstallChannel> install_channels() {
  return {{.profile = "generic-scp01-15", .level = 0x01},
          {.profile = "generic-scp01-15", .level = 0x03},
          {.profile = "generic-scp02", .level = 0x01},
          {.profile = "generic-scp02", .level = 0x03},
          {.profile = "scp02-rmac", .level = 0x13},
          {.profile = "scp03-i70", .level = 0x01, .cipher_block = 16},
          {.profile = "scp03-i70", .level = 0x03, .cipher_block = 16},
          {.profile = "scp03-i70", .level = 0x33, .cipher_block = 16},
          {.profile = "scp03-s16", .level = 0x01, .cipher_block = 16, .mac_bytes = 16},
          {.profile = "scp03-s16", .level = 0x33, .cipher_block = 16, .mac_bytes = 16}};
}

inline std::string name_of(const InstallChannel& channel) {
  return channel.profile + " level " + std::to_string(channel.level);
}

/// Data of a command as sent, with its C-MAC. Encryption adds a byte at least, and fills the cipher block:
/// SCP01 has a length in front (GPCS 2.3.1 D.3.4), the others padding behind (E.4.6, AmdD 1.2 6.2.6).
inline std::size_t sent_data(const InstallChannel& channel, std::size_t plain) {
  constexpr unsigned kEncrypted = 0x02;
  const bool encrypted = (channel.level & kEncrypted) != 0;
  const auto data = encrypted ? (plain / channel.cipher_block + 1) * channel.cipher_block : plain;
  return data + channel.mac_bytes;
}

/// Most plain data of an APDU.
inline std::size_t largest_block(const InstallChannel& channel) {
  auto plain = CommandApdu::kMaxShortData;
  while (sent_data(channel, plain) > CommandApdu::kMaxShortData) --plain;
  return plain;
}

struct InstallCost {
  std::size_t apdus = 0;
  std::size_t bytes = 0;  ///< of the commands

  friend bool operator==(const InstallCost&, const InstallCost&) = default;
};

/// What is installed: a package of 30,000 bytes with two applets, as an IJC file.
inline SmallCap installed_cap() {
  SmallCap cap;
  cap.applet = component(3, hex("02 08 F000000001000101 000C 08 F000000001000102 001C"));
  cap.method = component(7, Bytes(30000, 0x7A));
  return cap;
}
inline constexpr std::size_t kInstalledApplets = 2;

/// The script that installs it from this file, with the public test key.
inline std::string install_script(const InstallChannel& channel, const std::string& file) {
  return "mode_211\nestablish_context\ncard_connect\nselect\nopen_sc -security " +
         std::to_string(channel.level) + " -key 404142434445464748494A4B4C4D4E4F\ninstall -file " + file +
         "\ncard_disconnect\nrelease_context\n";
}

/// All commands behind EXTERNAL AUTHENTICATE, which is the end of opening the channel.
inline std::vector<sessions::LoggedExchange> exchanges_of_install(const sessions::Recording& recording) {
  constexpr std::uint8_t kExternalAuthenticate = 0x82;
  auto all = recording.exchanges();
  const auto opened = std::ranges::find_if(all, [](const auto& exchange) {
    return CommandApdu::parse(exchange.wire_command).ins == kExternalAuthenticate;
  });
  if (opened != all.end()) all.erase(all.begin(), opened + 1);
  return all;
}

inline InstallCost cost_of_install(const sessions::Recording& recording) {
  InstallCost cost;
  for (const auto& exchange : exchanges_of_install(recording)) {
    ++cost.apdus;
    cost.bytes += exchange.wire_command.size();
  }
  return cost;
}

/// The least that the channel allows: LOADs as full as they can be, and an INSTALL for the package and each
/// applet, with the data that the recorded ones have.
inline InstallCost least_cost_of_install(const sessions::Recording& recording,
                                         const InstallChannel& channel) {
  constexpr std::uint8_t kInstall = 0xE6;
  constexpr std::size_t kHeader = 5;
  constexpr std::size_t kLe = 1;
  constexpr std::size_t kTagAndLength = 4;  // C4 82 75 D0
  const auto stream = kTagAndLength + installed_cap().load_file().size();
  InstallCost least{.apdus = 1 + kInstalledApplets, .bytes = kLe};  // the last LOAD has Le
  for (std::size_t at = 0; at < stream; at += largest_block(channel)) {
    ++least.apdus;
    least.bytes += kHeader + sent_data(channel, std::min(largest_block(channel), stream - at));
  }
  for (const auto& exchange : exchanges_of_install(recording)) {
    const auto plain = CommandApdu::parse(exchange.plain_command);
    if (plain.ins == kInstall) least.bytes += kHeader + sent_data(channel, plain.data.size()) + kLe;
  }
  return least;
}

}  // namespace gpsh::test
