// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/bytes.h"

namespace gpsh {

enum class TransmissionProtocol { t0, t1 };

/// What a connection leads to, for messages and records.
struct ConnectionInfo {
  std::string reader;  ///< the reader's name, or what stands for it
  TransmissionProtocol protocol = TransmissionProtocol::t1;
  Bytes atr;
};

/// The only door to a card: a reader, the virtual card, a recording, an injected fault.
/// Moves bytes and knows nothing of status words. Not thread-safe; the owner closes it by destroying it,
/// which resets the card.
class Connection {
 public:
  virtual ~Connection() = default;

  /// Sends a command APDU, returns the raw response with its status word. On T=0 the case-4 Le stays in the
  /// APDU; the connection leaves it out of the TPDU. Throws Error (reader) when no answer can be had.
  virtual Bytes transmit(ByteView apdu) = 0;
  /// Warm reset: applications are deselected, channels gone.
  virtual void reset() = 0;
  [[nodiscard]] virtual ConnectionInfo describe() const = 0;

  /// Brackets a script command, so that no other program's APDU comes between its APDUs. Where the card is
  /// held exclusively there is nothing to do.
  virtual void begin_transaction() {}
  virtual void end_transaction() noexcept {}
};

/// RAII for Connection::begin_transaction; does nothing for a null connection. Must not outlive the
/// connection.
class Transaction {
 public:
  explicit Transaction(Connection* connection) : connection_(connection) {
    if (connection_ != nullptr) connection_->begin_transaction();
  }
  ~Transaction() {
    if (connection_ != nullptr) connection_->end_transaction();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

 private:
  Connection* connection_;
};

}  // namespace gpsh
