// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/connection.h"
#include "core/observer.h"

namespace gpsh {

/// A reader as PC/SC lists it.
struct ReaderInfo {
  std::string name;
  Bytes atr;  ///< of the card in it; empty without a card
};

/// Which card to connect to. Without name and number: the readers in their order, first success wins.
struct ConnectRequest {
  std::string reader;                            ///< exact name; empty: by number
  std::optional<unsigned> reader_number;         ///< 1 is the first
  std::optional<TransmissionProtocol> protocol;  ///< absent: what card and reader agree on
};

/// The way to cards: PC/SC, the virtual card, a recording. All functions throw Error (reader).
class CardAccess {
 public:
  virtual ~CardAccess() = default;

  /// Idempotent: a second call changes nothing.
  virtual void establish_context() = 0;
  virtual void release_context() = 0;
  [[nodiscard]] virtual std::vector<ReaderInfo> list_readers() = 0;
  /// `observer` outlives the connection; it hears of a shared connection.
  [[nodiscard]] virtual std::unique_ptr<Connection> connect(const ConnectRequest& request,
                                                            Observer& observer) = 0;
};

}  // namespace gpsh
