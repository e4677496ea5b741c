// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include "core/aid.h"
#include "gp/command_chaining.h"
#include "gp/diversification.h"
#include "gp/key_data_field.h"
#include "gp/secret.h"
#include "interpreter/numbers.h"
#include "interpreter/value_problem.h"
#include "interpreter/values.h"

namespace gpsh::interpreter {

/// One kind of value: `read` makes it of text, `describe` says what to type, `print` shows a default.
template <class T>
struct ValueKind;

/// Hex of minimum to maximum bytes; odd, foreign, too short and too long text are errors that say so.
[[nodiscard]] Reading<Bytes> read_hex_bytes(std::string_view text, std::size_t minimum, std::size_t maximum);
/// Text of at most `maximum` characters, not empty.
[[nodiscard]] Reading<std::string> read_text(std::string_view text, std::size_t maximum);

/// A reading of another type, by a conversion of the value.
template <class T, class U, class Convert>
Reading<T> converted(Reading<U> from, Convert convert) {
  Reading<T> to;
  if (from.value) to.value = convert(*std::move(from.value));
  to.problem = std::move(from.problem);
  return to;
}

template <std::uint32_t Maximum>
struct ValueKind<Decimal<Maximum>> {
  static Reading<Decimal<Maximum>> read(std::string_view text) {
    return converted<Decimal<Maximum>>(read_number(text, NumberStyle::decimal, Maximum),
                                       [](std::uint32_t value) { return Decimal<Maximum>{value}; });
  }
  static std::string describe() { return "number 0.." + std::to_string(Maximum); }
  static std::string print(const Decimal<Maximum>& value) { return std::to_string(value.value); }
};

template <std::size_t Maximum>
struct ValueKind<HexData<Maximum>> {
  static Reading<HexData<Maximum>> read(std::string_view text) {
    return converted<HexData<Maximum>>(read_hex_bytes(text, 0, Maximum),
                                       [](Bytes bytes) { return HexData<Maximum>{std::move(bytes)}; });
  }
  static std::string describe() { return "hex, at most " + std::to_string(Maximum) + " bytes"; }
  static std::string print(const HexData<Maximum>& value) {
    return value.bytes.empty() ? "empty" : to_hex(value.bytes);
  }
};

template <std::size_t Maximum>
struct ValueKind<Text<Maximum>> {
  static Reading<Text<Maximum>> read(std::string_view text) {
    return converted<Text<Maximum>>(read_text(text, Maximum),
                                    [](std::string value) { return Text<Maximum>{std::move(value)}; });
  }
  static std::string describe() { return "text, at most " + std::to_string(Maximum) + " characters"; }
  static std::string print(const Text<Maximum>& value) { return value.text; }
};

/// A kind whose functions stand in value_kinds.cpp.
template <class T>
struct PlainKind {
  static Reading<T> read(std::string_view text);
  static std::string describe();
  static std::string print(const T& value);
};

template <>
struct ValueKind<CStyleByte> : PlainKind<CStyleByte> {};
template <>
struct ValueKind<HexByte> : PlainKind<HexByte> {};
template <>
struct ValueKind<DataIdentifier> : PlainKind<DataIdentifier> {};
template <>
struct ValueKind<ReaderName> : PlainKind<ReaderName> {};
template <>
struct ValueKind<FilePath> : PlainKind<FilePath> {};
template <>
struct ValueKind<PrivilegeNumber> : PlainKind<PrivilegeNumber> {};
template <>
struct ValueKind<ReaderNumber> : PlainKind<ReaderNumber> {};
template <>
struct ValueKind<gp::Diversification> : PlainKind<gp::Diversification> {};
template <>
struct ValueKind<Wrapping> : PlainKind<Wrapping> {};
template <>
struct ValueKind<ProtocolChoice> : PlainKind<ProtocolChoice> {};
template <>
struct ValueKind<StatusFormat> : PlainKind<StatusFormat> {};
template <>
struct ValueKind<gp::KeyFormat> : PlainKind<gp::KeyFormat> {};
template <>
struct ValueKind<gp::ChainMac> : PlainKind<gp::ChainMac> {};
template <>
struct ValueKind<Flag> : PlainKind<Flag> {};
template <>
struct ValueKind<Aid> : PlainKind<Aid> {};
template <>
struct ValueKind<gp::Secret> : PlainKind<gp::Secret> {};

/// An optional member is read as its content; absent unless given.
template <class T>
struct ValueKind<std::optional<T>> {
  static Reading<std::optional<T>> read(std::string_view text) {
    return converted<std::optional<T>>(ValueKind<T>::read(text),
                                       [](T value) { return std::optional<T>(std::move(value)); });
  }
  static std::string describe() { return ValueKind<T>::describe(); }
  static std::string print(const std::optional<T>& value) { return value ? ValueKind<T>::print(*value) : ""; }
};

}  // namespace gpsh::interpreter
