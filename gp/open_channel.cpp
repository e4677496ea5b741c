// SPDX-License-Identifier: Apache-2.0
#include "gp/open_channel.h"

#include <string>
#include <utility>

#include "core/error.h"
#include "gp/counted_attempt.h"
#include "gp/expect_ok.h"
#include "gp/implicit_channel.h"
#include "gp/initialize_update.h"
#include "gp/key_versions.h"
#include "gp/opening.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kInitializeUpdate = "INITIALIZE UPDATE";
constexpr std::string_view kExternalAuthenticate = "EXTERNAL AUTHENTICATE";
constexpr std::size_t kShortChallenge = 8;
constexpr std::size_t kLongChallenge = 16;  // SCP03 with S16 alone
constexpr StatusWord kWrongLength{0x6700};
constexpr StatusWord kCryptogramRejected{0x6300};

/// Whether the card's answer to INITIALIZE UPDATE has proven it.
enum class MacKey { unproven, proven };

/// The host cryptogram is made with the key that the card cryptogram has proven (GPCS 2.3.1 section E.4.2.2;
/// AmdD section 6.2.2.3), so that key is not what is wrong.
std::string advice_after_proof(MacKey mac_key) {
  const std::string proven = "the key that makes the host cryptogram is proven: ";
  const std::string reason = mac_key == MacKey::proven
                                 ? "the card refuses for a reason of its own"
                                 : "the MAC key may be wrong, or the card refuses for a reason of its own";
  return proven + reason + "; every further try may bring the card nearer to its lock";
}

/// One conversation with INITIALIZE UPDATE; its steps in the order they happen.
class Opening {
 public:
  Opening(CardSession& session, const OpenRequest& request, Ledger& ledger)
      : session_(session),
        request_(request),
        attempt_({.session = session,
                  .ledger = ledger,
                  .connection = session.connection_info(),
                  .key_version = request.key_version,
                  .over_limit = request.force == Force::yes ? OverLimit::attempt : OverLimit::refuse}) {}

  void run() {
    detection_ = detect_protocol(session_,
                                 {.mode = request_.mode, .scp = request_.scp, .scp_impl = request_.scp_impl});
    try {
      authenticate();
    } catch (const Error& error) {
      attempt_.failed();
      if (error.code() == "replay-end") explain_replay_end(error);
      throw;
    }
    tell_public_key();
  }

 private:
  void authenticate();
  void initialize_update();
  [[nodiscard]] ResponseApdu send_initialize_update(const CommandApdu& command);
  [[nodiscard]] std::size_t first_challenge_bytes() const;
  [[noreturn]] void refused(const ResponseApdu& response, const CommandApdu& command);
  [[nodiscard]] std::string advice_to_refusal(StatusWord sw);
  [[noreturn]] void explain_replay_end(const Error& end) const;
  [[nodiscard]] MacKey verify(const SecureChannel::Protocols& protocol, const ChosenReading& reading);
  [[nodiscard]] bool verify_challenge(const SecureChannel::Protocols& protocol, const ChosenReading& reading);
  [[nodiscard]] bool announces_challenge(const ChosenReading& reading) const;
  void external_authenticate(SecureChannel::Protocols& protocol, MacKey mac_key);
  void tell_other_version();
  void tell_derived_keys(const ChosenReading& reading);
  void tell_public_key();
  void settle_visa1();
  void settle_base_key();
  [[nodiscard]] bool settle_for(ChannelKeys other);
  [[nodiscard]] const ChannelKeys& keys() const { return settled_ ? *settled_ : request_.keys; }
  [[nodiscard]] AnswerFacts facts() const {
    return {.keys = keys(), .answer = answer_, .host_challenge = host_challenge_, .wire = session_.wire()};
  }
  void note(std::string_view code, std::string text, std::string advice = {}) {
    session_.observer().remark(
        {.severity = Severity::note, .code = code, .text = std::move(text), .advice = std::move(advice)});
  }

  CardSession& session_;
  const OpenRequest& request_;
  CountedAttempt attempt_;
  Detection detection_{};
  Bytes host_challenge_{};
  InitializeUpdateResponse answer_{};
  std::optional<ChannelKeys> settled_{};  ///< used instead of the request's: see settle_for()
};

