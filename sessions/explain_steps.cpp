// SPDX-License-Identifier: Apache-2.0
#include "sessions/explain_steps.h"

namespace gpsh::sessions {
namespace {

bool hidden(const StepValue& value, ValueDisplay display) {
  return display == ValueDisplay::lengths && value.whose == Whose::application && !value.bytes.empty();
}

ExplainedField field_of(const StepValue& value, ValueDisplay display);

ExplainedField whole_of(const StepValue& value, ValueDisplay display) {
  ExplainedField field{.name = value.name, .meaning = value.words};
  Bytes all;
  bool any_hidden = false;
  for (const auto& part : value.parts) {
    gpsh::append(all, part.bytes);
    any_hidden = any_hidden || hidden(part, display);
    field.inside.push_back(field_of(part, display));
  }
  field.value = any_hidden ? bytes_in_words(all.size()) : to_hex(all);
  return field;
}

ExplainedField field_of(const StepValue& value, ValueDisplay display) {
  if (!value.parts.empty()) return whole_of(value, display);
  if (hidden(value, display)) {
    auto field = length_field(value.name, value.bytes.size());
    if (!value.words.empty()) field.meaning = value.words + ", " + field.meaning;
    return field;
  }
  return hex_field(value.name, value.bytes, value.words);
}

}  // namespace

ExplainedField step_field(const CryptoStep& step, ValueDisplay display) {
  ExplainedField field{.name = step.name, .meaning = step.method};
  for (const auto& value : step.values) field.inside.push_back(field_of(value, display));
  return field;
}

}  // namespace gpsh::sessions
