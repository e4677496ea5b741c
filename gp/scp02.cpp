// SPDX-License-Identifier: Apache-2.0
#include "gp/scp02.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/error.h"
#include "gp/scp02_session_keys.h"
#include "gp/secure_messaging.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kName = "SCP02";
constexpr std::size_t kChallengeBytes = 8;
constexpr std::size_t kCounterBytes = 2;
constexpr std::size_t kMacBytes = 8;
constexpr std::array kLevels = {SecurityLevel(0x00), SecurityLevel(0x01), SecurityLevel(0x03)};
constexpr std::array kResponseMacLevels = {SecurityLevel(0x10), SecurityLevel(0x11), SecurityLevel(0x13)};
constexpr SecurityLevel kImplicitLevel(0x01);
constexpr std::array<std::uint8_t, kDesBlockBytes> kZeros{};

Scp02BaseKeys::Count base_keys(std::uint8_t i) {
  return (i & Scp02::kThreeKeys) != 0 ? Scp02BaseKeys::Count::three : Scp02BaseKeys::Count::one;
}

EmptyData settled(const ProtocolStart& start) {
  if (start.empty_data != EmptyData::as_wire) return start.empty_data;
  return start.wire == Wire::gpshell ? EmptyData::encrypted : EmptyData::clear;
}

void require_option(std::uint8_t i, bool good) {
  if (good) return;
  throw channel_option("there is no such SCP02 channel with i=" + to_hex(i),
                       "explicit: 04 or 05, and 10, 20, 40 of them; implicit: 0A or 0B, and 10, 20 of them");
}

}  // namespace

/// What both starts give.
struct Scp02::Session {
  Bytes card_challenge{};
  Bytes card_cryptogram{};
  Bytes host_challenge{};
  std::uint8_t i = 0;
  SecurityLevel level{};
  EmptyData empty_data = EmptyData::clear;
  KeySet keys{};
  Secret response_mac{};
  Secret later_response_mac{};
  Bytes start{};           ///< of the C-MAC chain
  Bytes response_start{};  ///< of the R-MAC chain
};

bool Scp02::speaks(std::uint8_t i) {
  constexpr unsigned kOptional = kThreeKeys | kStartEncryption | kResponseMac;
  const unsigned rest = i & ~kOptional;
  return rest == kExplicitInitiation || rest == (kExplicitInitiation | kPseudoRandomChallenge) ||
         rest == (kUnmodifiedApdu | kStartFromAid);
}

bool Scp02::speaks(std::uint8_t i, SecurityLevel level) {
  if (!speaks(i)) return false;
  if (starts_implicitly(i)) return level == kImplicitLevel;
  const bool with_r_mac = std::ranges::find(kResponseMacLevels, level) != kResponseMacLevels.end();
  return with_r_mac ? (i & kResponseMac) != 0 : std::ranges::find(kLevels, level) != kLevels.end();
}

bool Scp02::speaks(SecurityLevel level) {
  return speaks(kExplicitInitiation | kResponseMac, level);
}

KeySet Scp02::session_keys(KeyAccess keys, ByteView sequence_counter) {
  return keys.with([&](const StaticKeys& all) {
    return KeySet{.enc = derive_scp02_key(all, KeyRole::enc, Scp02KeyUse::encryption, sequence_counter),
                  .mac = derive_scp02_key(all, KeyRole::mac, Scp02KeyUse::command_mac, sequence_counter),
                  .dek = derive_scp02_key(all, KeyRole::dek, Scp02KeyUse::data_encryption, sequence_counter)};
  });
}

Secret Scp02::response_mac_key(KeyAccess keys, ByteView sequence_counter) {
  return keys.with([&](const StaticKeys& all) {
    return derive_scp02_key(all, KeyRole::mac, Scp02KeyUse::response_mac, sequence_counter);
  });
}

Scp02::Session Scp02::explicit_session(const ProtocolStart& start) {
  require_option(start.i, speaks(start.i) && !starts_implicitly(start.i));
  if (!speaks(start.i, start.level)) {
    throw channel_option("SCP02 with i=" + to_hex(start.i) + " has no security level " +
                             to_hex(start.level.value()) + " (" + start.level.text() + ")",
                         "use -security 0, 1 or 3; a level with R-MAC needs bit 20 of i");
  }
  if (start.answer.card_challenge.size() != kChallengeBytes || start.answer.i ||
      start.host_challenge.size() != kChallengeBytes) {
    throw wrong_answer(kName);
  }
  const auto counter = ByteView(start.answer.card_challenge).first(kCounterBytes);
  return start.keys.with([&](const StaticKeys& keys) {
    const Scp02BaseKeys base(keys, base_keys(start.i));
    const auto derived = [&](KeyRole role, Scp02KeyUse use, ByteView at) {
      return derive_scp02_key(keys, base.role(role), use, at);
    };
    require_key(keys, base.role(KeyRole::enc), kName);
    require_key(keys, base.role(KeyRole::mac), kName);
    Session session{.card_challenge = start.answer.card_challenge,
                    .card_cryptogram = start.answer.card_cryptogram,
                    .host_challenge = to_bytes(start.host_challenge),
                    .i = start.i,
                    .level = start.level,
                    .empty_data = settled(start)};
    session.keys = {.enc = derived(KeyRole::enc, Scp02KeyUse::encryption, counter),
                    .mac = derived(KeyRole::mac, Scp02KeyUse::command_mac, counter),
                    .dek = derived(KeyRole::dek, Scp02KeyUse::data_encryption, counter)};
    if (start.level.r_mac()) {
      session.response_mac = derived(KeyRole::mac, Scp02KeyUse::response_mac, counter);
    } else if (const auto later = next_sequence_counter(counter); later && (start.i & kResponseMac) != 0) {
      session.later_response_mac = derived(KeyRole::mac, Scp02KeyUse::response_mac, *later);
    }
    return session;
  });
}

