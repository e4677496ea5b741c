// SPDX-License-Identifier: Apache-2.0
#include "gp/channel_keys.h"

#include <string>

#include "core/error.h"
#include "gp/crypto.h"
#include "gp/scp02.h"
#include "gp/scp03.h"

namespace gpsh::gp {
namespace {

KeySet three_times(const Secret& key) {
  return {key.clone(), key.clone(), key.clone()};
}

bool has_one_base_key(const KeyPurpose& purpose) {
  return purpose.protocol == Scp02::kNumber && (purpose.i & Scp02::kThreeKeys) == 0;
}

std::string check_value(const Secret& key, std::uint8_t protocol) {
  if (key.empty()) return "none";
  return to_hex(protocol == Scp03::kNumber ? kcv_aes(key) : kcv_3des(key));
}

}  // namespace

bool base_key_serves_for_all(const ChannelKeys& given) {
  const auto& [enc, mac, dek] = given.keys;
  return given.derivation.none() && !given.base_key.empty() && enc.empty() && mac.empty() && dek.empty();
}

void require_keys(const ChannelKeys& given) {
  if (!given.base_key.empty()) return;
  for (const auto& [key, name] : {std::pair(&given.keys.enc, "ENC"), std::pair(&given.keys.mac, "MAC")}) {
    if (!key->empty()) continue;
    throw Error({.kind = ErrorKind::usage,
                 .code = "key-missing",
                 .message = std::string("a secure channel needs the ") + name + " key",
                 .advice = "give -enc_key, -mac_key and -kek_key, or -key"});
  }
}

KeySet static_keys(const ChannelKeys& given, const KeyPurpose& purpose) {
  const bool base_given = !given.base_key.empty();
  if (!given.derivation.none()) {
    return base_given
               ? diversify(given.derivation, given.base_key, purpose.diversification_data, purpose.protocol)
               : diversify(given.derivation, given.keys, purpose.diversification_data, purpose.protocol);
  }
  if (base_given && (has_one_base_key(purpose) || base_key_serves_for_all(given)))
    return three_times(given.base_key);
  return given.keys.clone();
}

std::optional<Remark> public_keys_remark(const ChannelKeys& given, const KeyPurpose& purpose) {
  const bool derived = !given.derivation.none();
  const bool from_base = derived && !given.base_key.empty();
  const auto keys = from_base ? three_times(given.base_key)
                    : derived ? given.keys.clone()
                              : static_keys(given, purpose);
  const auto name = public_test_key_name(keys.enc);
  if (!name || !is_public_test_key(keys.mac)) return std::nullopt;
  return Remark{.severity = Severity::note,
                .code = "public-key",
                .text = std::string("anyone can manage this card: its keys are ") +
                        (derived ? "derived from the " : "the ") + std::string(*name),
                .advice = "a card in use needs keys of its own"};
}

std::string check_values(const KeySet& keys, std::uint8_t protocol) {
  return "ENC " + check_value(keys.enc, protocol) + ", MAC " + check_value(keys.mac, protocol) + ", DEK " +
         check_value(keys.dek, protocol);
}

}  // namespace gpsh::gp
