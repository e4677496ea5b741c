// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "gp/key_management.h"
#include "gp/token_key.h"
#include "interpreter/file_reader.h"
#include "interpreter/handlers/handlers.h"
#include "interpreter/handlers/kept_keys.h"

namespace gpsh::interpreter {
namespace {

constexpr std::uint8_t kTokenKeyVersion = 0x70;
constexpr std::uint8_t kReceiptKeyVersion = 0x71;
constexpr std::uint8_t kRsaKey = 0xF0;
constexpr std::uint8_t kCurveKey = 0xF1;

/// GPShell prints these without a code.
Error unusable(std::string code_free_line, std::string_view code, std::string message, std::string advice) {
  return Error({.kind = ErrorKind::usage,
                .code = code,
                .message = std::move(message),
                .advice = std::move(advice),
                .native_text = std::move(code_free_line)});
}

void require_211(std::string_view command, const SessionState& state) {
  if (state.mode == gp::CardMode::global_platform_211) return;
  throw unusable(fmt::format("Error: {} only supported in GP211 mode", command), "needs-mode-211",
                 fmt::format("Open Platform 2.0.1 has no {}", command), "put mode_211 before card_connect");
}

template <class Value>
void require_given(const std::optional<Value>& given, std::string_view command, std::string_view option) {
  if (given) return;
  throw unusable(fmt::format("Error: {} requires {}", command, option), "missing-option",
                 fmt::format("{} needs {}", command, option),
                 fmt::format("give {}; nothing was sent to the card", option));
}

std::string read_pem(const FilePath& file) {
  const auto bytes = read_file(file.text);
  return {bytes.begin(), bytes.end()};
}

std::optional<std::string> pass_phrase(const std::optional<Text<64>>& pass) {
  return pass ? std::optional(pass->text) : std::nullopt;
}

gp::PublicKeyKind kind_of(std::uint8_t key_type) {
  if (key_type == 0 || key_type == kRsaKey) return gp::PublicKeyKind::rsa;
  if (key_type == kCurveKey) return gp::PublicKeyKind::elliptic_curve;
  throw Error({.kind = ErrorKind::usage,
               .code = "key-type",
               .message = fmt::format("key type {} is neither RSA (00, F0) nor elliptic curve (F1)",
                                      to_hex(key_type)),
               .advice = "give the -keyType of the key in the file; nothing was sent to the card"});
}

std::uint8_t version_or(const Decimal<255>& version, std::uint8_t otherwise) {
  return version.value == 0 ? otherwise : static_cast<std::uint8_t>(version.value);
}

}  // namespace

CommandResult run(const PutDmTokenKeys& command, SessionState& state) {
  constexpr std::string_view kName = "put_dm_token_keys";
  require_211(kName, state);
  require_given(command.file, kName, "-file");
  auto& card = state.connected_card();
  const auto kind = kind_of(command.key_type.value);
  const auto text = read_pem(*command.file);
  const auto version = version_or(command.new_key_version, kTokenKeyVersion);
  gp::put_token_key(card, {.pem = {.text = text, .pass_phrase = pass_phrase(command.pass)},
                           .kind = kind,
                           .replaced_version = static_cast<std::uint8_t>(command.key_version.value),
                           .new_version = version});
  return KeysPut{.version = version, .check_values = {}};
}

CommandResult run(const PutDmReceiptKeys& command, SessionState& state) {
  constexpr std::string_view kName = "put_dm_receipt_keys";
  require_211(kName, state);
  require_given(command.key, kName, "-key");
  state.keys.key = command.key->clone();
  const auto version = version_or(command.new_key_version, kReceiptKeyVersion);
  auto check_value = gp::put_receipt_key(
      state.connected_card(), {.key = *command.key,
                               .replaced_version = static_cast<std::uint8_t>(command.key_version.value),
                               .new_version = version,
                               .key_type = command.key_type.value,
                               .format = command.key_format});
  return KeysPut{.version = version, .check_values = {std::move(check_value)}};
}

CommandResult run(const PutDmKeys& command, SessionState& state) {
  constexpr std::string_view kName = "put_dm_keys";
  require_given(command.file, kName, "-file");
  require_given(command.key, kName, "-key");
  state.keys.key = command.key->clone();
  auto& card = state.connected_card();
  const auto text = read_pem(*command.file);
  const auto version = version_or(command.new_key_version, kTokenKeyVersion);
  gp::put_delegated_management_keys(card,
                                    {.pem = {.text = text, .pass_phrase = pass_phrase(command.pass)},
                                     .receipt_key = *command.key,
                                     .mode = state.mode,
                                     .replaced_version = static_cast<std::uint8_t>(command.key_version.value),
                                     .new_version = version,
                                     .current_kek = current_kek_of(command.kek)});
  return KeysPut{.version = version, .check_values = {}};
}

}  // namespace gpsh::interpreter
