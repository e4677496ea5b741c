// SPDX-License-Identifier: Apache-2.0
#include "gp/scp03.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/error.h"
#include "gp/crypto.h"
#include "gp/r_mac_session.h"
#include "gp/secure_messaging.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kName = "SCP03";
constexpr std::size_t kShortMac = 8;
constexpr std::size_t kLongMac = 16;
constexpr std::array kLevels = {SecurityLevel(0x00), SecurityLevel(0x01), SecurityLevel(0x03),
                                SecurityLevel(0x11), SecurityLevel(0x13), SecurityLevel(0x33)};

bool succeeded(StatusWord sw) {
  return sw.ok() || sw.warning();
}

void require_spoken(const ProtocolStart& start) {
  if (!Scp03::speaks(start.i)) {
    throw channel_option("there is no SCP03 with i=" + to_hex(start.i),
                         "i is made of 01, 10, and 20 or 60, or none of them");
  }
  if (Scp03::speaks(start.i, start.level)) return;
  throw channel_option("SCP03 with i=" + to_hex(start.i) + " has no security level " +
                           to_hex(start.level.value()) + " (" + start.level.text() + ")",
                       "use -security 0, 1 or 3; R-MAC needs bit 20 of i, R-ENC bit 40 too");
}

void require_lengths(const ProtocolStart& start) {
  const auto bytes = Scp03::mac_bytes(start.i);
  const auto& answer = start.answer;
  if (answer.i && answer.card_challenge.size() == bytes && answer.card_cryptogram.size() == bytes &&
      start.host_challenge.size() == bytes) {
    return;
  }
  throw wrong_answer(std::string(kName) + " with i=" + to_hex(start.i));
}

Secret derived(const AesDerivation& derivation, DerivationConstant constant, std::size_t bytes,
               ByteView context) {
  return derivation ? derivation({.constant = constant, .bytes = bytes, .context = context}) : Secret();
}

Scp03::SessionKeys derive_session_keys(const StaticKeys& keys, const AesDerivation& enc, ByteView context) {
  const auto mac = keys.aes_derivation(KeyRole::mac);
  const auto mac_bytes = keys.key_bytes(KeyRole::mac);
  return {.enc = derived(enc, DerivationConstant::session_enc, keys.key_bytes(KeyRole::enc), context),
          .mac = derived(mac, DerivationConstant::session_mac, mac_bytes, context),
          .response_mac = derived(mac, DerivationConstant::session_response_mac, mac_bytes, context)};
}

}  // namespace

/// What the start gives.
struct Scp03::Session {
  SessionKeys keys{};
  Bytes context{};
  AesDerivation challenge_derivation{};
  DataEncryption data_encryption{};
};

std::uint8_t Scp03::known_part(std::uint8_t i) {
  constexpr unsigned kAlways = kLong | kPseudoRandomChallenge | kResponseMac;
  const auto known = (i & kResponseMac) != 0 ? kAlways | kResponseEncryption : kAlways;
  return static_cast<std::uint8_t>(i & known);
}

bool Scp03::speaks(std::uint8_t i) {
  return known_part(i) == i;
}

bool Scp03::speaks(std::uint8_t i, SecurityLevel level) {
  if (!speaks(i) || std::ranges::find(kLevels, level) == kLevels.end()) return false;
  if (level.r_encryption() && (i & kResponseEncryption) == 0) return false;
  return !level.r_mac() || (i & kResponseMac) != 0;
}

std::size_t Scp03::mac_bytes(std::uint8_t i) {
  return (i & kLong) != 0 ? kLongMac : kShortMac;
}

Scp03::SessionKeys Scp03::session_keys(KeyAccess keys, ByteView host_challenge, ByteView card_challenge) {
  const auto context = concat({host_challenge, card_challenge});
  return keys.with([&context](const StaticKeys& all) {
    return derive_session_keys(all, all.aes_derivation(KeyRole::enc), context);
  });
}

Scp03::Session Scp03::session_of(const ProtocolStart& start) {
  require_spoken(start);
  require_lengths(start);
  return start.keys.with([&start](const StaticKeys& keys) {
    require_key(keys, KeyRole::enc, kName);
    require_key(keys, KeyRole::mac, kName);
    Session session{.context = concat({start.host_challenge, start.answer.card_challenge}),
                    .challenge_derivation = keys.aes_derivation(KeyRole::enc),
                    .data_encryption = keys.aes_data_encryption()};
    session.keys = derive_session_keys(keys, session.challenge_derivation, session.context);
    return session;
  });
}

Scp03::Scp03(const ProtocolStart& start) : Scp03(start, session_of(start)) {}

Scp03::Scp03(const ProtocolStart& start, Session session)
    : context_(std::move(session.context)),
      card_challenge_(start.answer.card_challenge),
      card_cryptogram_(start.answer.card_cryptogram),
      sequence_counter_(start.answer.sequence_counter),
      i_(start.i),
      agreed_level_(start.level),
      level_(start.level),
      empty_data_(start.empty_data),
      challenge_derivation_(std::move(session.challenge_derivation)),
      data_encryption_(std::move(session.data_encryption)),
      session_enc_(session.keys.enc),
      session_mac_(session.keys.mac),
      session_response_mac_(session.keys.response_mac) {}

Bytes Scp03::cryptogram(DerivationConstant constant) const {
  return derive_data(session_mac_, {.constant = constant, .bytes = mac_bytes(i_), .context = context_});
}

bool Scp03::card_cryptogram_fits() const {
  return constant_time_equal(cryptogram(DerivationConstant::card_cryptogram), card_cryptogram_);
}

