// SPDX-License-Identifier: Apache-2.0
#include "sessions/recording_fields.h"

namespace gpsh::sessions {
namespace {

constexpr int kDeepest = 32;

Error bad(std::string message) {
  return Error({.kind = ErrorKind::file, .code = "bad-recording", .message = std::move(message)});
}

/// Reading does not recurse, but copying does.
bool refuse_deep(int depth, nlohmann::json::parse_event_t, const nlohmann::json&) {
  if (depth > kDeepest) throw bad("it is nested deeper than " + std::to_string(kDeepest) + " levels");
  return true;
}

}  // namespace

Error RecordingFields::wrong(std::string_view field, const std::string& why) {
  return bad("field \"" + std::string(field) + "\": " + why);
}

RecordingFields::RecordingFields(nlohmann::json object) : object_(std::move(object)) {
  if (!object_.is_object()) throw bad("it is no JSON object");
}

RecordingFields RecordingFields::parse(std::string_view text) {
  try {
    return RecordingFields(nlohmann::json::parse(text, refuse_deep));
  } catch (const nlohmann::json::parse_error& error) {
    throw bad("it is no JSON, wrong at byte " + std::to_string(error.byte));
  } catch (const nlohmann::json::out_of_range&) {
    throw bad("a number in it is too large");
  }
}

const nlohmann::json& RecordingFields::at(const char* name) const {
  const auto found = object_.find(name);
  if (found == object_.end()) throw wrong(name, "it is missing");
  return *found;
}

bool RecordingFields::missing(const char* name) const {
  const auto found = object_.find(name);
  return found == object_.end() || found->is_null();
}

std::string RecordingFields::text(const char* name) const {
  const auto& value = at(name);
  if (!value.is_string()) throw wrong(name, "it is no text");
  return value.get<std::string>();
}

std::string RecordingFields::text_or_empty(const char* name) const {
  return missing(name) ? std::string() : text(name);
}

Bytes RecordingFields::bytes(const char* name) const {
  auto bytes = from_hex(text(name));
  if (!bytes) throw wrong(name, "it is no hex");
  return std::move(*bytes);
}

std::uint64_t RecordingFields::number(const char* name, std::uint64_t at_most) const {
  const auto& value = at(name);
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > at_most) {
    throw wrong(name, "it is no number of 0 to " + std::to_string(at_most));
  }
  return value.get<std::uint64_t>();
}

bool RecordingFields::flag(const char* name) const {
  const auto& value = at(name);
  if (!value.is_boolean()) throw wrong(name, "it is neither true nor false");
  return value.get<bool>();
}

RecordingFields RecordingFields::object(const char* name) const {
  const auto& value = at(name);
  if (!value.is_object()) throw wrong(name, "it is no object");
  return RecordingFields(value);
}

std::vector<RecordingFields> RecordingFields::objects(const char* name) const {
  const auto& value = at(name);
  if (!value.is_array()) throw wrong(name, "it is no list");
  std::vector<RecordingFields> all;
  for (const auto& each : value) all.emplace_back(each);
  return all;
}

}  // namespace gpsh::sessions
