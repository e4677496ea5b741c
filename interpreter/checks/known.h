// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gp/open_channel.h"
#include "gp/security_level.h"
#include "interpreter/bind.h"

namespace gpsh::interpreter::checks {

/// Lengths in bytes of the keys given last; 0 where none was given.
struct KnownKeys {
  std::size_t key = 0;
  std::size_t enc = 0;
  std::size_t mac = 0;
  std::size_t dek = 0;
};

/// What an open_sc says of its channel.
struct KnownChannel {
  std::uint8_t key_version = 0;            ///< 0: the card's first key set, whatever its version
  std::optional<gp::SecurityLevel> level;  ///< absent where the line could not be read
  bool dek = true;                         ///< a DEK is given or derived
};

/// What is known of the session before a line, if all lines before it did what they say. A line that cannot
/// be read is taken to have done it, a mistyped command to have been the one that was meant.
class Known {
 public:
  gp::CardMode mode = gp::CardMode::open_platform_201;
  bool context = false;
  bool connected = false;
  bool disconnected = false;            ///< card_disconnect or release_context stands before
  bool selected = false;                ///< since the card was connected
  bool finished = false;                ///< exit stands before
  bool loading = false;                 ///< install_for_load stands before
  std::string_view channel_ended_by{};  ///< what ended the last channel; empty: there was none
  bool channel_missed = false;          ///< it was already said that there is none
  KnownKeys keys;
  std::string derivation;       ///< of gemXpressoPro and its like; empty: none
  std::string derivation_from;  ///< the command that set it
  std::optional<KnownChannel> channel;

  /// The keys in force for a line that gives these.
  [[nodiscard]] KnownKeys keys_with(const KeyOptions& given) const;
  /// Takes note of what the line does, and of what was already said about it.
  void advance(const BoundLine& line);

 private:
  void run(const auto&) {}
  void run(const Mode201&) { mode = gp::CardMode::open_platform_201; }
  void run(const Mode211&) { mode = gp::CardMode::global_platform_211; }
  void run(const GemXpressoPro&) { derive("gemXpressoPro", "visa2"); }
  void run(const VisaKeyDerivation&) { derive("visa_key_derivation", "visa2"); }
  void run(const EmvCps11KeyDerivation&) { derive("emv_cps11_key_derivation", "emvcps11"); }
  void run(const EstablishContext&) { context = true; }
  void run(const ReleaseContext&);
  void run(const CardConnect&);
  void run(const CardDisconnect&);
  void run(const Select&);
  void run(const SendApdu& command) { run_raw(command.raw); }
  void run(const SendApduNostop& command) { run_raw(command.raw); }
  void run(const OpenSc& command);
  void run(const PutScKey& command);
  void run(const PutDmReceiptKeys& command) { keep(command.key); }
  void run(const PutDmKeys& command) { keep(command.key); }
  void run(const InstallForLoad&) { loading = true; }
  void run(const Load&) { loading = false; }
  void run(const Exit&) { finished = true; }

  void derive(std::string command, std::string method);
  void keep(const std::optional<gp::Secret>& key);
  void assume(std::string_view command);
  void run_raw(const RawApdu& raw);
  void take_selection(std::string_view by);
  void end_channel(std::string_view by);
  void drop_card(std::string_view by);
};

/// Commands that talk to the card; by name, so that a line that could not be read counts too.
[[nodiscard]] bool needs_card(std::string_view command);
/// Commands that cards take through a secure channel only.
[[nodiscard]] bool needs_channel(const BoundLine& line);

}  // namespace gpsh::interpreter::checks
