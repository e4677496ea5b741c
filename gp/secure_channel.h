// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>

#include "core/apdu.h"
#include "gp/scp01.h"
#include "gp/scp02.h"
#include "gp/scp03.h"
#include "gp/security_level.h"

namespace gpsh::gp {

/// The contract of a protocol. It is built from the keys and the card's answer to INITIALIZE UPDATE, computes
/// only, and remembers from wrap() what unwrap() needs; each wrap() is followed by one unwrap() of its
/// response.
template <class Protocol>
concept SecureProtocol = std::movable<Protocol> && std::constructible_from<Protocol, const ProtocolStart&> &&
    requires(Protocol protocol, const Protocol& fixed, const CommandApdu& command,
             const ResponseApdu& response, const Aid& application) {
  { Protocol::kNumber } -> std::convertible_to<std::uint8_t>;
  { Protocol::speaks(std::uint8_t{}) } -> std::same_as<bool>;
  { Protocol::speaks(std::uint8_t{}, SecurityLevel()) } -> std::same_as<bool>;
  { fixed.card_cryptogram_fits() } -> std::same_as<bool>;
  { fixed.challenge_fits(application) } -> std::same_as<bool>;
  { protocol.external_authenticate() } -> std::same_as<CommandApdu>;
  { protocol.wrap(command, Extent::chained) } -> std::same_as<CommandApdu>;
  { protocol.unwrap(response) } -> std::same_as<ResponseApdu>;
  { fixed.response_proof() } -> std::same_as<ResponseProof>;
  { fixed.max_plain_data(std::size_t{}) } -> std::same_as<std::size_t>;
  { fixed.level() } -> std::same_as<SecurityLevel>;
  { fixed.encrypt_sensitive(ByteView()) } -> std::same_as<Bytes>;
};

static_assert(SecureProtocol<Scp01> && SecureProtocol<Scp02> && SecureProtocol<Scp03>);

/// What an open channel is, for messages and for commands that depend on it.
struct ChannelInfo {
  std::uint8_t protocol = 0;  ///< 2 is SCP02
  std::uint8_t i = 0;
  SecurityLevel level{};         ///< of EXTERNAL AUTHENTICATE
  std::uint8_t key_version = 0;  ///< as the card answered it, not as it was asked for
  Bytes diversification_data{};  ///< of the INITIALIZE UPDATE answer, 10 bytes

  friend bool operator==(const ChannelInfo&, const ChannelInfo&) = default;
};

/// An open channel: one of the protocols after EXTERNAL AUTHENTICATE was accepted.
class SecureChannel {
 public:
  using Protocols = std::variant<Scp01, Scp02, Scp03>;

  SecureChannel(ChannelInfo info, Protocols protocol)
      : info_(std::move(info)), protocol_(std::move(protocol)) {}

  [[nodiscard]] const ChannelInfo& info() const { return info_; }
  /// These do what the protocol's functions of the same names do, with the same errors.
  [[nodiscard]] CommandApdu wrap(const CommandApdu& plain, Extent extent = Extent::one_apdu);
  [[nodiscard]] ResponseApdu unwrap(const ResponseApdu& response);
  [[nodiscard]] ResponseProof response_proof() const;
  [[nodiscard]] std::size_t max_plain_data(std::size_t limit) const;
  /// What protects commands and responses now; an R-MAC session changes it.
  [[nodiscard]] SecurityLevel level() const;
  /// Encrypts key data or other sensitive data, whole blocks of 8 bytes (SCP03: 16), under the channel's DEK.
  /// Throws Error (usage, "key-missing") without a DEK.
  [[nodiscard]] Bytes encrypt_sensitive(ByteView blocks) const;

 private:
  ChannelInfo info_;
  Protocols protocol_;
};

}  // namespace gpsh::gp
