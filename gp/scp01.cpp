// SPDX-License-Identifier: Apache-2.0
#include "gp/scp01.h"

#include <algorithm>
#include <array>

#include "gp/secure_messaging.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kName = "SCP01";
constexpr std::size_t kChallengeBytes = 8;
constexpr std::size_t kMacBytes = 8;
constexpr std::array kLevels = {SecurityLevel(0x00), SecurityLevel(0x01), SecurityLevel(0x03)};
constexpr std::array<std::uint8_t, kDesBlockBytes> kZeros{};

void require_spoken(const ProtocolStart& start) {
  if (!Scp01::speaks(start.i)) {
    throw channel_option("there is no SCP01 with i=" + to_hex(start.i), "use i=05 or i=15");
  }
  if (!Scp01::speaks(start.i, start.level)) {
    throw channel_option(
        "SCP01 has no security level " + to_hex(start.level.value()) + " (" + start.level.text() + ")",
        "use -security 0, 1 or 3");
  }
}

KeySet start_session(const ProtocolStart& start) {
  require_spoken(start);
  start.keys.with([](const StaticKeys& keys) {
    require_key(keys, KeyRole::enc, kName);
    require_key(keys, KeyRole::mac, kName);
  });
  if (start.answer.card_challenge.size() != kChallengeBytes || start.answer.i ||
      start.host_challenge.size() != kChallengeBytes) {
    throw wrong_answer(kName);
  }
  return Scp01::session_keys(start.keys, start.host_challenge, start.answer.card_challenge);
}

DataEncryption static_data_encryption(KeyAccess access) {
  return access.with([](const StaticKeys& keys) { return keys.triple_des_data_encryption(Chaining::ecb); });
}

}  // namespace

bool Scp01::speaks(std::uint8_t i) {
  return i == 0x05 || i == 0x15;
}

bool Scp01::speaks(std::uint8_t i, SecurityLevel level) {
  return speaks(i) && std::ranges::find(kLevels, level) != kLevels.end();
}

KeySet Scp01::session_keys(KeyAccess keys, ByteView host_challenge, ByteView card_challenge) {
  if (host_challenge.size() != kChallengeBytes || card_challenge.size() != kChallengeBytes) {
    throw wrong_answer(kName);
  }
  const auto data = concat(
      {card_challenge.last(4), host_challenge.first(4), card_challenge.first(4), host_challenge.last(4)});
  return keys.with([&data](const StaticKeys& all) {
    const auto session = [&](KeyRole role) {
      return all.key_bytes(role) == 0 ? Secret() : all.derive_triple_des(role, Chaining::ecb, data);
    };
    return KeySet{.enc = session(KeyRole::enc), .mac = session(KeyRole::mac), .dek = {}};
  });
}

Scp01::Scp01(const ProtocolStart& start) : Scp01(start, start_session(start)) {}

Scp01::Scp01(const ProtocolStart& start, const KeySet& session)
    : card_challenge_(start.answer.card_challenge),
      card_cryptogram_(start.answer.card_cryptogram),
      host_challenge_(to_bytes(start.host_challenge)),
      i_(start.i),
      level_(start.level),
      session_enc_(session.enc),
      session_mac_(session.mac),
      data_encryption_(static_data_encryption(start.keys)) {}

bool Scp01::card_cryptogram_fits() const {
  const auto input = concat({host_challenge_, card_challenge_});
  return constant_time_equal(session_enc_.cbc_mac(pad80(input, kDesBlockBytes)), card_cryptogram_);
}

bool Scp01::challenge_fits(const Aid& /*application*/) const {
  return false;
}

CommandApdu Scp01::external_authenticate() {
  const auto input = concat({card_challenge_, host_challenge_});
  CommandApdu command{.cla = 0x80,
                      .ins = 0x82,
                      .p1 = level_.value(),
                      .data = session_enc_.cbc_mac(pad80(input, kDesBlockBytes))};
  last_mac_ = c_mac(command, kZeros);
  command.cla = wire_class(command.cla);
  append(command.data, last_mac_);
  return command;
}

Bytes Scp01::c_mac(const CommandApdu& plain, ByteView start) const {
  Bytes input;
  input.reserve(plain.data.size() + 2 * kDesBlockBytes);
  append(input, {mac_class(plain.cla), plain.ins, plain.p1, plain.p2});
  append_lc(input, plain.data.size() + kMacBytes);
  append(input, plain.data);
  append_pad80(input, kDesBlockBytes);
  session_mac_.cbc_encrypt_in_place(start, input);
  return {input.end() - kMacBytes, input.end()};
}

CommandApdu Scp01::wrap(const CommandApdu& plain, Extent extent) {
  if (!level_.c_mac()) return plain;
  if (extent == Extent::one_apdu) {
    require_room(plain, max_plain_data(CommandApdu::kMaxShortData), kName, level_);
  } else if (level_.c_decryption()) {
    // The length before the encrypted data has one byte, also where the command is cut.
    require_room(plain, CommandApdu::kMaxShortData, kName, level_);
  }
  // Triple DES, where SCP02 takes single DES (section D.1.5).
  last_mac_ = (i_ & kStartEncryption) != 0 ? c_mac(plain, session_mac_.ecb_encrypt(last_mac_))
                                           : c_mac(plain, Bytes(last_mac_));
  CommandApdu wrapped{.cla = wire_class(plain.cla), .ins = plain.ins, .p1 = plain.p1, .p2 = plain.p2};
  wrapped.le = plain.le;
  wrapped.data.reserve(plain.data.size() + 1 + kDesBlockBytes + kMacBytes);
  const bool encrypts = level_.c_decryption() && !plain.data.empty();
  if (encrypts) wrapped.data.push_back(static_cast<std::uint8_t>(plain.data.size()));
  append(wrapped.data, plain.data);
  if (encrypts) {
    if (wrapped.data.size() % kDesBlockBytes != 0) append_pad80(wrapped.data, kDesBlockBytes);
    session_enc_.cbc_encrypt_in_place(kZeros, wrapped.data);
  }
  append(wrapped.data, last_mac_);
  return wrapped;
}

std::size_t Scp01::max_plain_data(std::size_t limit) const {
  if (!level_.c_mac()) return limit;
  // The length byte in front takes the place of the least padding.
  return most_plain_data(limit,
                         {.mac_bytes = kMacBytes, .block_bytes = level_.c_decryption() ? kDesBlockBytes : 0});
}

Bytes Scp01::encrypt_sensitive(ByteView blocks) const {
  return encrypt_with(data_encryption_, blocks);
}

}  // namespace gpsh::gp
