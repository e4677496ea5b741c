// SPDX-License-Identifier: Apache-2.0
#include "sessions/verify_keys.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/error.h"
#include "gp/doctor_protocols.h"
#include "gp/scp01.h"
#include "gp/scp02.h"
#include "gp/scp02_session_keys.h"
#include "gp/scp03.h"
#include "sessions/teach_challenge.h"

namespace gpsh::sessions {
namespace {

using gp::KeySet;

constexpr std::size_t kCounterBytes = 2;
constexpr std::size_t kShortKey = 16;
constexpr std::size_t kShortestMac = 8;

/// ENC and MAC of a set that names only one of them.
KeySet completed(const KeySet& keys) {
  auto all = keys.clone();
  if (all.enc.empty()) all.enc = all.mac.clone();
  if (all.mac.empty()) all.mac = all.enc.clone();
  return all;
}

/// The card counts on when it has verified EXTERNAL AUTHENTICATE, or an implicit channel's first C-MAC.
ChannelSessionKeys scp02_session_keys(const KeySet& keys, ByteView counter) {
  auto session = gp::Scp02::session_keys(keys, counter);
  const auto later = gp::next_sequence_counter(counter);
  return {.enc = std::move(session.enc),
          .mac = std::move(session.mac),
          .response_mac = gp::Scp02::response_mac_key(keys, counter),
          .later_response_mac = later ? gp::Scp02::response_mac_key(keys, *later) : gp::Secret()};
}

ChannelSessionKeys session_keys(const KeySet& keys, const gp::InitializeUpdateResponse& answer,
                                std::uint8_t protocol, ByteView host_challenge) {
  const ByteView card_challenge = answer.card_challenge;
  if (protocol == gp::Scp03::kNumber) {
    auto session = gp::Scp03::session_keys(keys, host_challenge, card_challenge);
    return {.enc = std::move(session.enc),
            .mac = std::move(session.mac),
            .response_mac = std::move(session.response_mac)};
  }
  if (protocol == gp::Scp01::kNumber) {
    auto session = gp::Scp01::session_keys(keys, host_challenge, card_challenge);
    return {.enc = std::move(session.enc), .mac = std::move(session.mac)};
  }
  return scp02_session_keys(keys, card_challenge.first(kCounterBytes));
}

/// The one static key that a card cryptogram proves.
KeySet proven_key(const KeySet& keys, gp::KeyRole role) {
  KeySet one;
  (role == gp::KeyRole::enc ? one.enc : one.mac) = (role == gp::KeyRole::enc ? keys.enc : keys.mac).clone();
  return one;
}

Bytes card_cryptogram(const ChannelSessionKeys& keys, const gp::InitializeUpdateResponse& answer,
                      std::uint8_t protocol, ByteView host_challenge) {
  const auto context = concat({host_challenge, answer.card_challenge});
  if (protocol != gp::Scp03::kNumber) {
    return gp::TripleDes(keys.enc).cbc_mac(gp::pad80(context, gp::kDesBlockBytes));
  }
  gp::Cmac mac(keys.mac);
  return gp::derive_data(mac, {.constant = gp::DerivationConstant::card_cryptogram,
                               .bytes = answer.card_cryptogram.size(),
                               .context = context});
}

std::string name_of(const gp::CandidateKeys& candidate, const gp::Diversification& derivation) {
  return candidate.name + (derivation.none() ? "" : "+" + derivation.name());
}

class Search {
 public:
  Search(const ChannelStart& start, Teaching teaching)
      : answer_(start.answer),
        host_challenge_(start.host_challenge),
        selection_(start.selection),
        teaching_(teaching),
        protocols_(gp::possible_protocols(start.answer)) {}

  void try_static(const gp::CandidateKeys& candidate, const gp::Diversification& derivation) {
    for (const auto& protocol : protocols_) {
      const auto all = completed(candidate.keys);
      const auto cards_keys = [&] {
        return diversify(derivation, all, answer_.diversification_data, protocol.number);
      };
      if (!proves(proven_key(all, protocol.proven), derivation, protocol.number)) continue;
      const bool fits = try_keys(name_of(candidate, derivation), protocol.number, [&] {
        return session_keys(cards_keys(), answer_, protocol.number, host_challenge_);
      });
      if (!fits || teaching_ == Teaching::off) continue;
      const auto keys = cards_keys();
      found_.back().key_steps = steps({.protocol = protocol.number,
                                       .keys = keys,
                                       .derivation = derivation,
                                       .answer = answer_,
                                       .host_challenge = host_challenge_});
    }
  }

  void try_session(const LoggedSessionKeys& keys) {
    if (keys.enc.empty() || keys.mac.empty()) return;
    for (const auto& protocol : protocols_) {
      const bool fits = try_keys("session keys in the log", protocol.number, [&] {
        return ChannelSessionKeys{
            .enc = keys.enc.clone(), .mac = keys.mac.clone(), .response_mac = keys.response_mac.clone()};
      });
      if (fits && teaching_ == Teaching::on) found_.back().key_steps = given_session_keys();
    }
  }

