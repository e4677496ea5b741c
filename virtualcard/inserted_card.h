// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "virtualcard/faulty_card.h"
#include "virtualcard/state_file.h"
#include "virtualcard/t0_card.h"
#include "virtualcard/virtual_card.h"

namespace gpsh::virtualcard {

/// A virtual card in a reader: with the protocol that its ATR offers first, with the faults of its profile
/// and those asked for besides, and with what it keeps in a file or, with the process, in memory. `random`
/// outlives it.
class InsertedCard final : public Connection {
 public:
  InsertedCard(Profile profile, RandomSource& random, std::vector<Fault> more_faults = {});
  InsertedCard(std::unique_ptr<StateFile> file, RandomSource& random, std::vector<Fault> more_faults = {});

  Bytes transmit(ByteView apdu) override { return faulty_.transmit(apdu); }
  void reset() override { faulty_.reset(); }
  [[nodiscard]] ConnectionInfo describe() const override { return card_.describe(); }

  [[nodiscard]] const CardState& state() const { return card_.state(); }

 private:
  struct Contents {
    Profile profile;
    std::unique_ptr<StateFile> file;
  };
  InsertedCard(Contents contents, RandomSource& random, std::vector<Fault> more_faults);

  std::unique_ptr<StateFile> file_;  ///< null: kept in memory
  VirtualCard card_;
  std::optional<KeptCard> kept_;
  T0Card t0_;
  FaultyCard faulty_;
};

}  // namespace gpsh::virtualcard
