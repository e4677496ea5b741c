// SPDX-License-Identifier: Apache-2.0
// docs/profile.schema.json against the profiles and against the reader of profiles.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "virtualcard/card_json.h"
#include "virtualcard/profile_document.h"

namespace gpsh::virtualcard {
namespace {

using Json = nlohmann::json;

/// The one kind of pattern in the schema: so many bytes of hex. (std::regex does not compile without warnings
/// under g++ 12 with sanitizers.)
bool matches(std::string_view pattern, std::string_view text) {
  constexpr std::string_view kBegin = "^([0-9A-Fa-f]{2})";
  if (!pattern.starts_with(kBegin) || !pattern.ends_with('$')) throw std::logic_error("another pattern");
  const auto times = std::string(pattern.substr(kBegin.size(), pattern.size() - kBegin.size() - 1));
  const auto bytes = from_hex(text);
  if (!bytes) return false;
  if (times == "*") return true;
  const auto comma = times.find(',');
  const auto least = std::stoul(times.substr(1));
  const auto most = comma == std::string::npos ? least : std::stoul(times.substr(comma + 1));
  return bytes->size() >= least && bytes->size() <= most;
}

/// The part of JSON Schema that ours uses. Says where and why a document is not valid; empty: it is.
class Schema {
 public:
  explicit Schema(Json root) : root_(std::move(root)) {}

  [[nodiscard]] std::string complaint(const Json& document) const { return check(root_, document, "$"); }
  [[nodiscard]] const Json& root() const { return root_; }

 private:
  [[nodiscard]] std::string check(const Json& schema, const Json& value, const std::string& at) const {
    if (schema.contains("$ref")) {
      const auto pointer = schema.at("$ref").get<std::string>().substr(1);
      return check(root_.at(Json::json_pointer(pointer)), value, at);
    }
    if (schema.contains("anyOf")) {
      for (const auto& one : schema.at("anyOf")) {
        if (check(one, value, at).empty()) return "";
      }
      return at + " is none of the alternatives";
    }
    if (schema.contains("enum")) {
      for (const auto& one : schema.at("enum")) {
        if (one == value) return "";
      }
      return at + " is none of the words";
    }
    const auto type = schema.at("type").get<std::string>();
    if (type == "object") return check_object(schema, value, at);
    if (type == "array") return check_array(schema, value, at);
    return check_plain(type, schema, value, at);
  }

  [[nodiscard]] static std::string check_plain(const std::string& type, const Json& schema, const Json& value,
                                               const std::string& at) {
    if (type == "boolean") return value.is_boolean() ? "" : at + " is not a boolean";
    if (type == "integer") {
      if (!value.is_number_integer() || value < schema.value("minimum", value)) return at + " is too small";
      return value > schema.value("maximum", value) ? at + " is too large" : "";
    }
    if (!value.is_string()) return at + " is not a string";
    const auto text = value.get<std::string>();
    const bool fits = !schema.contains("pattern") || matches(schema.at("pattern").get<std::string>(), text);
    return fits ? "" : at + " does not match";
  }

  [[nodiscard]] std::string check_array(const Json& schema, const Json& value, const std::string& at) const {
    if (!value.is_array()) return at + " is not an array";
    for (const auto& element : value) {
      if (auto wrong = check(schema.at("items"), element, at + "[]"); !wrong.empty()) return wrong;
    }
    return "";
  }

  [[nodiscard]] std::string check_object(const Json& schema, const Json& value, const std::string& at) const {
    if (!value.is_object()) return at + " is not an object";
    for (const auto& name : schema.value("required", Json::array())) {
      if (!value.contains(name.get<std::string>())) return at + " has no " + name.get<std::string>();
    }
    for (const auto& [name, member] : value.items()) {
      const auto* found = member_schema(schema, name);
      if (found == nullptr) return at + " must not have " + name;
      if (auto wrong = check(*found, member, at + "." + name); !wrong.empty()) return wrong;
    }
    return "";
  }

  [[nodiscard]] static const Json* member_schema(const Json& schema, const std::string& name) {
    if (schema.contains("properties") && schema.at("properties").contains(name)) {
      return &schema.at("properties").at(name);
    }
    if (!schema.contains("patternProperties")) return nullptr;
    for (const auto& [pattern, found] : schema.at("patternProperties").items()) {
      if (matches(pattern, name)) return &found;
    }
    return nullptr;
  }

  Json root_;
};

Schema profile_schema() {
  std::ifstream in(GPSH_SOURCE_DIR "/docs/profile.schema.json");
  return Schema(Json::parse(std::string(std::istreambuf_iterator<char>(in), {})));
}

TEST(ProfileSchema, EveryBuiltInProfileIsValid) {
  const auto schema = profile_schema();
  for (const auto& name : profile_names()) {
    EXPECT_EQ(schema.complaint(Json::parse(profile_text(name))), "") << name;
  }
}

TEST(ProfileSchema, EveryStateIsValid) {
  const auto schema = profile_schema();
  for (const auto& name : profile_names()) {
    auto card = load_profile(name).card;
    auto& domain = card.issuer_security_domain.domain;
    domain.data[0x42] = hex("01");
    domain.failed_authentications = 1;
    domain.service_keys.push_back(
        {.version = 0x71, .identifier = 1, .components = {{.type = 0x80, .value = make_key(Bytes(16, 1))}}});
    EXPECT_EQ(schema.complaint(with_card_state(profile_document(name), card)), "") << name;
  }
}

TEST(ProfileSchema, RefusesWhatTheReaderRefuses) {
  const auto schema = profile_schema();
  struct Wrong {
    const char* path;
    Json value;
    const char* complaint;
  };
  for (const auto& [path, value, complaint] :
       std::initializer_list<Wrong>{{"/atrium", "3B00", "$ must not have atrium"},
                                    {"/kind", "card", "$.kind is none of the words"},
                                    {"/diversification_data", "00", "$.diversification_data does not match"},
                                    {"/key_sets/0/version", "1", "$.key_sets[].version does not match"},
                                    {"/data_objects/123", "00", "$.data_objects must not have 123"},
                                    {"/response_limit", 0, "$.response_limit is too small"},
                                    {"/tolerate", Json::array({"all"}), "$.tolerate[] is none of the words"},
                                    {"/issuer_security_domain/selectable", 1,
                                     "$.issuer_security_domain.selectable is not a boolean"}}) {
    auto document = profile_document("generic-scp02");
    document[Json::json_pointer(path)] = value;
    EXPECT_EQ(schema.complaint(document), complaint);
    EXPECT_THROW(static_cast<void>(read_profile(document, "p.json")), Error) << path;
  }
}

/// A field that the schema has and the reader does not know would be a lie.
TEST(ProfileSchema, TheReaderKnowsEveryField) {
  const auto schema = profile_schema();
  const auto unknown = [](const Json& document) {
    try {
      static_cast<void>(read_profile(document, "p.json"));
    } catch (const Error& error) {
      return std::string(error.what()).find("is not a field of this object") != std::string::npos;
    }
    return false;
  };
  for (const auto& [name, ignored] : schema.root().at("properties").items()) {
    if (name == "extends") continue;  // taken out before
    auto document = profile_document("generic-scp02");
    document[name] = nullptr;
    EXPECT_FALSE(unknown(document)) << name;
  }
  auto document = profile_document("generic-scp02");
  document["nothing"] = nullptr;
  EXPECT_TRUE(unknown(document));
}

}  // namespace
}  // namespace gpsh::virtualcard
