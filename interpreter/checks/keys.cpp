// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gp/key_data_field.h"
#include "interpreter/checks/finding.h"
#include "interpreter/checks/rules.h"

namespace gpsh::interpreter::checks {
namespace {

constexpr std::uint32_t kHighestKeyVersion = 0x7F;

/// GPCS 2.3.1 section 11.8.2.1: the new version is 01 to 7F, and P1 holds the version in seven bits.
void check_version(std::uint32_t version, std::string_view option, BoundLine& line) {
  const bool adds = option == "-keyver" && version == 0;
  if (adds || (version >= 1 && version <= kHighestKeyVersion)) return;
  const bool no_harm = line.name == "put_dm_token_keys";
  report(line, {.severity = no_harm ? where_it_fails(line) : Severity::error,
                .code = "key-version",
                .text = fmt::format("{} gives {} {}; key versions are 1 to 127", line.name, option, version),
                .advice = option == "-keyver" ? "write the version that is replaced, or 0 to add keys"
                                              : "write -newkeyver with a version from 1 to 127",
                .option = option});
}

bool given(const CurrentKek& kek) {
  return kek.current_kek || kek.cur_kek;
}

void need_dek(const Known& known, BoundLine& line) {
  if (!known.channel || known.channel->dek) return;
  report(line,
         {.severity = Severity::error,
          .code = "no-dek",
          .text = fmt::format("{} encrypts the new keys with the DEK, and open_sc was given none", line.name),
          .advice = "give open_sc -kek_key too; GPShell would encrypt them with zeros and the keys "
                    "would be lost"});
}

void key_set_in_use(const Known& known, std::uint32_t version, BoundLine& line, std::string_view what) {
  if (version == 0 || !known.channel || known.channel->key_version != version) return;
  report(line,
         {.severity = Severity::warning,
          .code = "key-set-in-use",
          .text = fmt::format("{} {} key version {}, with which the channel was opened", line.name, what,
                              version),
          .advice = "add the new keys under another version and open a channel with them first; if they are "
                    "wrong, this set is the way back",
          .option = "-keyver"});
}

void need_new_keys(const Known& known, const PutScKey& command, BoundLine& line) {
  if (!command.key_derivation.none()) {
    if (known.keys_with(command.keys).key != 0) return;
    report(line, {.severity = Severity::error,
                  .code = "new-keys-missing",
                  .text = "put_sc_key derives the new keys from -key, and none was given",
                  .advice = "give the master key with -key"});
    return;
  }
  const auto given = static_cast<int>(command.keys.enc_key.has_value()) +
                     static_cast<int>(command.keys.mac_key.has_value()) +
                     static_cast<int>(command.keys.kek_key.has_value());
  if (given == 3) return;
  report(line, {.severity = Severity::error,
                .code = "new-keys-missing",
                .text = fmt::format("put_sc_key writes three keys, and {} of them {} given on this line",
                                    given, given == 1 ? "is" : "are"),
                .advice = "give -enc_key, -mac_key and -kek_key; GPShell would take the keys used last, or "
                          "zeros"});
}

void new_key_lengths(const KeyOptions& keys, BoundLine& line) {
  if (!keys.enc_key || !keys.mac_key || !keys.kek_key) return;
  const auto enc = keys.enc_key->size();
  if (enc == keys.mac_key->size() && enc == keys.kek_key->size()) return;
  report(line, {.severity = where_it_fails(line),
                .code = "key-length",
                .text = fmt::format("the ENC key has {} bytes, the MAC key {}, the DEK {}", enc,
                                    keys.mac_key->size(), keys.kek_key->size()),
                .advice = "a key set has keys of one length"});
}

/// 00 leaves the type to gpsh. Open Platform 2.0.1 has one type only.
void check_symmetric_type(const Known& known, std::uint8_t type, BoundLine& line) {
  if (type == 0) return;
  if (known.mode == gp::CardMode::open_platform_201) {
    report(line, {.code = "ignored-option",
                  .text = "-keyType does nothing in mode_201, whose keys are triple DES (81)",
                  .advice = "remove it, or put mode_211 before card_connect",
                  .option = "-keyType"});
  } else if (!gp::is_symmetric_key_type(type)) {
    report(line,
           {.severity = where_it_fails(line),
            .code = "key-type",
            .text = fmt::format("key type {} is neither triple DES (80 to 84) nor AES (88)", to_hex(type)),
            .advice = "leave -keyType out to get the type that fits",
            .option = "-keyType"});
  }
}

void check_public_type(std::uint8_t type, BoundLine& line) {
  constexpr std::array<std::uint8_t, 3> kTypes = {0x00, 0xF0, 0xF1};
  if (std::ranges::find(kTypes, type) != kTypes.end()) return;
  report(line,
         {.severity = where_it_fails(line),
          .code = "key-type",
          .text = fmt::format("key type {} is neither RSA (00, F0) nor elliptic curve (F1)", to_hex(type)),
          .advice = "give the -keyType of the key in the file",
          .option = "-keyType"});
}

void check(const Known&, const auto&, BoundLine&) {}

void check(const Known& known, const PutScKey& command, BoundLine& line) {
  if (!given(command.kek)) need_dek(known, line);
  need_new_keys(known, command, line);
  new_key_lengths(command.keys, line);
  check_symmetric_type(known, command.key_type.value, line);
  check_version(command.new_key_version.value, "-newkeyver", line);
  check_version(command.key_version.value, "-keyver", line);
  key_set_in_use(known, command.key_version.value, line, "replaces");
}

template <class Value>
void need_option(const std::optional<Value>& value, std::string_view option, BoundLine& line) {
  if (value) return;
  const bool key = option == "-key";
  report(line, {.severity = where_it_fails(line),
                .code = "missing-option",
                .text = fmt::format("{} needs option {}", line.name, option),
                .advice = key ? "give the receipt key; GPShell would take the one used last, or zeros"
                              : "name the PEM file of the public key"});
}

/// 0 stands for the usual version, 112 or 113.
void check_versions(const auto& command, BoundLine& line) {
  if (command.new_key_version.value != 0) check_version(command.new_key_version.value, "-newkeyver", line);
  check_version(command.key_version.value, "-keyver", line);
}

void check(const Known& known, const PutDmReceiptKeys& command, BoundLine& line) {
  need_mode_211(known.mode, line);
  need_dek(known, line);
  need_option(command.key, "-key", line);
  if (!said(line, "needs-mode-211")) check_symmetric_type(known, command.key_type.value, line);
  check_versions(command, line);
}

void check(const Known& known, const PutDmTokenKeys& command, BoundLine& line) {
  need_mode_211(known.mode, line);
  need_option(command.file, "-file", line);
  check_public_type(command.key_type.value, line);
  check_versions(command, line);
}

void check(const Known& known, const PutDmKeys& command, BoundLine& line) {
  if (!given(command.kek)) need_dek(known, line);
  need_option(command.file, "-file", line);
  need_option(command.key, "-key", line);
  check_versions(command, line);
}

void check(const Known& known, const DeleteKey& command, BoundLine& line) {
  // Of GPShell 3: without -keyind, or with 255, all keys of the version.
  constexpr std::uint32_t kAll = 0xFF;
  const bool one_key = command.key_index && command.key_index->value != kAll;
  const auto version = command.key_version.value;
  if (version != 0) {
    key_set_in_use(known, version, line, "deletes from");
    return;
  }
  if (one_key) {
    report(line, {.code = "every-version",
                  .text = fmt::format("delete_key without -keyver deletes key {} of every version, also of "
                                      "the set in use",
                                      command.key_index->value),
                  .advice = "name the version with -keyver",
                  .option = "-keyind"});
    return;
  }
  report(line, {.code = "key-selection",
                .text = "delete_key names no key: it needs -keyver, -keyind or both",
                .advice = "give -keyver to delete a whole key set"});
}

/// Keys that are in public test sets, and those in environment variables, are not among the secrets.
void keys_in_clear(BoundLine& line) {
  if (line.secrets.empty()) return;
  const auto count = line.secrets.size();
  line.diagnostics.push_back(
      {.severity = Severity::note,
       .code = "key-in-clear",
       .text = count == 1 ? "a secret value stands here in clear"
                          : fmt::format("{} secret values stand on this line in clear", count),
       .span = line.secrets.front().span,
       .advice = "keep it in an environment variable and write ${NAME}"});
}

}  // namespace

void check_keys(const Known& known, BoundLine& line) {
  keys_in_clear(line);
  if (line.command) std::visit([&](const auto& command) { check(known, command, line); }, *line.command);
}

}  // namespace gpsh::interpreter::checks
