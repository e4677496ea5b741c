// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "gp/derivation_template.h"
#include "gp/keys.h"

namespace gpsh::gp {

/// How the keys of a card come from a master key and the 10 bytes of diversification data in the card's
/// answer to INITIALIZE UPDATE: not at all, by a method with a name, or by a template.
class Diversification {
 public:
  /// None: the master key is the card's key.
  Diversification() = default;

  /// none, visa1, visa, visa2, emvcps11 (also emv), kdf3, in either case; a text with a $ is a template.
  /// Throws Error (usage, "key-derivation") for anything else.
  [[nodiscard]] static Diversification parse(std::string_view text);

  /// What parse() takes: "visa2", or the template as it was given.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// For messages: "VISA 2", "EMV CPS 1.1", "template".
  [[nodiscard]] std::string_view title() const;
  [[nodiscard]] bool none() const { return templates_.empty(); }
  /// Whether it makes AES keys, for SCP03 alone.
  [[nodiscard]] bool counter_mode() const { return !none() && templates_.front().counter_mode(); }

  /// The template of the key with this number (ENC 1, MAC 2, DEK 3). Not where none().
  [[nodiscard]] const DerivationTemplate& template_of(std::uint8_t key_number) const {
    return templates_.at(key_number - 1U);
  }

  friend bool operator==(const Diversification& a, const Diversification& b) {
    return a.templates_ == b.templates_;
  }

 private:
  std::string name_ = "none";
  std::vector<DerivationTemplate> templates_{};  ///< empty, or of ENC, MAC and DEK
};

/// The methods with a name, none first, in the order in which to try them.
[[nodiscard]] std::vector<Diversification> known_diversifications();
/// "none, visa1, visa, visa2, emvcps11, kdf3".
[[nodiscard]] std::string diversification_names();

/// The card's three keys. `protocol` is the number of the secure channel protocol they are for, 1 to 3.
/// Throws Error (usage): "key-length" for a master key of a length that the method cannot use,
/// "derivation-protocol" for a method with a counter on anything but SCP03; Error (card, "short-data") for
/// data that is too short.
[[nodiscard]] KeySet diversify(const Diversification& method, const Secret& master, ByteView data,
                               std::uint8_t protocol);
/// The same with a master key of its own for each key; an empty one stays empty.
[[nodiscard]] KeySet diversify(const Diversification& method, const KeySet& masters, ByteView data,
                               std::uint8_t protocol);

}  // namespace gpsh::gp
