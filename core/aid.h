// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/bytes.h"

namespace gpsh {

/// Application identifier: 1 to 16 bytes. A registered one has 5 to 16 (ISO/IEC 7816-5); SELECT also takes
/// the first bytes of one (GPCS 2.3.1 section 11.9), so shorter values exist on the command side.
class Aid {
 public:
  static constexpr std::size_t kMinBytes = 1;
  static constexpr std::size_t kRegisteredBytes = 5;
  static constexpr std::size_t kMaxBytes = 16;

  /// Nothing when the length is outside 1..16.
  [[nodiscard]] static std::optional<Aid> from_bytes(ByteView bytes);

  [[nodiscard]] ByteView bytes() const { return bytes_; }
  [[nodiscard]] std::string text() const { return to_hex(bytes_); }
  [[nodiscard]] bool registered_length() const { return bytes_.size() >= kRegisteredBytes; }

  friend bool operator==(const Aid&, const Aid&) = default;

 private:
  explicit Aid(ByteView bytes) : bytes_(to_bytes(bytes)) {}
  Bytes bytes_;
};

}  // namespace gpsh