Scp02::Session Scp02::implicit_session(const ImplicitStart& start) {
  require_option(start.i, speaks(start.i) && starts_implicitly(start.i));
  // The card counts on when it has verified the first C-MAC; DEK and R-MAC keys come after (section E.1.2.2).
  const auto later = next_sequence_counter(start.sequence_counter);
  if (!later) {
    throw Error({.kind = ErrorKind::security,
                 .code = "counter-exhausted",
                 .message = "the sequence counter of this key version is at its end (FFFF)",
                 .advice = "use another key version; new keys reset the counter"});
  }
  return start.keys.with([&](const StaticKeys& keys) {
    const Scp02BaseKeys base(keys, base_keys(start.i));
    require_key(keys, base.role(KeyRole::mac), kName);
    const auto mac_role = base.role(KeyRole::mac);
    Session session{.i = start.i, .level = kImplicitLevel};
    session.keys = {
        .enc = {},
        .mac = derive_scp02_key(keys, mac_role, Scp02KeyUse::command_mac, start.sequence_counter),
        .dek = derive_scp02_key(keys, base.role(KeyRole::dek), Scp02KeyUse::data_encryption, *later)};
    const auto application = pad80(start.application.bytes(), kDesBlockBytes);
    session.start = RetailMac(session.keys.mac).compute(kZeros, application);
    if ((start.i & kResponseMac) != 0) {
      session.later_response_mac = derive_scp02_key(keys, mac_role, Scp02KeyUse::response_mac, *later);
      session.response_start = RetailMac(session.later_response_mac).compute(kZeros, application);
    }
    return session;
  });
}

Scp02::Scp02(const ProtocolStart& start) : Scp02(explicit_session(start)) {}

Scp02 Scp02::implicit(const ImplicitStart& start) {
  return Scp02(implicit_session(start));
}

Scp02::Scp02(Session session)
    : card_challenge_(std::move(session.card_challenge)),
      card_cryptogram_(std::move(session.card_cryptogram)),
      host_challenge_(std::move(session.host_challenge)),
      i_(session.i),
      agreed_level_(session.level),
      level_(session.level),
      empty_data_(session.empty_data),
      session_mac_(session.keys.mac),
      session_dek_(std::move(session.keys.dek)),
      last_mac_(std::move(session.start)),
      response_mac_key_(std::move(session.response_mac)),
      later_response_mac_key_(std::move(session.later_response_mac)),
      response_start_(std::move(session.response_start)) {
  if (!session.keys.enc.empty()) session_enc_.emplace(session.keys.enc);
  if (session_dek_.empty()) return;
  data_encryption_ =
      data_encryption_with(session_dek_, starts_implicitly(i_) ? Chaining::cbc : Chaining::ecb);
}

bool Scp02::card_cryptogram_fits() const {
  if (!session_enc_) return false;
  const auto input = concat({host_challenge_, card_challenge_});
  return constant_time_equal(session_enc_->cbc_mac(pad80(input, kDesBlockBytes)), card_cryptogram_);
}

bool Scp02::challenge_fits(const Aid& application) const {
  if ((i_ & kPseudoRandomChallenge) == 0) return false;
  const auto mac = session_mac_.compute(kZeros, pad80(application.bytes(), kDesBlockBytes));
  const auto challenge = ByteView(card_challenge_).subspan(kCounterBytes);
  return constant_time_equal(ByteView(mac).first(challenge.size()), challenge);
}

CommandApdu Scp02::external_authenticate() {
  if (!session_enc_) {
    throw Error({.kind = ErrorKind::internal,
                 .code = "implicit-channel",
                 .message = "an implicit SCP02 channel has no EXTERNAL AUTHENTICATE"});
  }
  const auto input = concat({card_challenge_, host_challenge_});
  CommandApdu command{.cla = 0x80,
                      .ins = 0x82,
                      .p1 = level_.value(),
                      .data = session_enc_->cbc_mac(pad80(input, kDesBlockBytes))};
  last_mac_ = c_mac(command, kZeros);
  first_start_ = false;
  response_start_ = last_mac_;
  if (level_.r_mac()) {
    response_mac_.emplace(response_mac_key_, response_start_, ResponseProtection::r_mac);
  }
  command.cla = wire_class(command.cla);
  append(command.data, last_mac_);
  return command;
}

