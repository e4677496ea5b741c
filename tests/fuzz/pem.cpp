// SPDX-License-Identifier: Apache-2.0
// Any text as a PEM file, with and without a pass phrase.
#include <string>

#include "core/error.h"
#include "gp/token_key.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gpsh;
  if (size == 0) return 0;
  constexpr const char* kLabels[] = {"PUBLIC KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY",
                                     "EC PRIVATE KEY"};
  std::string text(data + 1, data + size);
  // Most inputs get a frame, so that they are more than files of another kind.
  if (data[0] < 0xF0) {
    const std::string label = kLabels[data[0] % 5];
    text = "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }
  try {
    const auto kind = data[0] % 2 == 0 ? gp::PublicKeyKind::rsa : gp::PublicKeyKind::elliptic_curve;
    static_cast<void>(gp::public_key_field({.text = text, .pass_phrase = "x"}, kind));
  } catch (const Error&) {
    return 0;
  }
  return 0;
}
