// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/session_proposal.h"

namespace gpsh::virtualcard {
namespace {

/// Key diversification data and the first two bytes of the key information, as all protocols have them.
Bytes begin_answer(const ProposalRequest& request) {
  auto answer = request.owner.profile.diversification_data;
  append(answer, {request.keys.version, static_cast<std::uint8_t>(request.options.protocol)});
  return answer;
}

const Aid& aid_of(const ProposalRequest& request) {
  return request.owner.aid;
}

SessionProposal propose_scp01(const ProposalRequest& request, RandomSource& random) {
  const Challenges challenges{.host = request.host_challenge,
                              .card = random.bytes(Scp01Card::kChallengeBytes)};
  const Scp01Card protocol(request.keys, request.options.i, challenges);
  auto answer = begin_answer(request);
  append(answer, challenges.card);
  append(answer, protocol.card_cryptogram());
  return {.protocol = protocol, .host_cryptogram = protocol.host_cryptogram(), .answer = answer};
}

SessionProposal propose_scp02(const ProposalRequest& request, RandomSource& random) {
  const Scp02Card protocol(request.keys, request.options.i, aid_of(request));
  const auto card_challenge = request.options.pseudo_random_challenge()
                                  ? protocol.pseudo_random_challenge()
                                  : random.bytes(Scp02Card::kChallengeBytes);
  const auto counter = request.keys.sequence_counter;
  auto answer = begin_answer(request);
  append(answer, {static_cast<std::uint8_t>(counter >> 8), static_cast<std::uint8_t>(counter)});
  append(answer, card_challenge);
  append(answer, protocol.card_cryptogram(request.host_challenge, card_challenge));
  return {.protocol = protocol,
          .host_cryptogram = protocol.host_cryptogram(request.host_challenge, card_challenge),
          .answer = answer};
}

SessionProposal propose_scp03(const ProposalRequest& request, RandomSource& random) {
  const auto& options = request.options;
  const bool counted = options.pseudo_random_challenge();
  // The new value makes the challenge, and stays whatever becomes of the session (AmdD 6.2.2.1).
  if (counted) ++request.keys.sequence_counter;
  const auto counter = request.keys.sequence_counter;
  const Challenges challenges{
      .host = request.host_challenge,
      .card = counted ? Scp03Card::pseudo_random_challenge(request.keys, options.i, aid_of(request))
                      : random.bytes(options.mac_bytes())};
  const Scp03Card protocol(request.keys, options.i, challenges);
  auto answer = begin_answer(request);
  append(answer, {options.i});
  append(answer, challenges.card);
  append(answer, protocol.card_cryptogram());
  if (counted) {
    append(answer, {static_cast<std::uint8_t>(counter >> 16), static_cast<std::uint8_t>(counter >> 8),
                    static_cast<std::uint8_t>(counter)});
  }
  return {.protocol = protocol, .host_cryptogram = protocol.host_cryptogram(), .answer = answer};
}

}  // namespace

SessionProposal propose_session(const ProposalRequest& request, RandomSource& random) {
  switch (request.options.protocol) {
    case Protocol::scp01: return propose_scp01(request, random);
    case Protocol::scp02: break;
    case Protocol::scp03: return propose_scp03(request, random);
  }
  return propose_scp02(request, random);
}

}  // namespace gpsh::virtualcard
