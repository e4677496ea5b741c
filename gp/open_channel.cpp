// SPDX-License-Identifier: Apache-2.0
#include "gp/open_channel.h"

#include <string>
#include <utility>

#include "core/error.h"
#include "gp/expect_ok.h"
#include "gp/initialize_update.h"
#include "gp/protocol_choice.h"
#include "gp/scp02.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kInitializeUpdate = "INITIALIZE UPDATE";
constexpr std::string_view kExternalAuthenticate = "EXTERNAL AUTHENTICATE";

// 16 bytes belong to SCP03 with S16 alone.
constexpr std::size_t kHostChallengeBytes = 8;
constexpr std::uint8_t kAnyScp02Implementation = 0x15;  // the card cryptogram does not depend on i

Error not_built(std::string message, std::string advice) {
  return Error({.kind = ErrorKind::usage,
                .code = "not-built",
                .message = std::move(message),
                .advice = std::move(advice)});
}

/// One conversation; its steps in the order they happen.
class Opening {
 public:
  Opening(CardSession& session, const OpenRequest& request)
      : session_(session), request_(request), keys_(request.keys.clone()) {}

  void run() {
    session_.close_channel();
    settle_keys();
    refuse_unspoken();
    detection_ = detect_protocol(session_,
                                 {.mode = request_.mode, .scp = request_.scp, .scp_impl = request_.scp_impl});
    // From here on the card may count an attempt, until EXTERNAL AUTHENTICATE is answered with 9000.
    answer_ = initialize_update();
    if (request_.mode == CardMode::open_platform_201) refuse_mode_201();
    settle_protocol();
    const auto choice = choose_implementation(Scp02::kNumber, request_.scp_impl, detection_);
    tell_choice(choice);
    auto protocol = start_scp02(choice.i);
    verify_card(protocol, choice);
    external_authenticate(protocol);
    session_.open_channel(SecureChannel({.protocol = Scp02::kNumber,
                                         .i = choice.i,
                                         .level = request_.level,
                                         .key_version = answer_.key_version,
                                         .diversification_data = answer_.diversification_data},
                                        std::move(protocol)));
    tell_public_key();
  }

 private:
  void settle_keys();
  void refuse_unspoken() const;
  InitializeUpdateResponse initialize_update();
  [[noreturn]] void explain_replay_end(const Error& end) const;
  [[noreturn]] void refuse_mode_201() const;
  void settle_protocol();
  [[noreturn]] void refuse_answer() const;
  void tell_choice(const ImplementationChoice& choice);
  [[nodiscard]] Scp02 start_scp02(std::uint8_t i) const;
  [[nodiscard]] bool scp02_fits() const;
  void verify_card(Scp02& protocol, const ImplementationChoice& choice);
  [[nodiscard]] bool verify_challenge(Scp02& protocol, const ImplementationChoice& choice);
  void external_authenticate(Scp02& protocol);
  void tell_public_key();
  void note(std::string_view code, std::string text, std::string advice = {}) {
    session_.observer().remark(
        {.severity = Severity::note, .code = code, .text = std::move(text), .advice = std::move(advice)});
  }

  CardSession& session_;
  const OpenRequest& request_;
  KeySet keys_;
  Detection detection_{};
  Bytes host_challenge_{};
  InitializeUpdateResponse answer_{};
};

void Opening::settle_keys() {
  const bool none = keys_.enc.empty() && keys_.mac.empty() && keys_.dek.empty();
  if (none && !request_.base_key.empty()) {
    keys_ = {
        .enc = request_.base_key.clone(), .mac = request_.base_key.clone(), .dek = request_.base_key.clone()};
    note("key-for-all", "-key is used as ENC, MAC and DEK key, as none of them is given");
  }
  for (const auto& [key, name] : {std::pair(&keys_.enc, "ENC"), std::pair(&keys_.mac, "MAC")}) {
    if (!key->empty()) continue;
    throw Error({.kind = ErrorKind::usage,
                 .code = "key-missing",
                 .message = std::string("a secure channel needs the ") + name + " key",
                 .advice = "give -enc_key, -mac_key and -kek_key"});
  }
}

void Opening::refuse_unspoken() const {
  if (!Scp02::speaks(request_.level)) {
    throw not_built("this version of gpsh does not speak security level " + request_.level.text(),
                    "use -security 0, 1 or 3");
  }
  if (request_.mode == CardMode::open_platform_201 || !request_.scp) return;
  if (*request_.scp < 1 || *request_.scp > 3) {
    throw not_built("this version of gpsh does not speak " + protocol_name(*request_.scp),
                    "leave out -scp to use what the card speaks");
  }
  if (*request_.scp == Scp02::kNumber && request_.scp_impl && !Scp02::speaks(*request_.scp_impl)) {
    throw not_built("this version of gpsh does not speak SCP02 with i=" + to_hex(*request_.scp_impl),
                    "it speaks i=15 (21 in decimal) and i=55 (85)");
  }
}

