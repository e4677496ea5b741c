// SPDX-License-Identifier: Apache-2.0
#include "gp/scp02.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/error.h"

namespace gpsh::gp {
namespace {

constexpr std::size_t kChallengeBytes = 8;
constexpr std::size_t kCounterBytes = 2;
constexpr std::size_t kMacBytes = 8;
constexpr std::array kBuiltOptions = {std::uint8_t{0x15}, std::uint8_t{0x55}};
constexpr std::array kBuiltLevels = {SecurityLevel(0x00), SecurityLevel(0x01), SecurityLevel(0x03)};

// Derivation constants (GPCS 2.3.1 section E.4.1).
constexpr std::array<std::uint8_t, 2> kEncConstant = {0x01, 0x82};
constexpr std::array<std::uint8_t, 2> kMacConstant = {0x01, 0x01};
constexpr std::array<std::uint8_t, 2> kDekConstant = {0x01, 0x81};

constexpr std::uint8_t kFurtherChannels = 0x40;  // logical channels 4 to 19 (GPCS 2.3.1 Table 11-12)

Bytes zeros() {
  return Bytes(kDesBlockBytes);
}

/// The class byte a C-MAC is made over: secure messaging set, no logical channel.
std::uint8_t mac_class(std::uint8_t cla) {
  const unsigned kept = (cla & kFurtherChannels) != 0 ? cla & 0x80U : cla & 0xF0U;
  return static_cast<std::uint8_t>(kept | 0x04U);
}

std::uint8_t wire_class(std::uint8_t cla) {
  if ((cla & kFurtherChannels) != 0) return static_cast<std::uint8_t>(cla | 0x20U);
  return static_cast<std::uint8_t>((cla & 0xF3U) | 0x04U);
}

void require(const Secret& key, std::string_view name) {
  if (!key.empty()) return;
  throw Error({.kind = ErrorKind::usage,
               .code = "key-missing",
               .message = "SCP02 needs the " + std::string(name) + " key",
               .advice = "give -enc_key, -mac_key and -kek_key"});
}

void require_spoken(const ProtocolStart& start) {
  if (!Scp02::speaks(start.level)) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "not-built",
                 .message = "this version of gpsh does not speak SCP02 with " + start.level.text(),
                 .advice = "use -security 0, 1 or 3"});
  }
  if (!Scp02::speaks(start.i)) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "not-built",
                 .message = "this version of gpsh does not speak SCP02 with i=" + to_hex(start.i),
                 .advice = "it speaks i=15 and i=55"});
  }
}

Bytes derivation_data(ByteView constant, ByteView counter) {
  auto data = concat({constant, counter});
  data.resize(kTripleDesKeyBytes);
  return data;
}

KeySet start_session(const ProtocolStart& start) {
  require_spoken(start);
  require(start.keys.enc, "ENC");
  require(start.keys.mac, "MAC");
  if (start.answer.card_challenge.size() != kChallengeBytes || start.answer.i) {
    throw Error({.kind = ErrorKind::card,
                 .code = "bad-response",
                 .message = "the answer to INITIALIZE UPDATE does not have the length of SCP02"});
  }
  return Scp02::session_keys(start.keys, ByteView(start.answer.card_challenge).first(kCounterBytes));
}

}  // namespace

bool Scp02::speaks(std::uint8_t i) {
  return std::ranges::find(kBuiltOptions, i) != kBuiltOptions.end();
}

bool Scp02::speaks(SecurityLevel level) {
  return std::ranges::find(kBuiltLevels, level) != kBuiltLevels.end();
}

KeySet Scp02::session_keys(const KeySet& keys, ByteView sequence_counter) {
  const auto session = [&](const Secret& key, ByteView constant) {
    return key.empty() ? Secret() : TripleDes(key).derive_key(derivation_data(constant, sequence_counter));
  };
  return {.enc = session(keys.enc, kEncConstant),
          .mac = session(keys.mac, kMacConstant),
          .dek = session(keys.dek, kDekConstant)};
}

Scp02::Scp02(const ProtocolStart& start) : Scp02(start, start_session(start)) {}

Scp02::Scp02(const ProtocolStart& start, KeySet session)
    : card_challenge_(start.answer.card_challenge),
      card_cryptogram_(start.answer.card_cryptogram),
      host_challenge_(to_bytes(start.host_challenge)),
      level_(start.level),
      wire_(start.wire),
      session_enc_(session.enc),
      session_mac_(session.mac),
      session_dek_(std::move(session.dek)) {}

bool Scp02::card_cryptogram_fits() const {
  const auto input = concat({host_challenge_, card_challenge_});
  return constant_time_equal(session_enc_.cbc_mac(pad80(input, kDesBlockBytes)), card_cryptogram_);
}

bool Scp02::challenge_fits(const Aid& application) {
  const auto mac = session_mac_.compute(zeros(), pad80(application.bytes(), kDesBlockBytes));
  const auto challenge = ByteView(card_challenge_).subspan(kCounterBytes);
  return constant_time_equal(ByteView(mac).first(challenge.size()), challenge);
}

CommandApdu Scp02::external_authenticate() {
  const auto input = concat({card_challenge_, host_challenge_});
  CommandApdu command{.cla = 0x80,
                      .ins = 0x82,
                      .p1 = level_.value(),
                      .data = session_enc_.cbc_mac(pad80(input, kDesBlockBytes))};
  last_mac_ = c_mac(command, zeros());
  command.cla = wire_class(command.cla);
  append(command.data, last_mac_);
  return command;
}

Bytes Scp02::c_mac(const CommandApdu& plain, ByteView start) {
  Bytes input = {mac_class(plain.cla), plain.ins, plain.p1, plain.p2,
                 static_cast<std::uint8_t>(plain.data.size() + kMacBytes)};
  append(input, plain.data);
  return session_mac_.compute(start, pad80(input, kDesBlockBytes));
}

CommandApdu Scp02::wrap(const CommandApdu& plain) {
  if (!level_.c_mac()) return plain;
  const auto most = max_plain_data(CommandApdu::kMaxShortData);
  if (plain.data.size() > most || plain.extended()) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "too-long-for-channel",
                 .message = std::to_string(plain.data.size()) +
                            " bytes of command data do not fit; SCP02 with " + level_.text() + " carries " +
                            std::to_string(most),
                 .advice = "split the data, or use a lower security level"});
  }
  // The start value is the last C-MAC, encrypted: i=15 and i=55 have bit 10 set (section E.3.4).
  last_mac_ = c_mac(plain, session_mac_.encrypt_start(last_mac_));
  auto wrapped = plain;
  wrapped.cla = wire_class(plain.cla);
  // Section E.4.6 is silent on an empty data field; GPShell encrypts its padding.
  const bool encrypts_empty = wire_ == Wire::gpshell;
  if (level_.c_decryption() && (!plain.data.empty() || encrypts_empty)) {
    wrapped.data = session_enc_.cbc_encrypt(zeros(), pad80(plain.data, kDesBlockBytes));
  }
  append(wrapped.data, last_mac_);
  return wrapped;
}

ResponseApdu Scp02::unwrap(const ResponseApdu& response) {
  return response;
}

std::size_t Scp02::max_plain_data(std::size_t limit) const {
  if (!level_.c_mac()) return limit;
  const auto room = limit > kMacBytes ? limit - kMacBytes : 0;
  if (!level_.c_decryption()) return room;
  const auto whole_blocks = room / kDesBlockBytes * kDesBlockBytes;
  return whole_blocks > 0 ? whole_blocks - 1 : 0;
}

}  // namespace gpsh::gp
