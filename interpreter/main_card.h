// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/card_access.h"
#include "gp/ledger.h"
#include "gp/random.h"
#include "gp/wire.h"
#include "interpreter/diagnostic.h"
#include "interpreter/main_options.h"
#include "sessions/attempts_under_way.h"
#include "virtualcard/fault.h"

namespace gpsh::interpreter {

/// What a run talks to, with the host challenges that go with it.
struct CardSource {
  std::unique_ptr<CardAccess> access;
  std::unique_ptr<gp::RandomNumberGenerator> random;
  gp::Wire wire = gp::Wire::gpsh;
  std::unique_ptr<gp::Ledger> ledger{};  ///< real cards and kept ones; null: nobody counts
  /// After the run: what is left of a recording, as a warning.
  std::function<std::optional<Diagnostic>()> leftover = [] { return std::optional<Diagnostic>(); };
};

/// What --fault asks for. Throws Error (usage, "bad-fault").
[[nodiscard]] std::vector<virtualcard::Fault> faults_of(const CommandLine& line);

/// PC/SC, the virtual card or a replay, as the command line and GPSH_CARD say. Throws Error (usage) for
/// contradictions and unknown cards, Error (file) for a log or profile that cannot be used. Sources that are
/// used at the same time, each for a card of its own, share `under_way`.
[[nodiscard]] CardSource open_card_source(const CommandLine& line,
                                          const std::shared_ptr<sessions::AttemptsUnderWay>& under_way =
                                              std::make_shared<sessions::AttemptsUnderWay>());

}  // namespace gpsh::interpreter
