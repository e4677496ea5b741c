// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/apdu.h"
#include "gp/crypto.h"
#include "gp/protocol_start.h"
#include "gp/r_mac_session.h"

namespace gpsh::gp {

/// SCP02's R-MAC over command and response, and its chain (GPCS 2.3.1 section E.4.5). It starts with EXTERNAL
/// AUTHENTICATE or BEGIN R-MAC SESSION.
///
/// A card may answer an error without an R-MAC. Nobody can tell then whether it computed one, so the chain is
/// kept in both states until a response proves one of them.
class Scp02ResponseMac {
 public:
  /// `start` is the first ICV, 8 bytes (sections E.3.2 and E.3.3).
  Scp02ResponseMac(const Secret& session_key, ByteView start, ResponseProtection protection);

  /// Remembers the plain command that is sent now.
  void sent(const CommandApdu& plain);
  /// Takes its response into the chain. Gives the plain response where every response carries an R-MAC, else
  /// what came. Throws Error (security, "response-mac") for 9000, 62xx or 63xx with a wrong R-MAC or none.
  [[nodiscard]] ResponseApdu received(const ResponseApdu& response);
  /// Takes a pair into the chain whose response carries no R-MAC yet: BEGIN R-MAC SESSION.
  void received_unprotected(const ResponseApdu& response);
  /// Whether the data is the R-MAC so far, as the answer to END R-MAC SESSION; the chain then stays.
  [[nodiscard]] bool is_current(ByteView data);

  /// What the last response was worth.
  [[nodiscard]] ResponseProof proof() const { return proof_; }

 private:
  [[nodiscard]] Bytes next(ByteView chain, const ResponseApdu& plain);
  [[nodiscard]] bool accepts(const ResponseApdu& plain, ByteView mac);
  void pass_over(const ResponseApdu& plain);

  RetailMac mac_;
  ResponseProtection protection_;
  Bytes chain_;
  std::optional<Bytes> uncounted_{};  ///< the chain of a card that does not count what it sent without R-MAC
  Bytes command_{};                   ///< header, Lc and data as the R-MAC takes them
  ResponseProof proof_ = ResponseProof::not_asked;
};

}  // namespace gpsh::gp
