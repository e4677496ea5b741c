// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/connection.h"
#include "virtualcard/procedure_bytes.h"

namespace gpsh::virtualcard {

/// A card as a T=0 interface shows it (ISO/IEC 7816-3, 12.2.1): data that answer a command with data are
/// announced with 61xx and fetched with GET RESPONSE; a command that asks for more bytes than there are is
/// answered 6Cxx. Extended lengths are refused with 6700. `card` outlives it.
class T0Card final : public Connection {
 public:
  explicit T0Card(Connection& card) : card_(card) {}

  Bytes transmit(ByteView tpdu) override;
  void reset() override;
  [[nodiscard]] ConnectionInfo describe() const override { return card_.describe(); }

 private:
  Connection& card_;
  ProcedureBytes procedure_;
};

}  // namespace gpsh::virtualcard
