// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"

namespace gpsh::gp {

/// One secure channel protocol the card supports (GPCS 2.3.1 Table H-6).
struct ProtocolCapability {
  std::uint8_t scp = 0;
  Bytes implementations{};                               ///< one i each
  std::optional<std::uint8_t> aes_keys{};                ///< SCP03: bits 01, 02, 04 for 128, 192, 256 bits
  Bytes tls_cipher_suites{};                             ///< SCP81: two bytes each
  std::optional<std::uint8_t> longest_pre_shared_key{};  ///< SCP81, bytes

  friend bool operator==(const ProtocolCapability&, const ProtocolCapability&) = default;
};

/// Card capability information (GPCS 2.3.1 section H.4); bit fields as the card sent them.
struct CardCapabilities {
  std::vector<ProtocolCapability> protocols{};
  std::optional<std::uint32_t> security_domain_privileges{};  ///< three bytes
  std::optional<std::uint32_t> application_privileges{};      ///< three bytes
  Bytes load_file_hashes{};                                   ///< one algorithm each
  Bytes load_file_encryption{};
  Bytes token_suites{};
  Bytes receipt_suites{};
  Bytes dap_suites{};
  Bytes curve_references{};  ///< key parameter references

  friend bool operator==(const CardCapabilities&, const CardCapabilities&) = default;
};

/// From the answer to GET DATA 0067. Throws Error (card, "bad-response").
[[nodiscard]] CardCapabilities parse_card_capabilities(ByteView data);

/// "AES-128", ... of ProtocolCapability::aes_keys.
[[nodiscard]] std::vector<std::string_view> aes_key_names(std::uint8_t bits);
/// "SHA-256", ...; hex for an unknown one.
[[nodiscard]] std::vector<std::string> load_file_hash_names(ByteView algorithms);
/// GPCS 2.3.1 Table H-8.
[[nodiscard]] std::vector<std::string_view> load_file_encryption_names(ByteView bits);
/// GPCS 2.3.1 Tables H-9 and H-10.
[[nodiscard]] std::vector<std::string_view> signature_suite_names(ByteView bits);

}  // namespace gpsh::gp
