// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "core/apdu.h"
#include "gp/crypto.h"
#include "gp/r_mac_session.h"
#include "gp/secret.h"
#include "sessions/verify_channel.h"

namespace gpsh::sessions {

/// The R-MACs of a logged SCP02 channel (GPCS 2.3.1 section E.4.5): from EXTERNAL AUTHENTICATE on, or between
/// BEGIN and END R-MAC SESSION. After a wrong one the next is tried from what it should have been, from what
/// was sent, and from the one before.
class LoggedResponseMac {
 public:
  /// Of the keys only those for responses.
  LoggedResponseMac(const ChannelSessionKeys& keys, Teaching teaching);

  /// EXTERNAL AUTHENTICATE agreed on this level; its C-MAC is the first ICV (sections E.3.2 and E.3.3).
  void authenticated(gp::SecurityLevel level, ByteView first_mac);
  /// An implicit channel: the first ICV is the MAC of the padded AID under the later key.
  void opened_implicitly(gp::SecurityLevel level, ByteView padded_aid);

  void sent(const CommandApdu& plain);
  /// The response to it. Nothing where it carries no R-MAC and needs none; an error may come without.
  [[nodiscard]] std::optional<ResponseCheck> received(const ResponseApdu& wire);

  /// What EXTERNAL AUTHENTICATE said, with R-MAC while a session adds it.
  [[nodiscard]] gp::SecurityLevel level() const;
  /// With Teaching::on: the last one in steps; nothing where the last response had none and went into none.
  [[nodiscard]] const std::optional<CryptoStep>& step() const { return step_; }

 private:
  struct Session {
    std::optional<gp::RetailMac> mac{};  ///< nothing where the key is not known
    gp::ResponseProtection protection = gp::ResponseProtection::r_mac;
    std::vector<Bytes> chains{};  ///< what may start the next, the likeliest first
  };

  [[nodiscard]] Session session_under(const gp::Secret& key) const;
  void begin(const CommandApdu& plain);
  [[nodiscard]] Bytes input_of(ByteView data, StatusWord sw) const;
  [[nodiscard]] ResponseCheck with_mac(const ResponseApdu& wire);
  [[nodiscard]] static ResponseCheck unchecked(const ResponseApdu& wire);
  [[nodiscard]] std::optional<ResponseCheck> error(const ResponseApdu& wire);
  [[nodiscard]] std::optional<ResponseCheck> end(const ResponseApdu& wire);
  void counted(const ResponseApdu& wire);
  void tell(ByteView chain, const ResponseApdu& plain, ByteView logged);

  gp::Secret from_start_;
  gp::Secret later_;
  gp::SecurityLevel agreed_{};
  Bytes start_{};
  CommandApdu command_{};             ///< the last one, plain
  std::optional<Session> session_{};  ///< while R-MACs are computed
  std::optional<Session> beginning_{};
  Teaching teaching_;
  std::optional<CryptoStep> step_{};
};

}  // namespace gpsh::sessions
