// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/bytes.h"
#include "core/error.h"

namespace gpsh::sessions {

/// The fields of one JSON object of a recording, each read with its type. Everything that is not as asked for
/// throws Error (file, "bad-recording") that names the field. Fields nobody asks for are passed over.
class RecordingFields {
 public:
  explicit RecordingFields(nlohmann::json object);
  /// One object in JSON text.
  [[nodiscard]] static RecordingFields parse(std::string_view text);

  /// Absent or null.
  [[nodiscard]] bool missing(const char* name) const;
  [[nodiscard]] std::string text(const char* name) const;
  [[nodiscard]] std::string text_or_empty(const char* name) const;
  [[nodiscard]] Bytes bytes(const char* name) const;
  [[nodiscard]] std::uint64_t number(const char* name, std::uint64_t at_most) const;
  [[nodiscard]] bool flag(const char* name) const;
  [[nodiscard]] RecordingFields object(const char* name) const;
  [[nodiscard]] std::vector<RecordingFields> objects(const char* name) const;

  /// The value that the field's word stands for.
  template <typename Value>
  [[nodiscard]] Value choice(const char* name,
                             std::span<const std::pair<std::string_view, Value>> words) const {
    const auto word = text(name);
    for (const auto& [each, value] : words) {
      if (each == word) return value;
    }
    throw wrong(name, "\"" + word + "\" is none of its words");
  }

  [[nodiscard]] static Error wrong(std::string_view field, const std::string& why);

 private:
  [[nodiscard]] const nlohmann::json& at(const char* name) const;

  nlohmann::json object_;
};

}  // namespace gpsh::sessions
