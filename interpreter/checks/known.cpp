// SPDX-License-Identifier: Apache-2.0
#include "interpreter/checks/known.h"

#include <algorithm>
#include <array>

#include "gp/select.h"
#include "interpreter/checks/finding.h"

namespace gpsh::interpreter::checks {
namespace {

std::size_t length_of(const std::optional<gp::Secret>& given, std::size_t kept) {
  return given ? given->size() : kept;
}

/// As gp::static_keys does: a derivation and the only key of a card give all three.
bool has_dek(const KnownKeys& keys) {
  return keys.key != 0 || keys.dek != 0;
}

bool wrapped_by_request(const auto&) {
  return false;
}
bool wrapped_by_request(const SendApdu& command) {
  return command.raw.wrapping == Wrapping::on;
}
bool wrapped_by_request(const SendApduNostop& command) {
  return command.raw.wrapping == Wrapping::on;
}

}  // namespace

KnownKeys Known::keys_with(const KeyOptions& given) const {
  return {.key = length_of(given.key, keys.key),
          .enc = length_of(given.enc_key, keys.enc),
          .mac = length_of(given.mac_key, keys.mac),
          .dek = length_of(given.kek_key, keys.dek)};
}

void Known::advance(const BoundLine& line) {
  if (line.info == nullptr) return assume(line.meant);
  if (line.command) {
    std::visit([this](const auto& command) { run(command); }, *line.command);
  } else {
    assume(line.name);
  }
  // One message is enough for everything that follows from the same omission.
  if (said(line, "no-context")) context = true;
  if (said(line, "no-connection")) context = connected = true;
  if (said(line, "no-channel")) channel_missed = true;
}

void Known::assume(std::string_view command) {
  if (command == "mode_211") run(Mode211{});
  if (command == "establish_context") run(EstablishContext{});
  if (command == "card_connect") run(CardConnect{});
  if (command == "select") run(Select{});
  if (command != "open_sc") return;
  constexpr std::size_t kSome = 16;
  keys = {.key = kSome, .enc = kSome, .mac = kSome, .dek = kSome};
  channel.emplace();
}

void Known::run(const ReleaseContext&) {
  drop_card("release_context");
  context = false;
}

void Known::run(const CardConnect&) {
  drop_card("card_connect");
  connected = true;
}

void Known::run(const CardDisconnect&) {
  drop_card("card_disconnect");
}

void Known::run(const Select&) {
  take_selection("select");
}

/// A SELECT that a script wrote itself selects like any other.
void Known::run_raw(const RawApdu& raw) {
  const bool wrapped = raw.wrapping == Wrapping::on && channel;
  if (!wrapped && gp::selects_by_name(raw.apdu.bytes)) take_selection("the SELECT of send_apdu");
}

void Known::take_selection(std::string_view by) {
  selected = true;
  channel_missed = false;
  end_channel(by);
}

void Known::end_channel(std::string_view by) {
  if (channel) channel_ended_by = by;
  channel.reset();
}

void Known::run(const OpenSc& command) {
  keys = keys_with(command.keys);
  channel = KnownChannel{.key_version = static_cast<std::uint8_t>(command.key_version.value),
                         .level = gp::SecurityLevel(static_cast<std::uint8_t>(command.security.value)),
                         .dek = has_dek(keys)};
}

/// Keys that are derived replace the kept ones.
void Known::run(const PutScKey& command) {
  keys = keys_with(command.keys);
  if (!command.key_derivation.none()) keys.enc = keys.mac = keys.dek = keys.key;
}

void Known::keep(const std::optional<gp::Secret>& key) {
  keys.key = length_of(key, keys.key);
}

void Known::derive(std::string command, std::string method) {
  derivation_from = std::move(command);
  derivation = std::move(method);
}

void Known::drop_card(std::string_view by) {
  disconnected = disconnected || connected;
  connected = selected = channel_missed = loading = false;
  end_channel(by);
}

bool needs_card(std::string_view command) {
  constexpr std::array<std::string_view, 13> kWithout = {"mode_201",
                                                         "mode_211",
                                                         "enable_trace",
                                                         "enable_timer",
                                                         "gemXpressoPro",
                                                         "print",
                                                         "visa_key_derivation",
                                                         "emv_cps11_key_derivation",
                                                         "establish_context",
                                                         "release_context",
                                                         "list_readers",
                                                         "card_connect",
                                                         "exit"};
  return std::ranges::find(kWithout, command) == kWithout.end();
}

bool needs_channel(const BoundLine& line) {
  constexpr std::array<std::string_view, 14> kWrapped = {"get_status",
                                                         "load",
                                                         "install",
                                                         "install_for_load",
                                                         "install_for_install",
                                                         "install_for_make_selectable",
                                                         "install_for_personalization",
                                                         "store_data",
                                                         "delete",
                                                         "delete_key",
                                                         "put_sc_key",
                                                         "put_dm_token_keys",
                                                         "put_dm_receipt_keys",
                                                         "put_dm_keys"};
  if (std::ranges::find(kWrapped, line.name) != kWrapped.end()) return true;
  return line.command &&
         std::visit([](const auto& command) { return wrapped_by_request(command); }, *line.command);
}

}  // namespace gpsh::interpreter::checks
