// SPDX-License-Identifier: Apache-2.0
#include <cctype>

#include "gp/key_management.h"
#include "gp/new_key_derivation.h"
#include "interpreter/gpshell_messages.h"
#include "interpreter/handlers/handlers.h"
#include "interpreter/handlers/kept_keys.h"

namespace gpsh::interpreter {
namespace {

constexpr std::uint32_t kEveryIndex = 255;  // as GPShell has it

std::uint8_t byte_of(const Decimal<255>& number) {
  return static_cast<std::uint8_t>(number.value);
}

/// Version 0 is no version.
gp::KeySelection selection_of(const DeleteKey& command) {
  gp::KeySelection selection;
  if (command.key_version.value != 0) selection.version = byte_of(command.key_version);
  if (command.key_index && command.key_index->value != kEveryIndex) {
    selection.identifier = byte_of(*command.key_index);
  }
  return selection;
}

/// GPShell has a line of its own for a derivation that fails, named after the method.
Error derivation_failed(const Error& error, const gp::Diversification& method) {
  auto facts = error.facts();
  auto name = method.name();
  if (name == "emvcps11") name = "emv_cps11";
  for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  facts.native_text = gpshell_error_line(name + "_derive_keys() returns", error);
  facts.native_code.reset();
  return Error(std::move(facts));
}

/// The keys derived replace the ones that the script gave.
void derive_keys(const PutScKey& command, const gp::Secret* current_kek, SessionState& state) {
  const auto master = copy_of(state.keys.key);
  try {
    auto derived =
        gp::derive_new_keys(state.connected_card(),
                            {.method = command.key_derivation, .master = master, .current_kek = current_kek});
    state.keys.enc_key = std::move(derived.enc);
    state.keys.mac_key = std::move(derived.mac);
    state.keys.kek_key = std::move(derived.dek);
  } catch (const Error& error) {
    throw derivation_failed(error, command.key_derivation);
  }
}

/// A set that is put anew by mistake looks like a success.
void warn_of_kept_keys(const PutScKey& command, SessionState& state) {
  const auto& given = command.keys;
  if (!command.key_derivation.none() || (given.enc_key && given.mac_key && given.kek_key)) return;
  state.observer.remark(
      {.severity = Severity::warning,
       .code = "kept-keys",
       .text = "put_sc_key was not given three keys; it takes the others from the lines before",
       .advice = "give -enc_key, -mac_key and -kek_key"});
}

}  // namespace

CommandResult run(const DeleteKey& command, SessionState& state) {
  const auto selection = selection_of(command);
  gp::delete_key(state.connected_card(), selection);
  return KeysDeleted{.version = selection.version, .identifier = selection.identifier};
}

CommandResult run(const PutScKey& command, SessionState& state) {
  keep(state, command.keys);
  const auto* current_kek = current_kek_of(command.kek);
  if (!command.key_derivation.none()) derive_keys(command, current_kek, state);
  const gp::KeySet keys{copy_of(state.keys.enc_key), copy_of(state.keys.mac_key),
                        copy_of(state.keys.kek_key)};
  warn_of_kept_keys(command, state);
  const auto version = byte_of(command.new_key_version);
  return KeysPut{.version = version,
                 .check_values = gp::put_secure_channel_keys(
                     state.connected_card(), {.mode = state.mode,
                                              .keys = keys,
                                              .replaced_version = byte_of(command.key_version),
                                              .new_version = version,
                                              .key_type = command.key_type.value,
                                              .format = command.key_format,
                                              .current_kek = current_kek})};
}

}  // namespace gpsh::interpreter
