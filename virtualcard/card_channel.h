// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/apdu.h"
#include "core/bytes.h"
#include "virtualcard/channel_owner.h"
#include "virtualcard/random_source.h"
#include "virtualcard/sensitive_data.h"
#include "virtualcard/session_proposal.h"

namespace gpsh::virtualcard {

/// The secure channel session of a security domain, with its states (GPCS 2.3.1 D.1.7 and E.1.6,
/// AmdD 5.6). Gone on SELECT and reset: the card then makes a new one.
class CardChannel {
 public:
  /// INITIALIZE UPDATE (GPCS 2.3.1 D.4.1 and E.5.1, AmdD 7.1.1): ends the session there was and proposes a
  /// new one. 6985 once the key set's counter is used up, 6983 once the profile's AuthenticationPolicy is.
  [[nodiscard]] ResponseApdu initialize_update(const CommandApdu& command, const ChannelOwner& owner,
                                               RandomSource& random);
  /// EXTERNAL AUTHENTICATE (GPCS 2.3.1 D.4.2 and E.5.2, AmdD 7.1.2). 6985 without INITIALIZE UPDATE before,
  /// 6A86 for a level that protocol and i do not have, 6300 for a wrong host cryptogram, 6982 for a wrong
  /// MAC; after any failure INITIALIZE UPDATE is due again (E.1.2).
  [[nodiscard]] ResponseApdu external_authenticate(const CommandApdu& command, const ChannelOwner& owner);

  /// BEGIN R-MAC SESSION (GPCS 2.3.1 E.5.3, AmdD 7.1.3). 6D00 where i has no R-MAC, 6982 outside a session,
  /// 6985 where the session has that protection or must not get it.
  [[nodiscard]] ResponseApdu begin_r_mac_session(const CommandApdu& command, const ChannelOwner& owner);
  /// END R-MAC SESSION (GPCS 2.3.1 E.5.4, AmdD 7.1.4). 6985 outside an R-MAC session.
  [[nodiscard]] ResponseApdu end_r_mac_session(const CommandApdu& command, const ChannelOwner& owner);

  /// A command as the security level demands, without its protection; nothing when it is not, and from then
  /// on: the session is aborted. Outside a session the command itself; where the profile has implicit
  /// initiation, a command with a C-MAC then starts one (GPCS 2.3.1 E.1.2.2).
  [[nodiscard]] std::optional<CommandApdu> unwrap(const CommandApdu& command, const ChannelOwner& owner);
  /// The response to the command unwrapped last, with the protection that was in force when it came.
  [[nodiscard]] ResponseApdu protect(const CommandApdu& command, const ResponseApdu& response);

  /// How many bytes of response data a short response has room for, once protected.
  [[nodiscard]] std::size_t response_capacity() const;

  /// For keys and other secrets inside commands. The session is open.
  [[nodiscard]] SensitiveData sensitive_data() const;
  /// As GET DATA D3 tells it; 00 outside a session.
  [[nodiscard]] SecurityLevel security_level() const {
    return authenticated() ? level_ : SecurityLevel::authenticated;
  }
  /// Whether the responses to commands of this session enter an R-MAC.
  [[nodiscard]] bool protects_responses() const {
    return authenticated() && current_protection() != ResponseProtection::none;
  }
  [[nodiscard]] Protocol protocol() const { return options_.protocol; }

  [[nodiscard]] bool initiated() const { return state_ == State::initiated; }
  [[nodiscard]] bool authenticated() const { return state_ == State::open; }

 private:
  enum class State { closed, initiated, open, aborted };

  [[nodiscard]] std::optional<CommandApdu> unwrap_at(const CommandApdu& command, SecurityLevel level);
  [[nodiscard]] std::optional<CommandApdu> unwrap_implicit(const CommandApdu& command,
                                                           const ChannelOwner& owner);
  [[nodiscard]] std::optional<CommandApdu> initiate_implicitly(const CommandApdu& command,
                                                               const ChannelOwner& owner);
  [[nodiscard]] bool refused_padding(const CommandApdu& command, const CommandApdu& unwrapped,
                                     const Profile& profile) const;
  [[nodiscard]] ResponseProtection current_protection() const;
  [[nodiscard]] bool conditions_for_r_mac_session(ResponseProtection wanted) const;

  State state_ = State::closed;
  SecurityLevel level_ = SecurityLevel::authenticated;
  SecureChannelOptions options_;
  std::uint8_t key_version_ = 0;
  Bytes expected_host_cryptogram_;
  std::optional<SessionProtocol> protocol_;
  Key static_dek_;                                         ///< as it was when the session began
  std::optional<ResponseProtection> r_mac_session_;        ///< begun with BEGIN R-MAC SESSION
  ResponseProtection pending_ = ResponseProtection::none;  ///< of the response that is due
};

}  // namespace gpsh::virtualcard
