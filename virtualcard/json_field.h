// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/aid.h"
#include "core/bytes.h"

namespace gpsh::virtualcard {

/// Limits of a number or of a length in bytes, both ends included.
struct Range {
  std::size_t least = 0;
  std::size_t most = 0;
};

/// A value inside a JSON document that knows its path, so that every complaint names the field. All functions
/// throw Error (file, "bad-profile") when the value is not what they promise. Refers to the document.
class JsonField {
 public:
  JsonField(const nlohmann::json& value, std::string_view source) : JsonField(value, source, "") {}

  /// The member of this name; it must be there.
  [[nodiscard]] JsonField at(const std::string& name) const;
  [[nodiscard]] bool has(const std::string& name) const;
  /// Complains about members that are not listed: a misspelt name must not pass in silence.
  void allow_only(std::initializer_list<std::string_view> names) const;

  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] std::size_t number(Range range) const;
  /// A string of hex digits.
  [[nodiscard]] Bytes bytes(Range length) const;
  [[nodiscard]] std::uint8_t byte() const;
  /// Two bytes of hex: a tag, a status word.
  [[nodiscard]] std::uint16_t u16() const;
  [[nodiscard]] Aid aid() const;
  [[nodiscard]] bool is_array() const;
  [[nodiscard]] std::vector<JsonField> elements() const;
  [[nodiscard]] std::vector<std::pair<std::string, JsonField>> members() const;

  [[noreturn]] void complain(const std::string& why) const;

 private:
  JsonField(const nlohmann::json& value, std::string_view source, std::string path)
      : value_(&value), source_(source), path_(std::move(path)) {}

  const nlohmann::json* value_;
  std::string_view source_;
  std::string path_;
};

/// Throws Error (file, "bad-json") with source, line and column; with the source alone for a number that is
/// too large and for more than 32 levels.
[[nodiscard]] nlohmann::json parse_json(std::string_view text, std::string_view source);

}  // namespace gpsh::virtualcard