bool Scp03::challenge_fits(const Aid& application) const {
  if ((i_ & kPseudoRandomChallenge) == 0 || sequence_counter_.empty() || !challenge_derivation_) return false;
  const auto context = concat({sequence_counter_, application.bytes()});
  return challenge_derivation_({.constant = DerivationConstant::card_challenge,
                                .bytes = card_challenge_.size(),
                                .context = context}) == Secret::from_bytes(card_challenge_);
}

CommandApdu Scp03::external_authenticate() {
  CommandApdu command{.cla = 0x80,
                      .ins = 0x82,
                      .p1 = level_.value(),
                      .data = cryptogram(DerivationConstant::host_cryptogram)};
  chain_ = {};
  add_mac(command);
  challenge_derivation_ = nullptr;
  return command;
}

/// Sets the class byte too (section 6.2.4).
void Scp03::add_mac(CommandApdu& command) {
  const auto bytes = mac_bytes(i_);
  Bytes header;
  header.reserve(7);  // with a length of three bytes
  append(header, {mac_class(command.cla), command.ins, command.p1, command.p2});
  append_lc(header, command.data.size() + bytes);
  chain_ = session_mac_.compute({chain_, header, command.data});
  command.cla = wire_class(command.cla);
  append(command.data, ByteView(chain_).first(bytes));
}

CommandApdu Scp03::wrap(const CommandApdu& plain, Extent extent) {
  if (ended_) throw channel_ended();
  last_command_ = {.cla = plain.cla, .ins = plain.ins, .p1 = plain.p1, .p2 = plain.p2};
  if (!level_.c_mac()) return plain;
  if (extent == Extent::one_apdu) {
    require_room(plain, max_plain_data(CommandApdu::kMaxShortData), kName, level_);
  }
  if (level_.c_decryption()) counter_.advance();
  CommandApdu wrapped{.cla = plain.cla, .ins = plain.ins, .p1 = plain.p1, .p2 = plain.p2};
  wrapped.le = plain.le;
  wrapped.data.reserve(plain.data.size() + kAesBlockBytes + kLongMac);
  append(wrapped.data, plain.data);
  if (level_.c_decryption() && (!plain.data.empty() || empty_data_ == EmptyData::encrypted)) {
    append_pad80(wrapped.data, kAesBlockBytes);
    session_enc_.cbc_encrypt_in_place(session_enc_.encrypt_block(counter_.command_block()), wrapped.data);
  }
  add_mac(wrapped);
  return wrapped;
}

ResponseApdu Scp03::unwrap(const ResponseApdu& response) {
  proof_ = ResponseProof::not_asked;
  if (!level_.r_mac()) {
    follow_r_mac_session(response.sw);
    return response;
  }
  if (!succeeded(response.sw)) {
    proof_ = ResponseProof::unauthenticated;
    return response;
  }
  try {
    auto plain = verified(response);
    proof_ = ResponseProof::verified;
    follow_r_mac_session(response.sw);
    return plain;
  } catch (const Error&) {
    ended_ = true;
    throw;
  }
}

ResponseApdu Scp03::verified(const ResponseApdu& response) {
  const auto bytes = mac_bytes(i_);
  if (response.data.size() < bytes) {
    throw wrong_response_mac("the card answered " + response.sw.text() + " without an R-MAC");
  }
  const auto data = ByteView(response.data).first(response.data.size() - bytes);
  const std::array<std::uint8_t, 2> sw = {response.sw.sw1(), response.sw.sw2()};
  const auto mac = session_response_mac_.compute({chain_, data, sw});
  if (!constant_time_equal(ByteView(mac).first(bytes), ByteView(response.data).last(bytes))) {
    throw wrong_response_mac("the R-MAC of a response is wrong");
  }
  const bool encrypted = level_.r_encryption() && !data.empty();
  return {.data = encrypted ? decrypted(data) : to_bytes(data), .sw = response.sw};
}

Bytes Scp03::decrypted(ByteView data) const {
  const bool whole = data.size() % kAesBlockBytes == 0;
  if (whole) {
    auto plain = session_enc_.cbc_decrypt(session_enc_.encrypt_block(counter_.response_block()), data);
    if (const auto unpadded = without_pad80(plain)) {
      plain.resize(unpadded->size());
      return plain;
    }
  }
  throw Error({.kind = ErrorKind::security,
               .code = "response-padding",
               .message = whole ? "an encrypted response has no padding at its end"
                                : "an encrypted response is " + std::to_string(data.size()) +
                                      " bytes long, which are no whole blocks",
               .advice = "its R-MAC is right, so the card does not encrypt as SCP03 says; use a level "
                         "without R-ENC (19 in decimal)"});
}

/// BEGIN adds to the level and END takes it back, each from the next response on (sections 7.1.3 and 7.1.4).
void Scp03::follow_r_mac_session(StatusWord sw) {
  if (!sw.ok() || (last_command_.cla & 0x80) == 0 || !agreed_level_.c_mac()) return;
  if (last_command_.ins == kBeginRMacSession) {
    const auto added = static_cast<std::uint8_t>(agreed_level_.value() | last_command_.p1);
    if (speaks(i_, SecurityLevel(added))) level_ = SecurityLevel(added);
  } else if (last_command_.ins == kEndRMacSession) {
    level_ = agreed_level_;
  }
}

MessageRoom Scp03::room() const {
  return {.mac_bytes = mac_bytes(i_), .block_bytes = level_.c_decryption() ? kAesBlockBytes : 0};
}

std::size_t Scp03::max_plain_data(std::size_t limit) const {
  return level_.c_mac() ? most_plain_data(limit, room()) : limit;
}

Bytes Scp03::encrypt_sensitive(ByteView blocks) const {
  return encrypt_with(data_encryption_, blocks);
}

}  // namespace gpsh::gp
