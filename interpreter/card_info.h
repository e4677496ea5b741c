// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/status_word.h"
#include "gp/card_session.h"

namespace gpsh::interpreter {

/// A decoded value as it is shown.
struct InfoField {
  std::string name{};
  std::string value{};
};

/// What a card answered to one question.
struct InfoAnswer {
  std::string tag{};   ///< "9F7F"; of SELECT "FCI"
  std::string name{};  ///< "card production life cycle data"
  StatusWord sw{};
  Bytes data{};                       ///< empty unless it answered
  std::vector<InfoField> fields{};    ///< data decoded; empty where it cannot be
  std::optional<std::string> flaw{};  ///< why data could not be decoded

  [[nodiscard]] bool answered() const { return sw.ok() || sw.warning(); }
};

/// What a card tells without authentication: SELECT without AID, then GET DATA of 9F7F, 66, 67, E0, C1, C2,
/// 42, 45, 2F00 and FF21 (GPCS 2.3.1 section 11.3), refusals too. Never sends INITIALIZE UPDATE. `year`
/// places the dates of the CPLC. Throws Error of the connection.
[[nodiscard]] std::vector<InfoAnswer> read_card_info(gp::CardSession& session, int year);

}  // namespace gpsh::interpreter
