// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "gp/channel_reading.h"
#include "gp/keys.h"
#include "gp/protocol_choice.h"
#include "interpreter/checks/finding.h"
#include "interpreter/checks/rules.h"

namespace gpsh::interpreter::checks {
namespace {

constexpr std::uint8_t kScp01 = 1;
constexpr std::uint8_t kScp02 = 2;
constexpr std::uint8_t kScp03 = 3;
constexpr std::uint8_t kScp11 = 0x11;
constexpr std::uint8_t kImplementationOf201 = 0x05;
constexpr std::uint8_t kThreeBaseKeys = 0x01;  // GPCS 2.3.1 Table E-1

std::uint8_t value_of(const std::optional<CStyleByte>& option) {
  return option ? option->value : std::uint8_t{0};
}

bool two_oh_one(const Known& known) {
  return known.mode == gp::CardMode::open_platform_201;
}

/// mode_201 is GPShell's default, so a forgotten mode_211 shows in options that only newer protocols have.
void check_mode(const OpenSc& command, BoundLine& line) {
  const auto scp = value_of(command.scp);
  const auto i = value_of(command.scp_impl);
  const gp::SecurityLevel level(static_cast<std::uint8_t>(command.security.value));
  std::string_view option;
  if (level.r_mac() || level.r_encryption()) option = "-security";
  if (i != 0 && i != kImplementationOf201 && !(scp == kScp01 && gp::speaks(kScp01, i))) option = "-scpimpl";
  if (scp != 0 && scp != kScp01) option = "-scp";
  if (option.empty()) return;
  const bool fails = !gp::level_possible(kScp01, std::nullopt, level);
  report(line, {.severity = fails ? where_it_fails(line) : Severity::warning,
                .code = "needs-mode-211",
                .text = fmt::format("mode_201 speaks SCP01 alone, which has no use for this {}", option),
                .advice = "put mode_211 before card_connect",
                .option = option});
}

void check_lengths_of_201(const KnownKeys& keys, BoundLine& line) {
  const auto longest = std::max({keys.key, keys.enc, keys.mac, keys.dek});
  if (longest <= gp::kTripleDesKeyBytes) return;
  report(line, {.code = "needs-mode-211",
                .text = fmt::format("mode_201 speaks SCP01 alone, whose keys have 16 bytes; one here has {}",
                                    longest),
                .advice = "put mode_211 before card_connect"});
}

bool any_protocol_speaks(std::uint8_t i) {
  return gp::speaks(kScp01, i) || gp::speaks(kScp02, i) || gp::speaks(kScp03, i);
}

/// Where -scp leaves the protocol to the card.
void check_implementation(std::uint8_t i, BoundLine& line) {
  if (i == 0 || any_protocol_speaks(i)) return;
  // Written in decimal, read as if it were hex.
  const auto meant = static_cast<std::uint8_t>(i / 10 * 16 + i % 10);
  const bool decimal = i < 100 && any_protocol_speaks(meant);
  report(line,
         {.severity = where_it_fails(line),
          .code = "channel-option",
          .text = fmt::format("no secure channel protocol has i={:02X}", i),
          .advice = decimal ? fmt::format("the number is read as decimal; write -scpimpl 0x{:02X}", meant)
                            : "leave out -scpimpl to use what the card speaks",
          .option = "-scpimpl"});
}

void check_protocol(const OpenSc& command, BoundLine& line) {
  const auto scp = value_of(command.scp);
  const auto i = value_of(command.scp_impl);
  if (scp == 0) return check_implementation(i, line);
  if (i == 0 ? scp <= kScp03 : gp::speaks(scp, i)) return;
  const auto with = i == 0 ? "" : fmt::format(" with i={:02X}", i);
  report(line,
         {.severity = where_it_fails(line),
          .code = "channel-option",
          .text = fmt::format("a script cannot open {}{}", gp::protocol_name(scp), with),
          .advice = scp == kScp11 ? "SCP11 needs certificates, for which this language has no options; leave "
                                    "out -scp and -scpimpl to use what the card speaks"
                                  : "leave out -scp and -scpimpl to use what the card speaks",
          .option = "-scp"});
}

void check_level(const OpenSc& command, BoundLine& line) {
  const gp::SecurityLevel level(static_cast<std::uint8_t>(command.security.value));
  if (gp::level_exists(level)) return;
  report(line, {.severity = where_it_fails(line),
                .code = "channel-option",
                .text = fmt::format("there is no security level {}", level.value()),
                .advice = "use -security 0, 1, 3, 17, 19 or 51",
                .option = "-security"});
}

/// As gp::open_channel() before it sends anything.
void check_level_of_protocol(const OpenSc& command, BoundLine& line) {
  const gp::SecurityLevel level(static_cast<std::uint8_t>(command.security.value));
  const auto scp = value_of(command.scp);
  const auto i = value_of(command.scp_impl);
  const auto known_i = i == 0 ? std::nullopt : std::optional(i);
  const bool protocol_exists = i == 0 ? scp >= kScp01 && scp <= kScp03 : gp::speaks(scp, i);
  if (!protocol_exists || !gp::level_exists(level) || gp::level_possible(scp, known_i, level)) return;
  const bool implicit = scp == kScp02 && i != 0 && gp::Scp02::starts_implicitly(i);
  report(line,
         {.severity = where_it_fails(line),
          .code = "level-not-covered",
          .text = fmt::format("{}{} has no security level {} ({})", gp::protocol_name(scp),
                              i == 0 ? "" : fmt::format(" with i={:02X}", i), level.value(), level.text()),
          .advice = gp::level_advice(scp, known_i) + (implicit ? "" : ", or leave out -scp and -scpimpl"),
          .option = "-security"});
}

/// As gp::require_keys.
void check_keys_given(const KnownKeys& keys, BoundLine& line) {
  if (keys.key != 0 || (keys.enc != 0 && keys.mac != 0)) return;
  const auto missing = keys.enc == 0 ? "ENC" : "MAC";
  report(line, {.severity = where_it_fails(line),
                .code = "key-missing",
                .text = fmt::format("a secure channel needs the {} key", missing),
                .advice = "give -enc_key, -mac_key and -kek_key, or -key"});
}

void check_key_lengths(const KnownKeys& keys, BoundLine& line) {
  if (keys.enc == 0 || keys.mac == 0) return;
  const auto dek = keys.dek == 0 ? keys.enc : keys.dek;
  if (keys.enc == keys.mac && keys.enc == dek) return;
  // No protocol has an ENC key of another length than the MAC key's.
  report(line, {.severity = keys.enc != keys.mac ? where_it_fails(line) : Severity::warning,
                .code = "key-length",
                .text = fmt::format("the ENC key has {} bytes, the MAC key {}, the DEK {}", keys.enc,
                                    keys.mac, dek),
                .advice = "a key set has keys of one length; a key that is not given here is the one given "
                          "last"});
}

/// Only a card with one base key takes -key then; that GPShell passes over it shows nowhere.
void check_kept_keys(const Known& known, const OpenSc& command, BoundLine& line) {
  const auto& given = command.keys;
  const bool one_base_key = value_of(command.scp) == kScp02 && value_of(command.scp_impl) != 0 &&
                            (value_of(command.scp_impl) & kThreeBaseKeys) == 0;
  const bool kept = known.keys.enc != 0 || known.keys.mac != 0 || known.keys.dek != 0;
  if (!given.key || given.enc_key || given.mac_key || given.kek_key || !kept || one_base_key) return;
  report(line, {.code = "kept-keys",
                .text = "this -key is passed over: the ENC, MAC and DEK keys of the lines before are used",
                .advice = "give -enc_key, -mac_key and -kek_key here; only a card with one base key takes "
                          "-key after them",
                .option = "-key"});
}

bool several_keys_given(const KeyOptions& keys) {
  return keys.enc_key || keys.mac_key || keys.kek_key;
}

void check_derivation(const Known& known, const OpenSc& command, BoundLine& line) {
  const bool derived = !known.derivation.empty() || !command.key_derivation.none();
  if (!known.derivation.empty() && !command.key_derivation.none() &&
      command.key_derivation.name() != known.derivation) {
    report(line, {.code = "ignored-option",
                  .text = fmt::format("{} stands before: keys are derived as {}, not {}",
                                      known.derivation_from, known.derivation, command.key_derivation.name()),
                  .advice = fmt::format("remove {} or -keyDerivation", known.derivation_from),
                  .option = "-keyDerivation"});
  }
  if (!derived || known.keys_with(command.keys).key == 0 || !several_keys_given(command.keys)) return;
  report(line, {.code = "ignored-option",
                .text = "all keys are derived from -key; -enc_key, -mac_key and -kek_key are ignored",
                .advice = "remove them, or the derivation"});
}

void check(const Known&, const auto&, BoundLine&) {}

void check(const Known& known, const OpenSc& command, BoundLine& line) {
  const auto keys = known.keys_with(command.keys);
  if (two_oh_one(known)) {
    check_mode(command, line);
    check_lengths_of_201(keys, line);
  } else {
    check_protocol(command, line);
    check_level_of_protocol(command, line);
  }
  check_level(command, line);
  check_keys_given(keys, line);
  check_derivation(known, command, line);
  if (!known.derivation.empty() || !command.key_derivation.none()) return;
  check_kept_keys(known, command, line);
  if (keys.key == 0) check_key_lengths(keys, line);
}

}  // namespace

void check_channel(const Known& known, BoundLine& line) {
  if (line.command) std::visit([&](const auto& command) { check(known, command, line); }, *line.command);
}

}  // namespace gpsh::interpreter::checks
