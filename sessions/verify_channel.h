// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/aid.h"
#include "core/apdu.h"
#include "gp/initialize_update.h"
#include "gp/secret.h"
#include "gp/security_level.h"
#include "sessions/crypto_step.h"

namespace gpsh::sessions {

/// The session keys of a logged channel; those for responses may be empty.
struct ChannelSessionKeys {
  gp::Secret enc{};
  gp::Secret mac{};
  gp::Secret response_mac{};
  gp::Secret later_response_mac{};  ///< SCP02: of BEGIN R-MAC SESSION, after the counter has counted on
};

/// What a logged channel is checked with. Nothing of it is kept.
struct ChannelFacts {
  std::uint8_t protocol = 0;  ///< 1 to 3
  const gp::InitializeUpdateResponse& answer;
  ByteView host_challenge;
  const ChannelSessionKeys& keys;
  Teaching teaching = Teaching::off;
};

/// What an SCP02 channel without INITIALIZE UPDATE is checked with (GPCS 2.3.1 section E.1.2.2). Nothing of
/// it is kept. Of the keys only those for MACs are needed.
struct ImplicitChannelFacts {
  const Aid& application;
  const ChannelSessionKeys& keys;
  Teaching teaching = Teaching::off;
};

/// How the C-MAC of a command is right. SCP03 has one way; of SCP01 and SCP02 the first two are those of an i
/// with bit 10 and without; all others are mistakes that programs make.
enum class MacReading {
  wrong,
  behind_wrong,       ///< SCP03 in S8 mode: starts from the whole of a wrong one, of which half was sent
  right,              ///< SCP03; the first of an implicit SCP02 channel
  start_encrypted,    ///< i with bit 10: the C-MAC before it, encrypted, is the start (GPCS 2.3.1 section
                      ///< E.3.4)
  start_clear,        ///< i without it
  start_zeros,        ///< every C-MAC starts from zeros
  header_unmodified,  ///< over the header without secure messaging
  header_modified,    ///< of an implicit SCP02 channel: over the header with it
  over_padding,       ///< over the data with its padding
  over_ciphertext,    ///< SCP01, SCP02: over the encrypted data
};

/// "right with an ICV of zeros"; for `wrong` "wrong under every variant".
[[nodiscard]] std::string words_of(MacReading reading);

struct AuthenticationCheck {
  bool host_cryptogram_right = false;
  bool mac_right = false;
};

struct CommandCheck {
  MacReading reading = MacReading::wrong;
  std::optional<CommandApdu> plain{};  ///< nothing when it cannot be decrypted
  bool decrypted = false;              ///< the data was encrypted, also where it is empty
};

struct ResponseCheck {
  bool right = false;
  bool right_from_zeros = false;        ///< its R-MAC is right with a first ICV of zeros
  bool unchecked = false;               ///< there is an R-MAC, but not its key
  std::optional<ResponseApdu> plain{};  ///< of a right and an unchecked one
  bool decrypted = false;
};

/// Recomputes a logged channel from what was on the wire, whether or not the program in the log did it right.
/// Where a MAC is wrong, the next command is tried both as if this one had counted and as if it had not.
class ChannelCheck {
 public:
  virtual ~ChannelCheck() = default;
  ChannelCheck(const ChannelCheck&) = delete;
  ChannelCheck& operator=(const ChannelCheck&) = delete;

  [[nodiscard]] virtual bool card_cryptogram_fits() = 0;
  /// EXTERNAL AUTHENTICATE; its P1 is the level from here on. Called once.
  virtual AuthenticationCheck authenticate(const CommandApdu& wire) = 0;
  /// A command with secure messaging.
  virtual CommandCheck command(const CommandApdu& wire) = 0;
  /// A command without, at a level that protects responses alone.
  virtual void plain_command(const CommandApdu& wire) = 0;
  /// The response to the last command. Nothing where it needs no R-MAC and has none.
  virtual std::optional<ResponseCheck> response(const ResponseApdu& wire) = 0;
  /// What protects the next command and its answer: as EXTERNAL AUTHENTICATE said, and what an R-MAC session
  /// adds to it (GPCS 2.3.1 section E.5.3; AmdD 1.2 section 7.1.3).
  [[nodiscard]] virtual gp::SecurityLevel level() const = 0;

  /// With Teaching::on: what was computed since the last call, in its order.
  [[nodiscard]] CryptoSteps take_steps() { return std::exchange(steps_, {}); }

 protected:
  explicit ChannelCheck(Teaching teaching) : teaching_(teaching) {}
  [[nodiscard]] bool teaches() const { return teaching_ == Teaching::on; }
  void teach(CryptoStep step) { steps_.push_back(std::move(step)); }

 private:
  Teaching teaching_;
  CryptoSteps steps_;
};

/// Throws Error (usage, "key-length") for keys that are not the protocol's.
[[nodiscard]] std::unique_ptr<ChannelCheck> make_channel_check(const ChannelFacts& facts);
/// The same for a channel whose first command with secure messaging opens it, at level 01.
[[nodiscard]] std::unique_ptr<ChannelCheck> make_implicit_channel_check(const ImplicitChannelFacts& facts);

// The two families; use make_channel_check().
[[nodiscard]] std::unique_ptr<ChannelCheck> make_triple_des_check(const ChannelFacts& facts);
[[nodiscard]] std::unique_ptr<ChannelCheck> make_aes_check(const ChannelFacts& facts);

}  // namespace gpsh::sessions
