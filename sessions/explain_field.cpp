// SPDX-License-Identifier: Apache-2.0
#include "sessions/explain_field.h"

#include <iterator>
#include <utility>

#include "core/error.h"
#include "gp/tlv_tree.h"

namespace gpsh::sessions {
namespace {

ExplainedFields fields_of(const std::vector<gp::TlvNode>& nodes, ValueDisplay display) {
  ExplainedFields fields;
  for (const auto& node : nodes) {
    ExplainedField field{.name = gp::tag_text(node.tag)};
    if (!node.name.empty()) field.name += " " + std::string(node.name);
    if (!node.children.empty()) {
      field.inside = fields_of(node.children, display);
    } else if (display == ValueDisplay::lengths) {
      field.value = bytes_in_words(node.value.size());
    } else {
      field.value = gp::value_text(node);
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

}  // namespace

std::string bytes_in_words(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " byte" : " bytes");
}

ExplainedField hex_field(std::string name, ByteView bytes, std::string meaning) {
  return {.name = std::move(name), .value = to_hex(bytes), .meaning = std::move(meaning)};
}

ExplainedField length_field(std::string name, std::size_t count) {
  return {.name = std::move(name), .value = bytes_in_words(count), .meaning = "not shown"};
}

std::optional<ExplainedFields> tlv_fields(ByteView bytes, ValueDisplay display) {
  try {
    return fields_of(gp::parse_tlv_tree(bytes), display);
  } catch (const Error&) {
    return std::nullopt;
  }
}

ExplainedFields tlv_or_hex(std::string name, ByteView bytes) {
  if (bytes.empty()) return {};
  if (auto fields = tlv_fields(bytes); fields && !fields->empty()) return std::move(*fields);
  return {hex_field(std::move(name), bytes)};
}

void append(ExplainedFields& to, ExplainedFields more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace gpsh::sessions
