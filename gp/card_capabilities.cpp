// SPDX-License-Identifier: Apache-2.0
#include "gp/card_capabilities.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/error.h"
#include "core/tlv.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kWhat = "card capability information";
constexpr std::uint32_t kCapabilityTag = 0x67;
constexpr std::uint32_t kProtocolTag = 0xA0;
constexpr std::size_t kPrivilegeBytes = 3;

Error unreadable(const std::string& why) {
  return Error({.kind = ErrorKind::card,
                .code = "bad-response",
                .message = "the card capability information cannot be read: " + why});
}

std::uint8_t one_byte(const Tlv& object) {
  if (object.value.size() == 1) return object.value.front();
  throw unreadable("tag " + to_hex(static_cast<std::uint8_t>(object.tag)) + " has " +
                   std::to_string(object.value.size()) + " bytes where 1 is needed");
}

std::uint32_t privileges(const Tlv& object) {
  if (object.value.size() != kPrivilegeBytes) {
    throw unreadable("privileges of " + std::to_string(object.value.size()) + " bytes");
  }
  std::uint32_t value = 0;
  for (const auto byte : object.value) value = value << 8 | byte;
  return value;
}

ProtocolCapability read_protocol(ByteView data) {
  ProtocolCapability protocol;
  for (const auto& object : read_tlvs(data, kWhat)) {
    switch (object.tag) {
      case 0x80: protocol.scp = one_byte(object); break;
      case 0x81: protocol.implementations = to_bytes(object.value); break;
      case 0x82: protocol.aes_keys = one_byte(object); break;
      case 0x83: protocol.tls_cipher_suites = to_bytes(object.value); break;
      case 0x84: protocol.longest_pre_shared_key = one_byte(object); break;
      default: break;
    }
  }
  return protocol;
}

CardCapabilities read(ByteView data) {
  CardCapabilities card;
  for (const auto& object : read_tlvs(data, kWhat)) {
    switch (object.tag) {
      case kProtocolTag: card.protocols.push_back(read_protocol(object.value)); break;
      case 0x81: card.security_domain_privileges = privileges(object); break;
      case 0x82: card.application_privileges = privileges(object); break;
      case 0x83: card.load_file_hashes = to_bytes(object.value); break;
      case 0x84: card.load_file_encryption = to_bytes(object.value); break;
      case 0x85: card.token_suites = to_bytes(object.value); break;
      case 0x86: card.receipt_suites = to_bytes(object.value); break;
      case 0x87: card.dap_suites = to_bytes(object.value); break;
      case 0x88: card.curve_references = to_bytes(object.value); break;
      default: break;
    }
  }
  return card;
}

struct Bit {
  std::size_t byte;
  std::uint8_t mask;
  std::string_view name;
};

constexpr std::array kAesKeys = {Bit{0, 0x01, "AES-128"}, Bit{0, 0x02, "AES-192"}, Bit{0, 0x04, "AES-256"}};
constexpr std::array kEncryptions = {Bit{0, 0x01, "triple DES"}, Bit{0, 0x02, "AES-128"},
                                     Bit{0, 0x04, "AES-192"}, Bit{0, 0x08, "AES-256"},
                                     Bit{0, 0x80, "with start value"}};
constexpr std::array kSignatures = {Bit{0, 0x01, "RSA-1024 PKCS#1 SHA-1"}, Bit{0, 0x02, "RSA PSS SHA-256"},
                                    Bit{0, 0x04, "DES retail MAC"},        Bit{0, 0x08, "AES-128 CMAC"},
                                    Bit{0, 0x10, "AES-192 CMAC"},          Bit{0, 0x20, "AES-256 CMAC"},
                                    Bit{0, 0x40, "ECDSA-256 SHA-256"},     Bit{0, 0x80, "ECDSA-384 SHA-384"},
                                    Bit{1, 0x01, "ECDSA-512 SHA-512"},     Bit{1, 0x02, "ECDSA-521 SHA-512"}};
constexpr std::array<std::string_view, 5> kHashes = {"", "SHA-1", "SHA-256", "SHA-384", "SHA-512"};

std::vector<std::string_view> names_of(ByteView bits, std::span<const Bit> names) {
  std::vector<std::string_view> found;
  for (const auto& bit : names) {
    if (bit.byte < bits.size() && (bits[bit.byte] & bit.mask) != 0) found.push_back(bit.name);
  }
  return found;
}

}  // namespace

CardCapabilities parse_card_capabilities(ByteView data) {
  try {
    const auto outer = find_tlv(read_tlvs(data, kWhat), kCapabilityTag);
    if (!outer) throw unreadable("there is no tag 67");
    return read(outer->value);
  } catch (const Error& error) {
    if (error.code() == "bad-response") throw;
    throw unreadable(error.facts().message);
  }
}

std::vector<std::string_view> aes_key_names(std::uint8_t bits) {
  return names_of(ByteView(&bits, 1), kAesKeys);
}

std::vector<std::string> load_file_hash_names(ByteView algorithms) {
  std::vector<std::string> names;
  for (const auto algorithm : algorithms) {
    const bool known = algorithm > 0 && algorithm < kHashes.size();
    names.push_back(known ? std::string(kHashes.at(algorithm)) : to_hex(algorithm));
  }
  return names;
}

std::vector<std::string_view> load_file_encryption_names(ByteView bits) {
  return names_of(bits, kEncryptions);
}

std::vector<std::string_view> signature_suite_names(ByteView bits) {
  return names_of(bits, kSignatures);
}

}  // namespace gpsh::gp
