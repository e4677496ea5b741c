// SPDX-License-Identifier: Apache-2.0
#include "gp/doctor_protocols.h"

#include <algorithm>

#include "gp/scp01.h"
#include "gp/scp03.h"

namespace gpsh::gp {
namespace {

constexpr std::size_t kLongChallengeBytes = 16;

template <class Protocol>
bool cryptogram_fits(const ProtocolStart& start) {
  return Protocol(start).card_cryptogram_fits();
}

template <class Protocol>
bool challenge_fits(const ProtocolStart& start, const Aid& application) {
  return Protocol(start).challenge_fits(application);
}

// GPCS 2.3.1 section E.4.2 and GPCS 2.1.1 section D.4.2: ENC; AmdD 1.2 section 6.2.2.2: MAC.
constexpr DoctorProtocol kScp01{.number = 1,
                                .i = 0x05,
                                .proven = KeyRole::enc,
                                .fits = cryptogram_fits<Scp01>,
                                .challenge_fits = challenge_fits<Scp01>};
constexpr DoctorProtocol kScp02{.number = 2,
                                .i = 0x55,
                                .proven = KeyRole::enc,
                                .fits = cryptogram_fits<Scp02>,
                                .challenge_fits = challenge_fits<Scp02>};

/// With an i that has the answer's length: S16 and counter or not.
DoctorProtocol scp03(const InitializeUpdateResponse& answer) {
  const bool s16 = answer.card_challenge.size() == kLongChallengeBytes;
  const bool counted = !answer.sequence_counter.empty();
  const unsigned i = (s16 ? Scp03::kLong : 0U) | (counted ? Scp03::kPseudoRandomChallenge : 0U);
  return {.number = Scp03::kNumber,
          .i = static_cast<std::uint8_t>(i),
          .proven = KeyRole::mac,
          .challenged = KeyRole::enc,
          .fits = cryptogram_fits<Scp03>,
          .challenge_fits = challenge_fits<Scp03>};
}

}  // namespace

std::vector<DoctorProtocol> possible_protocols(const InitializeUpdateResponse& answer) {
  if (answer.i) return {scp03(answer)};
  if (answer.protocol == kScp01.number) return {kScp01, kScp02};
  return {kScp02, kScp01};
}

}  // namespace gpsh::gp