InitializeUpdateResponse Opening::initialize_update() {
  try {
    host_challenge_ = session_.random().bytes(kHostChallengeBytes);
    const CommandApdu command{.cla = 0x80,
                              .ins = 0x50,
                              .p1 = request_.key_version,
                              .p2 = request_.key_index,
                              .data = host_challenge_,
                              .le = CommandApdu::kShortMaximum};
    const auto response = session_.transmit_plain(command, kInitializeUpdate);
    expect_ok(response, kInitializeUpdate, command);
    return InitializeUpdateResponse::parse(response.data);
  } catch (const Error& error) {
    if (error.code() == "replay-end") explain_replay_end(error);
    throw;
  }
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

/// Open Platform 2.0.1 knows SCP01 only.
void Opening::refuse_mode_201() const {
  if (scp02_fits()) {
    throw Error({.kind = ErrorKind::security,
                 .code = "wrong-mode",
                 .message = "the card answered SCP02, the script is in mode_201",
                 .advice = "add mode_211 before card_connect"});
  }
  throw not_built(
      "mode_201 opens SCP01, which this version of gpsh does not speak",
      "EXTERNAL AUTHENTICATE was not sent; if the card is newer, add mode_211 before card_connect");
}

/// Passes where SCP02 is the protocol to go on with.
void Opening::settle_protocol() {
  const bool answered = answer_.protocol == Scp02::kNumber && !answer_.i;
  const bool wanted = !request_.scp || *request_.scp == Scp02::kNumber;
  if (answered && wanted) return;
  const bool known_answer = answer_.protocol >= 1 && answer_.protocol <= 3;
  const bool may_be_scp02 = request_.scp ? wanted : !known_answer;
  if (!may_be_scp02 || !scp02_fits()) refuse_answer();
  note("protocol-differs", "the card names protocol " + to_hex(answer_.protocol) +
                               " in its answer, but its cryptogram is that of SCP02; SCP02 is used");
}

void Opening::refuse_answer() const {
  const auto answered = protocol_name(answer_.protocol);
  if (request_.scp && *request_.scp != answer_.protocol) {
    const bool proven = answer_.protocol == Scp02::kNumber && scp02_fits();
    throw Error({.kind = ErrorKind::security,
                 .code = "protocol-mismatch",
                 .message = "the options say " + protocol_name(*request_.scp) + ", the card answered " +
                            answered + (proven ? ", and its cryptogram is that of " + answered : ""),
                 .advice = "leave out -scp and -scpimpl; EXTERNAL AUTHENTICATE was not sent"});
  }
  const bool known = answer_.protocol >= 1 && answer_.protocol <= 3;
  if (!known) {
    throw Error({.kind = ErrorKind::card,
                 .code = "no-protocol",
                 .message = "the card names protocol " + to_hex(answer_.protocol) +
                            " in its answer to INITIALIZE UPDATE, which gpsh does not know",
                 .advice = "EXTERNAL AUTHENTICATE was not sent"});
  }
  throw not_built("this card uses " + answered + ", which this version of gpsh does not speak",
                  "EXTERNAL AUTHENTICATE was not sent");
}

void Opening::tell_choice(const ImplementationChoice& choice) {
  session_.observer().remark(protocol_source(Scp02::kNumber, choice, detection_));
  for (const auto& remark : contradictions(Scp02::kNumber, choice, detection_)) {
    session_.observer().remark(remark);
  }
}

Scp02 Opening::start_scp02(std::uint8_t i) const {
  return Scp02(ProtocolStart{.keys = keys_,
                             .answer = answer_,
                             .host_challenge = host_challenge_,
                             .i = i,
                             .level = request_.level,
                             .wire = session_.wire()});
}

bool Opening::scp02_fits() const {
  return !answer_.i && start_scp02(kAnyScp02Implementation).card_cryptogram_fits();
}

void Opening::verify_card(Scp02& protocol, const ImplementationChoice& choice) {
  if (!protocol.card_cryptogram_fits()) {
    throw Error({.kind = ErrorKind::security,
                 .code = "card-cryptogram",
                 .message = "the card cryptogram is not what the ENC key gives (SCP02, key version " +
                            to_hex(answer_.key_version) + "); ENC, MAC and DEK are all unproven",
                 .advice =
                     "check -enc_key and -keyver; EXTERNAL AUTHENTICATE was not sent, so do not try keys "
                     "at random"});
  }
  const bool mac_proven = verify_challenge(protocol, choice);
  note("keys-proven", mac_proven
                          ? "the card has proven that it knows the ENC and MAC keys; the DEK is unproven"
                          : "the card has proven that it knows the ENC key; MAC and DEK are unproven");
}

/// Whether the challenge proved the MAC key. Only an announcement of the card itself counts: an option may
/// claim the bit for a card that draws its challenges at random.
bool Opening::verify_challenge(Scp02& protocol, const ImplementationChoice& choice) {
  const auto announced = detection_.implementation(Scp02::kNumber);
  const unsigned both = announced ? announced->i & choice.i : 0U;
  if ((both & Scp02::kPseudoRandomChallenge) == 0) return false;
  const auto& selection = session_.selection();
  if (!selection.aid) {
    note("card-challenge",
         "the card's challenge was not checked, as the AID of the application is not known");
    return false;
  }
  if (protocol.challenge_fits(*selection.aid)) return true;
  if (selection.typed && protocol.challenge_fits(*selection.typed)) return true;
  const std::string message =
      "the card's challenge is not the pseudo-random one it announces (i=" + to_hex(announced->i) +
      "), although the ENC key is proven";
  const std::string reason = "the MAC key is wrong, or the AID is not the one the card uses";
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

void Opening::external_authenticate(Scp02& protocol) {
  const auto command = protocol.external_authenticate();
  const auto response = session_.transmit_plain(command, kExternalAuthenticate);
  expect_ok(response, kExternalAuthenticate, command);
}

void Opening::tell_public_key() {
  const auto name = public_test_key_name(keys_.enc);
  if (!name || !is_public_test_key(keys_.mac)) return;
  note("public-key", "anyone can manage this card: its keys are the " + std::string(*name),
       "a card in use needs keys of its own");
}

}  // namespace

void open_channel(CardSession& session, const OpenRequest& request) {
  Opening(session, request).run();
}

}  // namespace gpsh::gp
