// SPDX-License-Identifier: Apache-2.0
#include "sessions/verify.h"

#include <algorithm>
#include <utility>

#include "gp/channel_reading.h"
#include "gp/secure_messaging.h"
#include "sessions/apdu_words.h"
#include "sessions/initialize_update_in.h"

namespace gpsh::sessions {
namespace {

using Kind = VerifyFinding::Kind;

constexpr std::uint8_t kInitializeUpdate = 0x50;
constexpr std::uint8_t kExternalAuthenticate = 0x82;
constexpr std::size_t kShortestInitializeUpdate = 13;
constexpr std::uint8_t kStartClear = 0x05;
constexpr std::uint8_t kStartEncrypted = 0x15;
constexpr std::uint8_t kImplicitStartClear = 0x0A;
constexpr std::uint8_t kImplicitStartEncrypted = 0x1A;
constexpr std::uint8_t kImplicitLevel = 0x01;
constexpr std::uint8_t kSelect = 0xA4;
constexpr std::uint8_t kGetData = 0xCA;
constexpr std::uint8_t kStoreData = 0xE2;
constexpr std::size_t kShownBytes = 32;
constexpr std::size_t kStatusWordBytes = 2;

bool is(const CommandApdu& command, std::uint8_t ins) {
  return (command.cla & 0x80) != 0 && command.ins == ins;
}

std::string count_of_bytes(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " byte" : " bytes");
}

std::string shown(ByteView data) {
  if (data.empty()) return "no data";
  if (data.size() <= kShownBytes) return to_hex(data);
  return to_hex(data.first(kShownBytes)) + "... (" + count_of_bytes(data.size()) + ")";
}

/// What was decrypted. Keys, PINs and STORE DATA, which was encrypted then: their length only.
std::string shown_of(const CommandApdu& command, ByteView data) {
  if ((carries_secrets(command) || is(command, kStoreData)) && !data.empty())
    return count_of_bytes(data.size()) + ", not shown";
  return shown(data);
}

/// What cannot be decrypted has its name from the wire.
std::string name_of(const CommandCheck& check, const LoggedExchange& exchange) {
  if (check.plain) return command_name(*check.plain);
  const auto wire = command_in(exchange.wire_command);
  return wire ? command_name(*wire) : std::string("command");
}

/// Whether the log shows the plain command, and shows another one.
bool contradicts(const CommandApdu& plain, ByteView logged) {
  if (logged.empty()) return false;
  const auto command = command_in(logged);
  if (!command || command->ins != plain.ins || has_secure_messaging(command->cla)) return false;
  return command->data != plain.data;
}

}  // namespace

bool ChannelVerdict::right() const {
  const bool all =
      commands.verified == commands.total && (!responses || responses->verified == responses->total);
  if (implicit) return all;
  if (keys.empty() || !card_cryptogram_right) return false;
  if (!level) return commands.total == 0 && !authentication_damaged;
  return authentication.host_cryptogram_right && authentication.mac_right && all;
}

void ChannelVerifier::tell(Kind kind, const LoggedExchange& exchange, std::string text) {
  sink_.finding({.kind = kind, .line = exchange.line, .text = std::move(text)});
}

void ChannelVerifier::exchange(const LoggedExchange& exchange) {
  const auto command = command_in(exchange.wire_command);
  if (!command) return damaged(exchange);
  if (exchange.wire_command.size() >= kShortestInitializeUpdate && is(*command, kInitializeUpdate)) {
    return begin(exchange);
  }
  const bool secure = has_secure_messaging(command->cla);
  if (!secure) note_selection(*command, exchange);
  if (secure && std::exchange(may_be_implicit_, false)) begin_implicitly(*command, exchange);
  if (!open_) return;
  if (command->ins == kExternalAuthenticate) {
    if (!is(*command, kExternalAuthenticate) || open_->verdict.level) return;
    if (command->data.empty()) return damaged(exchange);
    authenticate(*command, exchange);
  } else if (secure && open_->verdict.level) {
    secured(*command, exchange);
  } else if (secure && !selected_since_) {
    ++open_->verdict.commands.total;  // EXTERNAL AUTHENTICATE is missing or damaged
  } else if (open_->verdict.level && !selected_since_) {
    unsecured(*command, exchange);
  }
}

