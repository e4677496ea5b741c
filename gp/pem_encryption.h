// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <botan/secmem.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gpsh::gp {

/// Whether a PEM block is encrypted in OpenSSL's way from before PKCS#8 (RFC 1421 headers).
[[nodiscard]] bool has_encryption_header(std::string_view pem);

/// The content of such a block: triple DES or AES in CBC mode under a key that is MD5 of pass phrase and
/// salt. Nothing for another cipher, a damaged header, or a pass phrase that does not fit; what fits by
/// chance is not the key's DER and fails to be read.
[[nodiscard]] std::optional<Botan::secure_vector<std::uint8_t>> decrypt_pem(std::string_view pem,
                                                                            const std::string& pass_phrase);

}  // namespace gpsh::gp
