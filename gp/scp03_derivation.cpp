// SPDX-License-Identifier: Apache-2.0
#include "gp/scp03_derivation.h"

#include <array>
#include <string>

#include "core/error.h"
#include "gp/secret_access.h"

namespace gpsh::gp {
namespace {

/// Label, separator, length in bits, counter (section 4.1.5).
std::array<std::uint8_t, 16> fixed_input(const Scp03Derivation& derivation, std::uint8_t counter) {
  std::array<std::uint8_t, 16> input{};
  input[11] = static_cast<std::uint8_t>(derivation.constant);
  input[13] = static_cast<std::uint8_t>(derivation.bytes * 8 >> 8);
  input[14] = static_cast<std::uint8_t>(derivation.bytes * 8);
  input[15] = counter;
  return input;
}

void require_length(const Scp03Derivation& derivation, std::size_t most) {
  if (derivation.bytes > 0 && derivation.bytes <= most) return;
  throw Error({.kind = ErrorKind::internal,
               .code = "bad-derivation",
               .message = std::to_string(derivation.bytes) + " bytes were to be derived"});
}

}  // namespace

Secret derive(Cmac& key, const Scp03Derivation& derivation) {
  require_length(derivation, 2 * kAesBlockBytes);
  Botan::secure_vector<std::uint8_t> derived(2 * kAesBlockBytes);
  const std::span<std::uint8_t, 2 * kAesBlockBytes> blocks(derived);
  key.compute_into({fixed_input(derivation, 1), derivation.context}, blocks.first<kAesBlockBytes>());
  if (derivation.bytes > kAesBlockBytes) {
    key.compute_into({fixed_input(derivation, 2), derivation.context}, blocks.last<kAesBlockBytes>());
  }
  derived.resize(derivation.bytes);
  return SecretAccess::adopt(std::move(derived));
}

Bytes derive_data(Cmac& key, const Scp03Derivation& derivation) {
  require_length(derivation, kAesBlockBytes);
  const auto block = key.compute({fixed_input(derivation, 1), derivation.context});
  return to_bytes(ByteView(block).first(derivation.bytes));
}

}  // namespace gpsh::gp
