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
    : InsertedCard(Contents{.profile = std::move(profile), .file = nullptr}, random, std::move(more_faults)) {
}

InsertedCard::InsertedCard(std::unique_ptr<StateFile> file, RandomSource& random,
                           std::vector<Fault> more_faults)
    : InsertedCard(Contents{.profile = file->profile(), .file = std::move(file)}, random,
                   std::move(more_faults)) {}

InsertedCard::InsertedCard(Contents contents, RandomSource& random, std::vector<Fault> more_faults)
    : file_(std::move(contents.file)),
      card_(contents.profile, random),
      kept_(file_ ? std::optional<KeptCard>(std::in_place, card_, *file_) : std::nullopt),
      t0_(kept_ ? static_cast<Connection&>(*kept_) : card_),
      faulty_(contents.profile.protocol() == TransmissionProtocol::t0 ? static_cast<Connection&>(t0_)
              : kept_                                                 ? static_cast<Connection&>(*kept_)
                                                                      : card_,
              joined(contents.profile.faults, more_faults)) {}

}  // namespace gpsh::virtualcard
