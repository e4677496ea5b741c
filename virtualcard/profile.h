// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/aid.h"
#include "core/bytes.h"
#include "core/connection.h"
#include "core/status_word.h"
#include "virtualcard/application_behaviour.h"
#include "virtualcard/card_state.h"
#include "virtualcard/fault.h"
#include "virtualcard/secure_channel_options.h"

namespace gpsh::virtualcard {

/// Which card specification the card follows where the two differ: the fields of a GET STATUS entry and the
/// version in the card recognition data.
enum class CardSpecification { gp_2_1_1, gp_2_3_1 };

/// Which command an authentication attempt is counted at.
enum class CountAt { initialize_update, external_authenticate };

/// When the card stops to authenticate. Counted at INITIALIZE UPDATE: each one that is answered counts.
/// Counted at EXTERNAL AUTHENTICATE: each wrong host cryptogram or MAC counts. A successful EXTERNAL
/// AUTHENTICATE sets the count back to 0. At `limit` INITIALIZE UPDATE answers 6983 for ever; a challenge
/// that was given before may still be answered. Limit 0: never.
struct AuthenticationPolicy {
  CountAt count_at = CountAt::external_authenticate;
  unsigned limit = 0;
};

/// Habits of hosts that the specification does not have and this card lets pass.
struct Tolerance {
  bool aes_key_without_length = true;  ///< PUT KEY of an AES key without its length before the ciphertext
  bool store_data_bit_02 = true;       ///< STORE DATA with bit 02 of P1, which is RFU
  bool padded_empty_data = true;       ///< with C-DECRYPTION, one block of padding instead of no data

  [[nodiscard]] static Tolerance none() { return {false, false, false}; }
};

/// What SELECT of this full AID answers although no such application is in the registry.
struct SelectAnswer {
  Aid aid;
  Bytes answer;
  StatusWord sw;
};

/// A kind of card and the state it starts in.
struct Profile {
  std::string name;
  std::string description;
  CardSpecification specification = CardSpecification::gp_2_3_1;
  Bytes atr;
  std::vector<SecureChannelOptions> secure_channels{{}};  ///< at least one
  Bytes diversification_data;                             ///< 10 bytes
  AuthenticationPolicy authentication{};
  std::optional<Bytes> select_response{};         ///< the FCI of the Issuer Security Domain, as it stands
  std::map<std::uint16_t, Bytes> data_objects{};  ///< tag -> value, for GET DATA
  std::map<std::uint16_t, StatusWord> data_refusals{};  ///< tag -> what GET DATA answers instead
  std::vector<SelectAnswer> select_answers{};
  std::vector<ApplicationBehaviour> behaviours{};
  Tolerance tolerance{};
  std::vector<Fault> faults{};             ///< what goes wrong with this card
  std::size_t response_limit = 256;        ///< bytes of data in an answer to GET STATUS
  std::size_t supplementary_channels = 0;  ///< logical channels beside the basic one, up to 3
  CardState card;

  /// The protocol that the ATR offers first (ISO/IEC 7816-3, 8.2.3).
  [[nodiscard]] TransmissionProtocol protocol() const;
  /// Of the default key set.
  [[nodiscard]] const SecureChannelOptions& default_options() const;
  /// The first protocol for keys of this type.
  [[nodiscard]] const SecureChannelOptions& options_of(const KeySet& keys) const;
};

/// A profile from JSON text; with a member "extends" that names a built-in profile, only what differs from it
/// (RFC 7396). "secure_channel" is one protocol with its i, or a list of them. Throws Error (file): code
/// "bad-json" with `source`, line and column, or "bad-profile" with `source` and the field's path.
[[nodiscard]] Profile parse_profile(std::string_view text, std::string_view source);

/// The built-in profiles, in alphabetical order.
[[nodiscard]] std::vector<std::string> profile_names();
/// The JSON text of a built-in profile. Throws Error (usage, "unknown-profile").
[[nodiscard]] std::string_view profile_text(std::string_view name);

/// A built-in profile, or a file when the name ends in .json or has a slash. Throws Error (usage,
/// "unknown-profile", naming the built-in ones) or Error (file).
[[nodiscard]] Profile load_profile(std::string_view name_or_path);

inline constexpr std::string_view kDefaultProfile = "generic-scp02";

}  // namespace gpsh::virtualcard
