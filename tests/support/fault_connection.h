// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <variant>

#include "core/connection.h"
#include "core/error.h"

namespace gpsh::test {

/// Another connection with chosen transmits going wrong. The card behind it does not hear of those. The inner
/// connection must live longer. Transmits are counted from 1, over resets.
class FaultyConnection final : public Connection {
 public:
  explicit FaultyConnection(Connection& inner) : inner_(inner) {}

  /// The n-th transmit throws this.
  FaultyConnection& fail(std::size_t n, Error error) {
    faults_.insert_or_assign(n, std::move(error));
    return *this;
  }
  /// The n-th transmit throws Error (reader, "card-removed").
  FaultyConnection& remove_card(std::size_t n) {
    return fail(
        n, Error({.kind = ErrorKind::reader, .code = "card-removed", .message = "the card was removed"}));
  }
  /// The n-th transmit returns this (with status word, if it is to have one).
  FaultyConnection& respond(std::size_t n, Bytes response) {
    faults_.insert_or_assign(n, std::move(response));
    return *this;
  }

  Bytes transmit(ByteView apdu) override {
    const auto fault = faults_.find(++transmits);
    if (fault == faults_.end()) return inner_.transmit(apdu);
    if (const auto* error = std::get_if<Error>(&fault->second)) throw *error;
    return std::get<Bytes>(fault->second);
  }
  void reset() override { inner_.reset(); }
  [[nodiscard]] ConnectionInfo describe() const override { return inner_.describe(); }
  void begin_transaction() override { inner_.begin_transaction(); }
  void end_transaction() noexcept override { inner_.end_transaction(); }

  std::size_t transmits = 0;  ///< so far, faults included

 private:
  Connection& inner_;
  std::map<std::size_t, std::variant<Error, Bytes>> faults_;
};

}  // namespace gpsh::test