/// What was sent was no command APDU; the log may have been changed.
void ChannelVerifier::damaged(const LoggedExchange& exchange) {
  if (!open_ || exchange.wire_command.size() < 2) return;
  if (!has_secure_messaging(exchange.wire_command.front())) return;
  auto& verdict = open_->verdict;
  if (!verdict.level && selected_since_) return;
  if (!verdict.level && exchange.wire_command.at(1) == kExternalAuthenticate) {
    verdict.authentication_damaged = true;
    return tell(Kind::wrong, exchange, "EXTERNAL AUTHENTICATE: it is cut or damaged");
  }
  ++verdict.commands.total;
  tell(Kind::wrong, exchange, "no command APDU: its lengths do not add up");
}

void ChannelVerifier::note_selection(const CommandApdu& wire, const LoggedExchange& exchange) {
  if (wire.ins != kSelect && wire.ins != kGetData) return;
  selection_.exchange(exchange.wire_command, exchange.wire_response);
  if (wire.ins == kSelect && (wire.cla & 0x80) == 0) selected_since_ = true;
  may_be_implicit_ = selection_.sequence_counter() && (!open_ || selected_since_);
}

void ChannelVerifier::begin_implicitly(const CommandApdu& wire, const LoggedExchange& exchange) {
  auto found = implicit_channel(
      {.applications = selection_.applications(), .sequence_counter = *selection_.sequence_counter()}, wire,
      keys_, teaching_);
  if (!found) return;
  finish();
  auto& open = open_.emplace(Open{});
  open.verdict = {.line = exchange.line,
                  .implicit = true,
                  .protocol = found->protocol,
                  .keys = found->keys,
                  .level = kImplicitLevel};
  sink_.computed(std::move(found->key_steps));
  open.readings.push_back(std::move(*found));
  selected_since_ = false;
}

void ChannelVerifier::begin(const LoggedExchange& exchange) {
  finish();
  const auto challenge = host_challenge_in(exchange.wire_command);
  const auto answer = challenge ? answer_in(exchange.wire_response) : std::nullopt;
  if (!answer) return;
  auto& open = open_.emplace(Open{});
  selected_since_ = may_be_implicit_ = false;
  open.readings = fitting_channels({.answer = *answer, .host_challenge = *challenge, .selection = selection_},
                                   keys_, teaching_);
  open.verdict.line = exchange.line;
  open.verdict.i = answer->i;
  open.verdict.key_version = answer->key_version;
  open.verdict.protocol = gp::answered_protocol(*answer);
  if (open.readings.empty()) {
    return tell(Kind::wrong, exchange, "INITIALIZE UPDATE: no key known here makes this card cryptogram");
  }
  open.verdict.protocol = open.readings.front().protocol;
  open.verdict.keys = open.readings.front().keys;
  open.verdict.card_cryptogram_right = true;
  if (teaching_ == Teaching::off) return;
  sink_.computed(std::move(open.readings.front().key_steps));
  sink_.computed(open.readings.front().check->take_steps());
}

void ChannelVerifier::authenticate(const CommandApdu& wire, const LoggedExchange& exchange) {
  auto& verdict = open_->verdict;
  verdict.level = wire.p1;
  if (gp::SecurityLevel(wire.p1).r_mac()) verdict.responses.emplace();
  std::size_t chosen = 0;
  for (std::size_t at = 0; at < open_->readings.size(); ++at) {
    const auto check = open_->readings[at].check->authenticate(wire);
    if (at > 0 && !check.mac_right) continue;
    chosen = at;
    verdict.authentication = check;
    if (check.mac_right) break;
  }
  if (open_->readings.empty()) return;
  std::swap(open_->readings.front(), open_->readings[chosen]);
  open_->readings.erase(open_->readings.begin() + 1, open_->readings.end());
  auto& reading = open_->readings.front();
  if (chosen != 0) sink_.computed(std::move(reading.key_steps));
  sink_.computed(reading.check->take_steps());
  verdict.protocol = open_->readings.front().protocol;
  verdict.keys = open_->readings.front().keys;
  if (!verdict.authentication.host_cryptogram_right) {
    tell(Kind::wrong, exchange, "EXTERNAL AUTHENTICATE: the host cryptogram is wrong");
  }
  if (!verdict.authentication.mac_right)
    tell(Kind::wrong, exchange, "EXTERNAL AUTHENTICATE: the C-MAC is wrong");
}

void ChannelVerifier::count(MacReading reading) {
  if (reading == MacReading::right) ++open_->verdict.commands.verified;
  if (reading == MacReading::start_clear) ++open_->macs_of_i[0];
  if (reading == MacReading::start_encrypted) ++open_->macs_of_i[1];
}

