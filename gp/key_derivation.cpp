// SPDX-License-Identifier: Apache-2.0
#include "gp/key_derivation.h"

#include <botan/block_cipher.h>
#include <botan/mac.h>

#include <string>

#include "core/error.h"
#include "gp/crypto.h"
#include "gp/secret_access.h"

namespace gpsh::gp {
namespace {

[[noreturn]] void wrong_length(std::size_t bytes, std::string_view wanted) {
  throw Error({.kind = ErrorKind::usage,
               .code = "key-length",
               .message = "a master key of " + std::to_string(bytes) + " bytes where " + std::string(wanted) +
                          " are needed",
               .advice = "check the length of the key, and that the derivation is the one of this card"});
}

}  // namespace

Secret derive_with_triple_des(const Secret& master, ByteView data) {
  const auto key = SecretAccess::view(master);
  if (key.size() != kTripleDesKeyBytes) wrong_length(key.size(), "16");
  if (data.size() != kTripleDesKeyBytes) {
    throw Error({.kind = ErrorKind::internal,
                 .code = "bad-block",
                 .message = "a key was to be derived from " + std::to_string(data.size()) + " bytes"});
  }
  const auto cipher = Botan::BlockCipher::create_or_throw("TripleDES");
  cipher->set_key(key.data(), key.size());
  Botan::secure_vector<std::uint8_t> derived(data.begin(), data.end());
  cipher->encrypt(derived);
  return SecretAccess::adopt(std::move(derived));
}

Secret derive_in_counter_mode(const Secret& master, const CounterModeInput& input) {
  const auto key = SecretAccess::view(master);
  if (key.size() != 16 && key.size() != 24 && key.size() != 32) wrong_length(key.size(), "16, 24 or 32");
  const auto mac =
      Botan::MessageAuthenticationCode::create_or_throw("CMAC(AES-" + std::to_string(key.size() * 8) + ")");
  mac->set_key(key.data(), key.size());
  Botan::secure_vector<std::uint8_t> derived;
  for (std::uint8_t counter = 1; derived.size() < key.size(); ++counter) {
    mac->update(input.before.data(), input.before.size());
    mac->update(counter);
    mac->update(input.after.data(), input.after.size());
    derived += mac->final();
  }
  derived.resize(key.size());
  return SecretAccess::adopt(std::move(derived));
}

}  // namespace gpsh::gp