  std::vector<FittingChannel> finish() && { return std::move(found_); }

 private:
  [[nodiscard]] CryptoSteps steps(const KeyFacts& facts) const {
    auto all = session_key_steps(facts);
    std::ranges::move(challenge_steps(facts, selection_), std::back_inserter(all));
    return all;
  }

  /// Most candidates end here, with one key derived; those that cannot be the protocol's, without an
  /// exception.
  [[nodiscard]] bool proves(const KeySet& one, const gp::Diversification& derivation,
                            std::uint8_t protocol) const {
    const auto bytes = std::max(one.enc.size(), one.mac.size());
    if (protocol != gp::Scp03::kNumber && (bytes != kShortKey || derivation.counter_mode())) return false;
    try {
      const auto keys = diversify(derivation, one, answer_.diversification_data, protocol);
      const auto session = session_keys(keys, answer_, protocol, host_challenge_);
      return gp::constant_time_equal(card_cryptogram(session, answer_, protocol, host_challenge_),
                                     answer_.card_cryptogram);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::internal) throw;
      return false;
    }
  }

  /// Keys that cannot be the protocol's, as an AES-256 key on SCP02, do not fit.
  template <class Make>
  bool try_keys(const std::string& name, std::uint8_t protocol, Make make) {
    if (found_.size() == kMostReadings) return false;
    try {
      const ChannelSessionKeys keys = make();
      auto check = make_channel_check({.protocol = protocol,
                                       .answer = answer_,
                                       .host_challenge = host_challenge_,
                                       .keys = keys,
                                       .teaching = teaching_});
      if (!check->card_cryptogram_fits()) return false;
      found_.push_back({.protocol = protocol, .keys = name, .check = std::move(check)});
      return true;
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::internal) throw;
      return false;
    }
  }

  const gp::InitializeUpdateResponse& answer_;
  ByteView host_challenge_;
  const LoggedSelection& selection_;
  Teaching teaching_;
  std::vector<gp::DoctorProtocol> protocols_;
  std::vector<FittingChannel> found_;
};

}  // namespace

std::vector<gp::CandidateKeys> verify_candidates(const std::vector<LoggedKeys>& logged,
                                                 std::vector<gp::CandidateKeys> given) {
  std::vector<gp::CandidateKeys> all;
  std::vector<gp::CandidateKeys> last;
  for (auto& published : gp::published_candidates()) {
    auto& group = published.keys.enc.size() == kShortKey ? all : last;
    group.push_back(std::move(published));
  }
  for (const auto& found : logged) {
    all.push_back({.name = "log",
                   .words = "the key in line " + std::to_string(found.line) + " of the log",
                   .keys = found.keys.clone()});
  }
  std::ranges::move(given, std::back_inserter(all));
  std::ranges::move(last, std::back_inserter(all));
  return all;
}

std::vector<FittingChannel> fitting_channels(const ChannelStart& start, const VerifyKeys& keys,
                                             Teaching teaching) {
  if (start.host_challenge.size() != start.answer.card_challenge.size()) return {};
  Search search(start, teaching);
  for (const auto& candidate : keys.candidates) {
    for (const auto& derivation : keys.derivations) search.try_static(candidate, derivation);
  }
  for (const auto& session : keys.session_keys) search.try_session(session);
  return std::move(search).finish();
}

namespace {

std::optional<FittingChannel> implicit_with(const ImplicitCase& implicit, const CommandApdu& first,
                                            const gp::CandidateKeys& candidate, Teaching teaching) {
  const auto keys = completed(candidate.keys);
  if (keys.mac.size() != kShortKey) return std::nullopt;
  const auto session = scp02_session_keys(keys, implicit.sequence_counter);
  for (const auto& application : implicit.applications) {
    const auto make = [&](Teaching how) {
      return make_implicit_channel_check({.application = application, .keys = session, .teaching = how});
    };
    if (make(Teaching::off)->command(first).reading != MacReading::right) continue;
    FittingChannel found{.protocol = gp::Scp02::kNumber, .keys = candidate.name, .check = make(teaching)};
    if (teaching == Teaching::on) found.key_steps = implicit_key_steps(keys, implicit.sequence_counter);
    return found;
  }
  return std::nullopt;
}

}  // namespace

std::optional<FittingChannel> implicit_channel(const ImplicitCase& implicit, const CommandApdu& first,
                                               const VerifyKeys& keys, Teaching teaching) {
  if (first.data.size() < kShortestMac) return std::nullopt;
  for (const auto& candidate : keys.candidates) {
    if (auto found = implicit_with(implicit, first, candidate, teaching)) return found;
  }
  return std::nullopt;
}

}  // namespace gpsh::sessions
