// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "gp/secret.h"

namespace gpsh::gp {

/// The three static keys of a key version (GPCS 2.3.1 section E.4.1). Any may be empty: not given.
struct KeySet {
  Secret enc;
  Secret mac;
  Secret dek;

  [[nodiscard]] KeySet clone() const { return {enc.clone(), mac.clone(), dek.clone()}; }
};

/// What a key that everybody knows is called, or nothing for any other key:
/// 404142434445464748494A4B4C4D4E4F, the same twice (32 bytes), 47454D5850524553534F53414D504C45.
[[nodiscard]] std::optional<std::string_view> public_test_key_name(const Secret& key);
[[nodiscard]] bool is_public_test_key(const Secret& key);

/// A key that everybody knows.
struct PublicTestKey {
  std::string_view name;        ///< as public_test_key_name() says it
  std::string_view short_name;  ///< "default" or "gemxpresso"
  std::string_view hex;         ///< of the key
  Secret key;
};
/// The 16-byte ones first.
[[nodiscard]] std::vector<PublicTestKey> public_test_keys();

}  // namespace gpsh::gp
