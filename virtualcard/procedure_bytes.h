// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/bytes.h"

namespace gpsh::virtualcard {

/// What a T=0 card does with an answer that does not fit the TPDU it answers (ISO/IEC 7816-3, 10.3.2 and
/// 12.2.1): it keeps it, says its length with 61xx or 6Cxx, and gives it at the next TPDU. Data of more than
/// 256 bytes come in pieces.
class ProcedureBytes {
 public:
  /// The answer kept, where this TPDU fetches it. Any other TPDU drops it.
  [[nodiscard]] std::optional<Bytes> fetch(ByteView tpdu);
  /// 61xx; `response` is for GET RESPONSE. A response without data is given as it is.
  [[nodiscard]] Bytes announce(Bytes response);
  /// 6Cxx; `response` is for the same header with the right length.
  [[nodiscard]] Bytes correct_length(ByteView tpdu, Bytes response);

 private:
  [[nodiscard]] Bytes give(std::size_t wanted);

  Bytes header_;  ///< CLA to P2 of the command that is to be repeated; empty: GET RESPONSE fetches
  Bytes pending_;
};

}  // namespace gpsh::virtualcard