void Opening::authenticate() {
  initialize_update();
  attempt_.answered(answer_);
  tell_other_version();
  settle_visa1();
  settle_base_key();
  const auto known = facts();
  const AnsweredOpening opening{.request = request_,
                                .detection = detection_,
                                .facts = known,
                                .selection = session_.selection(),
                                .observer = session_.observer()};
  const auto reading = choose_reading(opening);
  const auto i = covering_implementation(reading, request_);
  auto protocol = start_protocol(reading.protocol, i, request_.level, known);
  if (!std::visit([](const auto& each) { return each.card_cryptogram_fits(); }, protocol)) {
    throw cryptogram_error(reading.protocol, opening);
  }
  tell_derived_keys(reading);
  const auto mac_key = verify(protocol, reading);
  external_authenticate(protocol, mac_key);
  attempt_.succeeded();
  session_.open_channel(SecureChannel({.protocol = reading.protocol,
                                       .i = i,
                                       .level = request_.level,
                                       .key_version = answer_.key_version,
                                       .diversification_data = answer_.diversification_data},
                                      std::move(protocol)));
}

std::size_t Opening::first_challenge_bytes() const {
  const bool other_wanted = request_.scp && *request_.scp != Scp03::kNumber;
  if (request_.mode == CardMode::open_platform_201 || other_wanted) return kShortChallenge;
  const auto announced = detection_.implementation(Scp03::kNumber);
  const auto i = request_.scp && request_.scp_impl ? *request_.scp_impl : announced ? announced->i : 0;
  const bool scp03 = request_.scp || detection_.first_protocol() == Scp03::kNumber;
  return scp03 && (i & Scp03::kLong) != 0 ? kLongChallenge : kShortChallenge;
}

void Opening::initialize_update() {
  for (auto length = first_challenge_bytes();; length = kLongChallenge) {
    attempt_.begin();
    host_challenge_ = session_.random().bytes(length);
    const CommandApdu command{.cla = 0x80,
                              .ins = 0x50,
                              .p1 = request_.key_version,
                              .p2 = request_.key_index,
                              .data = host_challenge_,
                              .le = CommandApdu::kShortMaximum};
    const auto response = send_initialize_update(command);
    if (response.sw.ok()) {
      answer_ = InitializeUpdateResponse::parse(response.data);
      return;
    }
    attempt_.refused(response.sw);
    const bool wants_longer = response.sw == kWrongLength && length == kShortChallenge &&
                              request_.mode == CardMode::global_platform_211 && session_.wire() == Wire::gpsh;
    if (!wants_longer) refused(response, command);
    note("long-challenge",
         "the card refused a host challenge of 8 bytes (6700); 16 bytes are tried, as SCP03 with S16 has");
  }
}

ResponseApdu Opening::send_initialize_update(const CommandApdu& command) {
  const auto before = session_.wire_cost();
  try {
    return session_.transmit_plain(command, kInitializeUpdate);
  } catch (const Error&) {
    if (session_.wire_cost() == before) attempt_.not_sent();
    throw;
  }
}

void Opening::refused(const ResponseApdu& response, const CommandApdu& command) {
  auto facts = refusal(response.sw, kInitializeUpdate, command).facts();
  if (session_.wire() == Wire::gpsh) {
    if (auto advice = advice_to_refusal(response.sw); !advice.empty()) facts.advice = std::move(advice);
  }
  throw Error(std::move(facts));
}

/// What the card itself tells of the reason; empty where it tells nothing.
std::string Opening::advice_to_refusal(StatusWord sw) {
  if (sw == StatusWord(0x6A88) || sw == StatusWord(0x6A86)) {
    std::string versions;
    for (const auto version : read_key_versions(session_))
      versions += (versions.empty() ? "" : ", ") + to_hex(version);
    if (versions.empty()) return {};
    return "the card has keys of version " + versions + " (hex): say which with -keyver";
  }
  if (sw != StatusWord(0x6D00) && sw != StatusWord(0x6E00)) return {};
  return implicit_start_advice(
      detection_.card_data_asked ? detection_ : detect_protocol(session_, {.mode = request_.mode}));
}

/// A log that ends here was written by a program that gave up after GET DATA 0066: its reason is the news.
void Opening::explain_replay_end(const Error& end) const {
  constexpr auto kAdvice = "the recording ends here; on a card gpsh goes on with INITIALIZE UPDATE";
  if (detection_.refusal) {
    auto facts = detection_.refusal->facts();
    if (facts.code == "card-status") facts.code = "detection-refused";
    facts.advice = kAdvice;
    throw Error(std::move(facts));
  }
  if (detection_.card_data_asked && !detection_.usable()) {
    throw Error({.kind = ErrorKind::card,
                 .code = "no-protocol",
                 .message = "the card announces no secure channel protocol that gpsh knows",
                 .advice = kAdvice,
                 .exchange = end.facts().exchange});
  }
  throw end;
}

