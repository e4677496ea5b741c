// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gpsh {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// Upper-case hex without blanks.
[[nodiscard]] std::string to_hex(ByteView bytes);
[[nodiscard]] std::string to_lower_hex(ByteView bytes);
/// Two upper-case digits.
[[nodiscard]] std::string to_hex(std::uint8_t byte);

/// The bytes of an even number of hex digits in either case; nothing else is hex. Empty text gives no bytes.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

/// For constants of our own: hex, blanks allowed. Throws Error (internal) on anything else.
[[nodiscard]] Bytes hex(std::string_view text);

void append(Bytes& to, ByteView more);
void append(Bytes& to, std::initializer_list<std::uint8_t> more);
[[nodiscard]] Bytes to_bytes(ByteView view);
[[nodiscard]] Bytes concat(std::initializer_list<ByteView> parts);

/// Public data only: not constant time. MACs and cryptograms are compared in gp and virtualcard.
[[nodiscard]] bool equal(ByteView a, ByteView b);

/// Bounds-checked cursor over received bytes. Reading past the end throws Error (card) that names `what`,
/// the offset, the bytes wanted and the bytes there. Does not own the bytes.
class ByteReader {
 public:
  ByteReader(ByteView bytes, std::string_view what) : bytes_(bytes), what_(what) {}

  [[nodiscard]] bool empty() const { return offset_ == bytes_.size(); }
  [[nodiscard]] std::size_t remaining() const { return bytes_.size() - offset_; }
  [[nodiscard]] std::size_t offset() const { return offset_; }
  [[nodiscard]] std::uint8_t peek() const;
  std::uint8_t u8();
  std::uint16_t u16();
  ByteView take(std::size_t count);
  ByteView rest() { return take(remaining()); }

 private:
  void need(std::size_t count) const;

  ByteView bytes_;
  std::string_view what_;
  std::size_t offset_ = 0;
};

}  // namespace gpsh
