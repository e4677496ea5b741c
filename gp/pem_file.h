// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <botan/pk_keys.h>

#include <memory>

#include "gp/token_key.h"

namespace gpsh::gp {

/// The public key of a PEM file, or the public part of the private key in it. Throws Error (file, "pem") that
/// says what is wrong: no PEM, another kind of content, encrypted without a pass phrase given, a pass phrase
/// that does not fit, damaged.
[[nodiscard]] std::unique_ptr<Botan::Public_Key> read_public_key(const PemKey& pem);

}  // namespace gpsh::gp