Bytes Scp02::c_mac(const CommandApdu& plain, ByteView start) {
  const bool unmodified = (i_ & kUnmodifiedApdu) != 0;
  Bytes input;
  input.reserve(plain.data.size() + 2 * kDesBlockBytes);
  append(input, {unmodified ? plain_class(plain.cla) : mac_class(plain.cla), plain.ins, plain.p1, plain.p2});
  append_lc(input, plain.data.size() + (unmodified ? 0 : kMacBytes));
  append(input, plain.data);
  append_pad80(input, kDesBlockBytes);
  return session_mac_.compute(start, input);
}

Bytes Scp02::next_start() const {
  const bool encrypted = (i_ & kStartEncryption) != 0 && !first_start_;
  return encrypted ? session_mac_.encrypt_start(last_mac_) : last_mac_;
}

CommandApdu Scp02::wrap(const CommandApdu& plain, Extent extent) {
  if (ended_) throw channel_ended();
  if (level_.c_mac() && extent == Extent::one_apdu) {
    require_room(plain, max_plain_data(CommandApdu::kMaxShortData), kName, level_);
  }
  note_r_mac_command(plain);
  return level_.c_mac() ? protected_form(plain) : plain;
}

CommandApdu Scp02::protected_form(const CommandApdu& plain) {
  last_mac_ = c_mac(plain, next_start());
  first_start_ = false;
  CommandApdu wrapped{.cla = wire_class(plain.cla), .ins = plain.ins, .p1 = plain.p1, .p2 = plain.p2};
  wrapped.le = plain.le;
  wrapped.data.reserve(plain.data.size() + kDesBlockBytes + kMacBytes);
  append(wrapped.data, plain.data);
  if (level_.c_decryption() && (!plain.data.empty() || empty_data_ == EmptyData::encrypted)) {
    append_pad80(wrapped.data, kDesBlockBytes);
    session_enc_->cbc_encrypt_in_place(kZeros, wrapped.data);
  }
  append(wrapped.data, last_mac_);
  return wrapped;
}

void Scp02::note_r_mac_command(const CommandApdu& plain) {
  beginning_.reset();
  last_command_ = {.cla = plain.cla, .ins = plain.ins, .p1 = plain.p1, .p2 = plain.p2};
  if (response_mac_) {
    response_mac_->sent(plain);
    return;
  }
  if (plain.ins != kBeginRMacSession || (plain.cla & 0x80) == 0 || (i_ & kResponseMac) == 0) return;
  if (later_response_mac_key_.empty()) {
    throw Error({.kind = ErrorKind::security,
                 .code = "counter-exhausted",
                 .message = "the sequence counter of this key version is at its end (FFFF), so there is no "
                            "key for an R-MAC session",
                 .advice = "use another key version; new keys reset the counter"});
  }
  const auto protection = plain.p1 == 0x00 ? ResponseProtection::at_end : ResponseProtection::r_mac;
  beginning_.emplace(later_response_mac_key_, response_start_, protection);
  beginning_->sent(plain);
}

ResponseApdu Scp02::unwrap(const ResponseApdu& response) {
  proof_ = ResponseProof::not_asked;
  if (response_mac_) return verified(response);
  if (beginning_) begin_r_mac(response);
  return response;
}

ResponseApdu Scp02::verified(const ResponseApdu& response) {
  try {
    if (last_command_.ins == kEndRMacSession) return end_r_mac(response);
    auto plain = response_mac_->received(response);
    proof_ = response_mac_->proof();
    return plain;
  } catch (const Error&) {
    ended_ = true;
    throw;
  }
}

void Scp02::begin_r_mac(const ResponseApdu& response) {
  if (response.sw.ok()) {
    beginning_->received_unprotected(response);
    response_mac_ = std::move(beginning_);
    if (last_command_.p1 != 0x00) {
      level_ = SecurityLevel(static_cast<std::uint8_t>(agreed_level_.value() | last_command_.p1));
    }
  }
  beginning_.reset();
}

/// Its pair is not part of the chain (section E.4.5).
ResponseApdu Scp02::end_r_mac(const ResponseApdu& response) {
  if (!response.sw.ok()) {
    proof_ = ResponseProof::unauthenticated;
    return response;
  }
  if (!response_mac_->is_current(response.data)) {
    throw wrong_response_mac("the R-MAC that END R-MAC SESSION returned is wrong");
  }
  const bool begun = !agreed_level_.r_mac();
  if (begun && last_command_.p2 == static_cast<std::uint8_t>(SessionEnd::end)) {
    response_mac_.reset();
    level_ = agreed_level_;
  }
  proof_ = ResponseProof::verified;
  return response;
}

std::size_t Scp02::max_plain_data(std::size_t limit) const {
  if (!level_.c_mac()) return limit;
  return most_plain_data(limit,
                         {.mac_bytes = kMacBytes, .block_bytes = level_.c_decryption() ? kDesBlockBytes : 0});
}

Bytes Scp02::encrypt_sensitive(ByteView blocks) const {
  return encrypt_with(data_encryption_, blocks);
}

}  // namespace gpsh::gp
