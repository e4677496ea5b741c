// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/inserted_card.h"

#include <utility>

namespace gpsh::virtualcard {
namespace {

std::vector<Fault> joined(std::vector<Fault> faults, const std::vector<Fault>& more) {
  faults.insert(faults.end(), more.begin(), more.end());
  return faults;
}

}  // namespace

InsertedCard::InsertedCard(Profile profile, RandomSource& random, std::vector<Fault> more_faults)
    : card_(profile, random),
      t0_(card_),
      faulty_(profile.protocol() == TransmissionProtocol::t0 ? static_cast<Connection&>(t0_) : card_,
              joined(profile.faults, more_faults)) {}

}  // namespace gpsh::virtualcard
