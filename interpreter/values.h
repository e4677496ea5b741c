// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/bytes.h"

namespace gpsh::interpreter {

// The types of option values. The type of a member decides how its text is read, described and completed
// (value_kinds.h); its initialiser is the default.

/// A number GPShell reads as decimal digits, 0..Maximum.
template <std::uint32_t Maximum>
struct Decimal {
  std::uint32_t value = 0;
};

/// A byte GPShell reads as C does: decimal, 0x.., or octal with a leading 0.
struct CStyleByte {
  std::uint8_t value = 0;
};

/// A byte of one or two hex digits.
struct HexByte {
  std::uint8_t value = 0;
};

/// -identifier: a tag of one or two bytes; one byte is the low one.
struct DataIdentifier {
  std::uint16_t value = 0;
};

/// Hex of at most Maximum bytes.
template <std::size_t Maximum>
struct HexData {
  Bytes bytes;
};

/// Text of at most Maximum characters.
template <std::size_t Maximum>
struct Text {
  std::string text;
};

/// -reader: a name, a unique part of one, or a number.
struct ReaderName {
  std::string text;
};

/// -file: a path, relative to where gpsh runs, as GPShell takes it.
struct FilePath {
  std::string text;
};

/// -priv: 0..255 is the first privilege byte, larger values are all three bytes (GPCS 2.3.1 Table 11-7 to
/// 11-9).
struct PrivilegeNumber {
  std::uint32_t value = 0;  ///< as typed

  /// All three bytes, the first the highest.
  [[nodiscard]] constexpr std::uint32_t bytes() const { return value <= 0xFF ? value << 16 : value; }
};

/// An option without a value.
enum class Flag { absent, given };

/// -readerNumber: counts from 1.
struct ReaderNumber {
  unsigned value = 1;
};

enum class Wrapping { off, on };          ///< -sc
enum class ProtocolChoice { t0, t1 };     ///< -protocol
enum class StatusFormat { old, tagged };  ///< -format: 0, 2

}  // namespace gpsh::interpreter