void ChannelVerifier::count(const ResponseCheck& check) {
  auto& verdict = open_->verdict;
  if (check.unchecked) {
    ++verdict.unchecked_responses;
    return;
  }
  if (!verdict.responses) verdict.responses.emplace();
  ++verdict.responses->total;
  if (check.right) ++verdict.responses->verified;
}

/// An i settles whether the ICV is encrypted, so all commands of a channel must agree.
bool ChannelVerifier::is_right(MacReading reading) const {
  const auto& [clear, encrypted] = open_->macs_of_i;
  if (reading == MacReading::start_clear) return encrypted <= clear;
  if (reading == MacReading::start_encrypted) return clear <= encrypted;
  return reading == MacReading::right;
}

void ChannelVerifier::secured(const CommandApdu& wire, const LoggedExchange& exchange) {
  auto& verdict = open_->verdict;
  ++verdict.commands.total;
  if (open_->readings.empty()) return;
  auto check = open_->readings.front().check->command(wire);
  const auto name = name_of(check, exchange);
  if (!is_right(check.reading))
    tell(Kind::wrong, exchange, name + ": the C-MAC is " + words_of(check.reading));
  if (!check.plain) {
    tell(Kind::wrong, exchange, name + ": the command data cannot be decrypted");
  } else if (contradicts(*check.plain, exchange.plain_command)) {
    tell(Kind::wrong, exchange, name + ": the log shows another plain command than the one that was sent");
  } else {
    count(check.reading);
  }
  if (check.decrypted) {
    tell(Kind::decrypted, exchange, name + ": command data " + shown_of(*check.plain, check.plain->data));
  }
  auto answer = response(check, exchange);
  sink_.computed(open_->readings.front().check->take_steps());
  sink_.unwrapped({.command = std::move(check), .response = std::move(answer)});
}

/// At a level without C-MAC, responses may be protected all the same.
void ChannelVerifier::unsecured(const CommandApdu& wire, const LoggedExchange& exchange) {
  if (open_->readings.empty() || open_->readings.front().check->level().c_mac()) return;
  open_->readings.front().check->plain_command(wire);
  CommandCheck check{.reading = MacReading::right, .plain = wire};
  auto answer = response(check, exchange);
  sink_.computed(open_->readings.front().check->take_steps());
  if (answer) sink_.unwrapped({.command = std::move(check), .response = std::move(answer)});
}

std::optional<ResponseCheck> ChannelVerifier::response(const CommandCheck& command,
                                                       const LoggedExchange& exchange) {
  auto& verdict = open_->verdict;
  if (exchange.answer_unreadable && open_->readings.front().check->level().r_mac()) {
    if (!verdict.responses) verdict.responses.emplace();
    ++verdict.responses->total;
    tell(Kind::wrong, exchange, name_of(command, exchange) + ": its answer in the log is cut or damaged");
  }
  if (exchange.wire_response.size() < kStatusWordBytes) return std::nullopt;
  const auto wire = ResponseApdu::parse(exchange.wire_response);
  auto checked = open_->readings.front().check->response(wire);
  if (!checked) return std::nullopt;
  const auto& check = *checked;
  const auto name = name_of(command, exchange);
  count(check);
  if (!check.right && !check.unchecked) {
    tell(Kind::wrong, exchange,
         name +
             (check.right_from_zeros ? ": the R-MAC is right with an ICV of zeros" : ": the R-MAC is wrong"));
  }
  if ((check.right || check.unchecked) && !check.plain) {
    tell(Kind::wrong, exchange, name + ": the response data cannot be decrypted");
  }
  if (!check.decrypted) return checked;
  if (!check.plain->data.empty()) ++verdict.decrypted_responses;
  const auto text = command.plain ? shown_of(*command.plain, check.plain->data) : shown(check.plain->data);
  tell(Kind::decrypted, exchange, name + ": response data " + text);
  return checked;
}

void ChannelVerifier::finish() {
  if (!open_) return;
  auto& verdict = open_->verdict;
  const auto most = std::max(open_->macs_of_i[0], open_->macs_of_i[1]);
  verdict.commands.verified += most;
  if (most > 0) {
    const bool encrypted = most == open_->macs_of_i[1];
    verdict.i = verdict.implicit ? (encrypted ? kImplicitStartEncrypted : kImplicitStartClear)
                                 : (encrypted ? kStartEncrypted : kStartClear);
  }
  if (verdict.unchecked_responses > 0 && verdict.responses && verdict.responses->total == 0) {
    verdict.responses.reset();
  }
  sink_.verdict(verdict);
  open_.reset();
}

}  // namespace gpsh::sessions
