// SPDX-License-Identifier: Apache-2.0
#include "gp/secret.h"

#include <botan/mem_ops.h>

namespace gpsh::gp {
namespace {

std::optional<std::uint8_t> nibble(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<std::uint8_t>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<std::uint8_t>(digit - 'a' + 10);
  if (digit >= 'A' && digit <= 'F') return static_cast<std::uint8_t>(digit - 'A' + 10);
  return std::nullopt;
}

}  // namespace

// Not through from_hex() of core: its result would leave the key in ordinary memory.
std::optional<Secret> Secret::from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Botan::secure_vector<std::uint8_t> bytes(text.size() / 2);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto high = nibble(text[2 * at]);
    const auto low = nibble(text[2 * at + 1]);
    if (!high || !low) return std::nullopt;
    bytes[at] = static_cast<std::uint8_t>(*high << 4 | *low);
  }
  return Secret(std::move(bytes));
}

Secret Secret::from_bytes(ByteView bytes) {
  return Secret(Botan::secure_vector<std::uint8_t>(bytes.begin(), bytes.end()));
}

Secret Secret::clone() const {
  return Secret(bytes_);
}

bool operator==(const Secret& a, const Secret& b) {
  return a.size() == b.size() && Botan::constant_time_compare(a.bytes_.data(), b.bytes_.data(), a.size());
}

}  // namespace gpsh::gp
