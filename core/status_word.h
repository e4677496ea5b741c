// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gpsh {

/// SW1 SW2 of a response (ISO/IEC 7816-4, 5.1.3).
class StatusWord {
 public:
  constexpr StatusWord() = default;
  constexpr explicit StatusWord(std::uint16_t value) : value_(value) {}

  [[nodiscard]] constexpr std::uint16_t value() const { return value_; }
  [[nodiscard]] constexpr std::uint8_t sw1() const { return static_cast<std::uint8_t>(value_ >> 8); }
  [[nodiscard]] constexpr std::uint8_t sw2() const { return static_cast<std::uint8_t>(value_); }
  [[nodiscard]] constexpr bool ok() const { return value_ == 0x9000; }
  [[nodiscard]] constexpr bool warning() const { return sw1() == 0x62 || sw1() == 0x63; }
  /// Four upper-case hex digits.
  [[nodiscard]] std::string text() const;

  friend constexpr bool operator==(StatusWord, StatusWord) = default;

 private:
  std::uint16_t value_ = 0;
};

/// What a status word says, and what a person can do about it.
struct StatusMeaning {
  std::string meaning;  ///< lower case, no full stop
  std::string advice;   ///< may be empty
};

/// The meaning of `sw` as the answer to instruction `ins`; one that the instruction does not redefine has the
/// general meaning (ISO/IEC 7816-4; GPCS 2.3.1 section 11.1.3).
[[nodiscard]] StatusMeaning explain(StatusWord sw, std::uint8_t ins);

}  // namespace gpsh
