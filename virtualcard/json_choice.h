// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "virtualcard/json_field.h"

namespace gpsh::virtualcard {

/// A word that stands for a value.
template <typename Value>
struct Choice {
  std::string_view word;
  Value value;
};

/// The value of the field's word; complains about another word, naming all.
template <typename Value>
[[nodiscard]] Value choose(const JsonField& field, std::initializer_list<Choice<Value>> choices) {
  const auto word = field.text();
  std::string words;
  for (const auto& choice : choices) {
    if (choice.word == word) return choice.value;
    words += (words.empty() ? "" : ", ") + std::string(choice.word);
  }
  field.complain("must be one of: " + words);
}

}  // namespace gpsh::virtualcard
