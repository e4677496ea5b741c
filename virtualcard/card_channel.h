// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/apdu.h"
#include "core/bytes.h"
#include "virtualcard/profile.h"
#include "virtualcard/random_source.h"
#include "virtualcard/scp02_card.h"

namespace gpsh::virtualcard {

/// The secure channel session of the Issuer Security Domain, with its states (GPCS 2.3.1 E.1.6). Gone on
/// SELECT and reset: the card then makes a new one.
class CardChannel {
 public:
  /// INITIALIZE UPDATE (GPCS 2.3.1 E.5.1): ends the session there was and proposes a new one. 6983 once the
  /// profile's AuthenticationPolicy is used up.
  [[nodiscard]] ResponseApdu initialize_update(const CommandApdu& command, Profile& profile,
                                               RandomSource& random);
  /// EXTERNAL AUTHENTICATE (GPCS 2.3.1 E.5.2). 6985 without INITIALIZE UPDATE before, 6300 for a wrong host
  /// cryptogram, 6982 for a wrong MAC; after any failure INITIALIZE UPDATE is due again (E.1.2).
  [[nodiscard]] ResponseApdu external_authenticate(const CommandApdu& command, Profile& profile);

  /// A command as the security level demands, without its protection; nothing when it is not, and from then
  /// on: the session is aborted. Outside a session the command itself.
  [[nodiscard]] std::optional<CommandApdu> unwrap(const CommandApdu& command);

  [[nodiscard]] bool initiated() const { return state_ == State::initiated; }
  [[nodiscard]] bool authenticated() const { return state_ == State::open; }

 private:
  enum class State { closed, initiated, open, aborted };

  State state_ = State::closed;
  SecurityLevel level_ = SecurityLevel::authenticated;
  std::uint8_t key_version_ = 0;
  Bytes expected_host_cryptogram_;
  std::optional<Scp02Card> protocol_;
};

}  // namespace gpsh::virtualcard