/// Takes `other` where the card cryptogram proves it, and not the keys of the request.
bool Opening::settle_for(ChannelKeys other) {
  const auto protocol = request_.mode == CardMode::open_platform_201
                            ? Scp01::kNumber
                            : request_.scp.value_or(answered_protocol(answer_));
  const auto i =
      answer_.i ? Scp03::known_part(*answer_.i) : request_.scp_impl.value_or(usual_implementation(protocol));
  const AnswerFacts with_other{
      .keys = other, .answer = answer_, .host_challenge = host_challenge_, .wire = session_.wire()};
  if (cryptogram_fits(protocol, i, facts()) || !cryptogram_fits(protocol, i, with_other)) return false;
  settled_ = std::move(other);
  return true;
}

/// GPShell takes visa1 and derives nothing (quirk Q23), so keys that fit underived are used that way.
void Opening::settle_visa1() {
  const auto& given = request_.keys;
  if (given.derivation.name() != "visa1") return;
  if (!settle_for({.keys = given.keys.clone(), .base_key = given.base_key.clone()})) return;
  note("visa1-without-effect",
       "the keys fit as they are, so visa1 is not applied; GPShell never does in open_sc",
       "leave out -keyDerivation");
}

/// ENC, MAC and DEK key of an earlier line stay in force, as in GPShell: -key alone is meant to replace them
/// where it fits and they do not.
void Opening::settle_base_key() {
  const auto& given = request_.keys;
  if (!given.derivation.none() || given.base_key.empty() || base_key_serves_for_all(given)) return;
  if (!settle_for({.base_key = given.base_key.clone()})) return;
  note("key-for-all", "-key is used as ENC, MAC and DEK key, as it fits and the ones given otherwise do not");
}

MacKey Opening::verify(const SecureChannel::Protocols& protocol, const ChosenReading& reading) {
  const bool challenge_proven = verify_challenge(protocol, reading);
  const bool scp03 = reading.protocol == Scp03::kNumber;
  const std::string one =
      scp03 ? "the MAC key; ENC and DEK are unproven" : "the ENC key; MAC and DEK are unproven";
  note("keys-proven", "the card has proven that it knows " +
                          (challenge_proven ? "the ENC and MAC keys; the DEK is unproven" : one));
  return scp03 || challenge_proven ? MacKey::proven : MacKey::unproven;
}

/// Only an announcement of the card itself counts: an option may claim the bit for a card that draws its
/// challenges at random.
bool Opening::announces_challenge(const ChosenReading& reading) const {
  const auto announced = detection_.implementation(Scp02::kNumber);
  const auto in_force = static_cast<std::uint8_t>(announced ? announced->i & reading.implementation.i : 0);
  return gp::announces_challenge(reading.protocol, answer_, in_force);
}

/// Whether the challenge proved the other key: MAC on SCP02, ENC on SCP03.
bool Opening::verify_challenge(const SecureChannel::Protocols& protocol, const ChosenReading& reading) {
  if (!announces_challenge(reading)) return false;
  const auto& selection = session_.selection();
  if (!selection.aid) {
    note("card-challenge",
         "the card's challenge was not checked, as the AID of the application is not known");
    return false;
  }
  const auto fits = [&protocol](const Aid& aid) {
    return std::visit([&aid](const auto& each) { return each.challenge_fits(aid); }, protocol);
  };
  if (fits(*selection.aid) || (selection.typed && fits(*selection.typed))) return true;
  const bool scp03 = reading.protocol == Scp03::kNumber;
  const auto message =
      std::string("the card's challenge is not the pseudo-random one it announces, although the ") +
      (scp03 ? "MAC" : "ENC") + " key is proven";
  const auto reason = std::string("the ") + (scp03 ? "ENC" : "MAC") +
                      " key is wrong, or the AID is not the one the card uses";
  if (request_.force == Force::no) {
    throw Error({.kind = ErrorKind::security,
                 .code = "card-challenge",
                 .message = message,
                 .advice = reason + "; --force continues"});
  }
  session_.observer().remark(
      {.severity = Severity::warning, .code = "card-challenge", .text = message, .advice = reason});
  return false;
}

