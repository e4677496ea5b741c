// SPDX-License-Identifier: Apache-2.0
#include "gp/keys.h"

#include <array>

namespace gpsh::gp {
namespace {

struct PublicKey {
  std::string_view hex;
  std::string_view name;
  std::string_view short_name;
};

constexpr std::array kPublicKeys = {
    PublicKey{"404142434445464748494A4B4C4D4E4F", "GlobalPlatform test key 404142434445464748494A4B4C4D4E4F",
              "default"},
    PublicKey{"47454D5850524553534F53414D504C45", "GemXpresso sample key 47454D5850524553534F53414D504C45",
              "gemxpresso"},
    PublicKey{"404142434445464748494A4B4C4D4E4F404142434445464748494A4B4C4D4E4F",
              "GlobalPlatform test key 404142434445464748494A4B4C4D4E4F, doubled", "default"},
};

}  // namespace

std::optional<std::string_view> public_test_key_name(const Secret& key) {
  for (const auto& candidate : kPublicKeys) {
    if (Secret::from_hex(candidate.hex) == key) return candidate.name;
  }
  return std::nullopt;
}

bool is_public_test_key(const Secret& key) {
  return public_test_key_name(key).has_value();
}

std::vector<PublicTestKey> public_test_keys() {
  std::vector<PublicTestKey> keys;
  keys.reserve(kPublicKeys.size());
  for (const auto& known : kPublicKeys) {
    keys.push_back({.name = known.name,
                    .short_name = known.short_name,
                    .hex = known.hex,
                    .key = Secret::from_hex(known.hex).value()});
  }
  return keys;
}

}  // namespace gpsh::gp
