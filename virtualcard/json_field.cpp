// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/json_field.h"

#include <algorithm>

#include "core/error.h"

namespace gpsh::virtualcard {
namespace {

constexpr int kDeepest = 32;

Error unusable_json(std::string_view source, std::string why, std::string advice) {
  return Error({.kind = ErrorKind::file,
                .code = "bad-json",
                .message = std::string(source) + ": " + std::move(why),
                .advice = std::move(advice)});
}

}  // namespace

JsonField JsonField::at(const std::string& name) const {
  if (!has(name)) complain("has no member " + name);
  return {value_->at(name), source_, path_.empty() ? name : path_ + "." + name};
}

bool JsonField::has(const std::string& name) const {
  if (!value_->is_object()) complain("must be an object");
  return value_->contains(name);
}

void JsonField::allow_only(std::initializer_list<std::string_view> names) const {
  for (const auto& [name, field] : members()) {
    if (std::ranges::find(names, name) == names.end()) field.complain("is not a field of this object");
  }
}

std::string JsonField::text() const {
  if (!value_->is_string()) complain("must be a string");
  return value_->get<std::string>();
}

bool JsonField::boolean() const {
  if (!value_->is_boolean()) complain("must be true or false");
  return value_->get<bool>();
}

std::size_t JsonField::number(Range range) const {
  const auto limits = std::to_string(range.least) + " to " + std::to_string(range.most);
  if (!value_->is_number_unsigned()) complain("must be a whole number, " + limits);
  const auto number = value_->get<std::size_t>();
  if (number < range.least || number > range.most) complain("must be " + limits);
  return number;
}

Bytes JsonField::bytes(Range length) const {
  const auto found = from_hex(text());
  if (!found) complain("must be an even number of hex digits");
  if (found->size() < length.least || found->size() > length.most) {
    const auto wanted = length.least == length.most
                            ? std::to_string(length.least)
                            : std::to_string(length.least) + " to " + std::to_string(length.most);
    complain("must have " + wanted + " bytes, has " + std::to_string(found->size()));
  }
  return *found;
}

std::uint8_t JsonField::byte() const {
  return bytes({1, 1}).front();
}

std::uint16_t JsonField::u16() const {
  const auto two = bytes({2, 2});
  return ByteReader(two, "profile").u16();
}

Aid JsonField::aid() const {
  return *Aid::from_bytes(bytes({Aid::kRegisteredBytes, Aid::kMaxBytes}));
}

bool JsonField::is_array() const {
  return value_->is_array();
}

std::vector<JsonField> JsonField::elements() const {
  if (!value_->is_array()) complain("must be an array");
  std::vector<JsonField> found;
  for (std::size_t i = 0; i < value_->size(); ++i) {
    found.push_back({value_->at(i), source_, path_ + "[" + std::to_string(i) + "]"});
  }
  return found;
}

std::vector<std::pair<std::string, JsonField>> JsonField::members() const {
  if (!value_->is_object()) complain("must be an object");
  std::vector<std::pair<std::string, JsonField>> found;
  for (const auto& item : value_->items()) found.emplace_back(item.key(), at(item.key()));
  return found;
}

void JsonField::complain(const std::string& why) const {
  throw Error({.kind = ErrorKind::file,
               .code = "bad-profile",
               .message = std::string(source_) + ": " + (path_.empty() ? "the document" : path_) + " " + why,
               .advice = "`gpsh card show` prints a built-in profile to compare with"});
}

nlohmann::json parse_json(std::string_view text, std::string_view source) {
  // Reading does not recurse, but copying and merging do.
  const auto refuse_deep = [source](int depth, auto, const auto&) {
    if (depth > kDeepest) {
      throw unusable_json(source, "the JSON is nested deeper than " + std::to_string(kDeepest) + " levels",
                          "is it a profile?");
    }
    return true;
  };
  try {
    return nlohmann::json::parse(text, refuse_deep);
  } catch (const nlohmann::json::parse_error& failure) {
    const auto position = std::min(failure.byte == 0 ? 0 : failure.byte - 1, text.size());
    const auto before = text.substr(0, position);
    const auto line = std::ranges::count(before, '\n') + 1;
    const auto line_start = before.rfind('\n');
    const auto column = line_start == std::string_view::npos ? position + 1 : position - line_start;
    throw Error({.kind = ErrorKind::file,
                 .code = "bad-json",
                 .message = std::string(source) + ":" + std::to_string(line) + ":" + std::to_string(column) +
                            ": the JSON cannot be read here",
                 .advice = "look for a missing comma, quote or bracket just before"});
  } catch (const nlohmann::json::out_of_range&) {
    throw unusable_json(source, "a number in the JSON is too large",
                        "bytes and AIDs are text: \"9F7F\", with quotes");
  }
}

}  // namespace gpsh::virtualcard
