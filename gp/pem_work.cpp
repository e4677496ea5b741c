// SPDX-License-Identifier: Apache-2.0
#include "gp/pem_work.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "core/error.h"
#include "core/tlv.h"

namespace gpsh::gp {
namespace {

constexpr std::uint32_t kSequence = 0x30;
constexpr std::uint32_t kInteger = 0x02;
constexpr std::uint32_t kOid = 0x06;
constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

/// kMost for all that do not fit.
std::uint64_t number_of(ByteView value) {
  std::uint64_t number = 0;
  for (const auto byte : value) number = number > kMost >> 8 ? kMost : number << 8 | byte;
  return number;
}

std::uint64_t product(std::uint64_t a, std::uint64_t b) {
  return b != 0 && a > kMost / b ? kMost : a * b;
}

std::vector<std::uint64_t> numbers_in(ByteView parameters) {
  std::vector<std::uint64_t> numbers;
  for (const auto& object : read_tlvs(parameters, "the parameters")) {
    if (object.tag == kInteger) numbers.push_back(number_of(object.value));
  }
  return numbers;
}

void refuse_above(std::uint64_t most, std::uint64_t asked, std::string_view what) {
  if (asked <= most) return;
  const auto count = asked == kMost ? std::string("too many") : std::to_string(asked);
  throw Error({.kind = ErrorKind::file,
               .code = "pem",
               .message = "the private key in the PEM file is encrypted with " + count + std::string(what) +
                          ", " + std::to_string(most) + " are the most",
               .advice = "encrypt it again with fewer: openssl pkcs8 -topk8 -iter 100000"});
}

}  // namespace

void refuse_endless_work(ByteView encrypted_private_key) {
  // EncryptedPrivateKeyInfo, AlgorithmIdentifier of PBES2, its parameters, AlgorithmIdentifier of the
  // derivation.
  const auto derivation =
      find_path(encrypted_private_key, {kSequence, kSequence, kSequence, kSequence}, "ENCRYPTED PRIVATE KEY");
  if (!derivation) return;
  const auto name = find_path(derivation->value, {kOid}, "the derivation");
  const auto parameters = find_path(derivation->value, {kSequence}, "the derivation");
  if (!name || !parameters) return;
  const auto numbers = numbers_in(parameters->value);
  const auto scrypt = hex("2B060104 01DA47 040B");
  if (equal(name->value, scrypt)) {
    std::uint64_t cost = 1;
    for (std::size_t at = 0; at < std::min<std::size_t>(numbers.size(), 3); ++at)
      cost = product(cost, numbers[at]);
    refuse_above(kMaxScryptCost, cost, " blocks of scrypt");
  } else if (!numbers.empty()) {
    refuse_above(kMaxRounds, numbers.front(), " rounds");
  }
}

}  // namespace gpsh::gp
