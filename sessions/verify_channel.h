// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/apdu.h"
#include "gp/initialize_update.h"
#include "gp/secret.h"
#include "gp/security_level.h"

namespace gpsh::sessions {

/// The session keys of a logged channel; the one for responses may be empty.
struct ChannelSessionKeys {
  gp::Secret enc{};
  gp::Secret mac{};
  gp::Secret response_mac{};
};

/// What a logged channel is checked with. Nothing of it is kept.
struct ChannelFacts {
  std::uint8_t protocol = 0;  ///< 1 to 3
  const gp::InitializeUpdateResponse& answer;
  ByteView host_challenge;
  const ChannelSessionKeys& keys;
};

/// How the C-MAC of a command is right. SCP03 has one way; of SCP01 and SCP02 the first two are those of an i
/// with bit 10 and without; all others are mistakes that programs make.
enum class MacReading {
  wrong,
  right,              ///< SCP03
  start_encrypted,    ///< i with bit 10: the C-MAC before it, encrypted, is the start (GPCS 2.3.1 section
                      ///< E.3.4)
  start_clear,        ///< i without it
  start_zeros,        ///< every C-MAC starts from zeros
  header_unmodified,  ///< over the header without secure messaging
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
  std::optional<ResponseApdu> plain{};  ///< of a right one
  bool decrypted = false;
};

/// Recomputes a logged channel from what was on the wire, whether or not the program in the log did it right.
/// Where a MAC is wrong, the next command is tried both as if this one had counted and as if it had not.
class ChannelCheck {
 public:
  virtual ~ChannelCheck() = default;
  ChannelCheck() = default;
  ChannelCheck(const ChannelCheck&) = delete;
  ChannelCheck& operator=(const ChannelCheck&) = delete;

  [[nodiscard]] virtual bool card_cryptogram_fits() = 0;
  /// EXTERNAL AUTHENTICATE; its P1 is the level from here on. Called once.
  virtual AuthenticationCheck authenticate(const CommandApdu& wire) = 0;
  /// A command with secure messaging.
  virtual CommandCheck command(const CommandApdu& wire) = 0;
  /// The response to the last command, at a level with R-MAC: 9000, 62xx or 63xx.
  virtual ResponseCheck response(const ResponseApdu& wire) = 0;
};

/// Throws Error (usage, "key-length") for keys that are not the protocol's.
[[nodiscard]] std::unique_ptr<ChannelCheck> make_channel_check(const ChannelFacts& facts);

// The two families; use make_channel_check().
[[nodiscard]] std::unique_ptr<ChannelCheck> make_triple_des_check(const ChannelFacts& facts);
[[nodiscard]] std::unique_ptr<ChannelCheck> make_aes_check(const ChannelFacts& facts);

}  // namespace gpsh::sessions