void Opening::external_authenticate(SecureChannel::Protocols& protocol, MacKey mac_key) {
  const auto command = std::visit([](auto& each) { return each.external_authenticate(); }, protocol);
  const auto response = session_.transmit_plain(command, kExternalAuthenticate);
  if (response.sw.ok()) return;
  auto facts = refusal(response.sw, kExternalAuthenticate, command).facts();
  if (response.sw == kCryptogramRejected) facts.advice = advice_after_proof(mac_key);
  throw Error(std::move(facts));
}

/// What follows in a script is meant for the version that was asked for.
void Opening::tell_other_version() {
  if (request_.key_version == 0 || request_.key_version == answer_.key_version) return;
  const auto asked = std::to_string(request_.key_version);
  const auto answered = std::to_string(answer_.key_version);
  session_.observer().remark(
      {.severity = Severity::warning,
       .code = "key-version-differs",
       .text = "key version " + asked + " was asked for, the card answered with version " + answered,
       .advice = "before put_sc_key or delete_key with -keyver " + asked +
                 ", look with get_key_information_templates at what the card has"});
}

void Opening::tell_derived_keys(const ChosenReading& reading) {
  const auto& derivation = keys().derivation;
  if (base_key_serves_for_all(request_.keys)) {
    note("key-for-all", "-key is used as ENC, MAC and DEK key, as none of them is given");
  }
  if (derivation.none()) return;
  const auto derived = static_keys(keys(), {.protocol = reading.protocol,
                                            .i = reading.implementation.i,
                                            .diversification_data = answer_.diversification_data});
  note("derived-keys", "keys derived with " + std::string(derivation.title()) + ", check values " +
                           check_values(derived, reading.protocol));
}

void Opening::tell_public_key() {
  const auto& channel = *session_.channel();
  const auto remark =
      public_keys_remark(keys(), {.protocol = channel.protocol, .i = channel.i, .diversification_data = {}});
  if (remark) session_.observer().remark(*remark);
}

void require_sense(const OpenRequest& request) {
  require_keys(request.keys);
  if (!level_exists(request.level)) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "channel-option",
                 .message = "there is no security level " + to_hex(request.level.value()),
                 .advice = "use -security 0, 1, 3, 17, 19 or 51"});
  }
  if (request.mode == CardMode::open_platform_201 || !request.scp) return;
  const bool known = *request.scp >= Scp01::kNumber && *request.scp <= Scp03::kNumber;
  if (known && (!request.scp_impl || speaks(*request.scp, *request.scp_impl))) return;
  const auto i = request.scp_impl ? " with i=" + to_hex(*request.scp_impl) : "";
  throw Error({.kind = ErrorKind::usage,
               .code = "channel-option",
               .message = "there is no " + protocol_name(*request.scp) + i,
               .advice = "leave out -scp and -scpimpl to use what the card speaks"});
}

/// Before INITIALIZE UPDATE, which some cards count.
void require_level(const OpenRequest& request) {
  const bool old = request.mode == CardMode::open_platform_201;
  const auto protocol = old ? std::optional(Scp01::kNumber) : request.scp;
  const auto i = old ? std::nullopt : request.scp_impl;
  if (!protocol || level_possible(*protocol, i, request.level)) return;
  throw Error(
      {.kind = ErrorKind::usage,
       .code = "level-not-covered",
       .message = protocol_name(*protocol) + (i ? " with i=" + to_hex(*i) : "") + " has no security level " +
                  to_hex(request.level.value()) + " (" + request.level.text() + ")",
       .advice = level_advice(*protocol, i) + (old ? ", or put mode_211 before card_connect; nothing was sent"
                                                   : ", or leave out -scp and -scpimpl; nothing was sent")});
}

bool starts_implicitly(const OpenRequest& request) {
  return request.mode == CardMode::global_platform_211 && request.scp_impl &&
         request.scp.value_or(Scp02::kNumber) == Scp02::kNumber &&
         speaks(Scp02::kNumber, *request.scp_impl) && Scp02::starts_implicitly(*request.scp_impl);
}

}  // namespace

void open_channel(CardSession& session, const OpenRequest& request) {
  static NoLedger nobody;
  auto& ledger = request.ledger != nullptr ? *request.ledger : static_cast<Ledger&>(nobody);
  session.close_channel();
  require_sense(request);
  if (starts_implicitly(request)) {
    open_implicit_channel(session, request, ledger);
    return;
  }
  require_level(request);
  Opening(session, request, ledger).run();
}

}  // namespace gpsh::gp
