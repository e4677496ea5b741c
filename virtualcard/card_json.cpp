// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/card_json.h"

#include <numeric>

namespace gpsh::virtualcard {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxComponentBytes = 4096;
constexpr std::size_t kMaxComponents = 16;
constexpr std::size_t kMaxObjectBytes = 0xFFFF;

std::string tag_text(std::uint16_t tag) {
  const auto low = to_hex(static_cast<std::uint8_t>(tag));
  return tag > 0xFF ? to_hex(static_cast<std::uint8_t>(tag >> 8)) + low : low;
}

std::string life_cycle_word(CardLifeCycle life_cycle) {
  switch (life_cycle) {
    case CardLifeCycle::op_ready: return "OP_READY";
    case CardLifeCycle::initialized: return "INITIALIZED";
    case CardLifeCycle::secured: return "SECURED";
    case CardLifeCycle::locked: return "CARD_LOCKED";
    case CardLifeCycle::terminated: break;
  }
  return "TERMINATED";
}

Json key_sets(const SecurityDomain& domain) {
  auto sets = Json::array();
  for (const auto& keys : domain.key_sets) {
    sets.push_back({{"version", to_hex(keys.version)},
                    {"type", keys.type == KeyType::aes ? "AES" : "DES"},
                    {"enc", to_hex(keys.enc)},
                    {"mac", to_hex(keys.mac)},
                    {"dek", to_hex(keys.dek)},
                    {"sequence_counter", keys.sequence_counter}});
  }
  return sets;
}

/// Into the object of a registry entry; empty parts are left out.
void put_domain_contents(Json& entry, const SecurityDomain& domain) {
  for (const auto* name : {"service_keys", "data", "failed_authentications", "confirmation_counter"})
    entry.erase(name);
  for (const auto& key : domain.service_keys) {
    auto components = Json::array();
    for (const auto& component : key.components) {
      components.push_back({{"type", to_hex(component.type)}, {"value", to_hex(component.value)}});
    }
    entry["service_keys"].push_back({{"version", to_hex(key.version)},
                                     {"identifier", to_hex(key.identifier)},
                                     {"components", std::move(components)}});
  }
  for (const auto& [tag, value] : domain.data) entry["data"][tag_text(tag)] = to_hex(value);
  if (domain.failed_authentications != 0) entry["failed_authentications"] = domain.failed_authentications;
  if (domain.confirmation_counter != 0) entry["confirmation_counter"] = domain.confirmation_counter;
}

Json memory_object(const Memory& memory) {
  return {{"non_volatile", memory.non_volatile}, {"volatile", memory.volatile_bytes}};
}

Json aid_list(const std::vector<Aid>& aids) {
  auto list = Json::array();
  for (const auto& aid : aids) list.push_back(aid.text());
  return list;
}

Json load_file_object(const LoadFile& file) {
  Json object{{"aid", file.aid.text()},
              {"life_cycle", to_hex(file.life_cycle)},
              {"modules", aid_list(file.modules)},
              {"imports", aid_list(file.imports)},
              {"memory", memory_object(file.memory)}};
  if (!file.version.empty()) object["version"] = to_hex(file.version);
  if (file.associated_domain) object["domain"] = file.associated_domain->text();
  return object;
}

Json application_object(const Application& application) {
  Json object{{"aid", application.aid.text()},
              {"life_cycle", to_hex(application.life_cycle)},
              {"privileges", to_hex(application.privileges.bytes())},
              {"load_file", application.load_file.text()},
              {"memory", memory_object(application.memory)}};
  if (application.module) object["module"] = application.module->text();
  if (application.associated_domain) object["domain"] = application.associated_domain->text();
  if (!application.implicit_selection.empty()) {
    object["implicit_selection"] = to_hex(application.implicit_selection);
  }
  if (application.counter != 0) object["counter"] = application.counter;
  if (application.domain) {
    if (!application.domain->key_sets.empty()) object["key_sets"] = key_sets(*application.domain);
    put_domain_contents(object, *application.domain);
  }
  return object;
}

ServiceKey read_service_key(const JsonField& field) {
  field.allow_only({"version", "identifier", "components"});
  ServiceKey key{.version = field.at("version").byte(), .identifier = field.at("identifier").byte()};
  const auto components = field.at("components").elements();
  if (components.empty() || components.size() > kMaxComponents) {
    field.at("components").complain("must have 1 to " + std::to_string(kMaxComponents) + " components");
  }
  for (const auto& component : components) {
    component.allow_only({"type", "value"});
    key.components.push_back({.type = component.at("type").byte(),
                              .value = make_key(component.at("value").bytes({1, kMaxComponentBytes}))});
  }
  return key;
}

}  // namespace

nlohmann::json with_card_state(nlohmann::json document, const CardState& card) {
  auto& issuer = document["issuer_security_domain"];
  issuer["aid"] = card.issuer_security_domain.aid.text();
  issuer["life_cycle"] = life_cycle_word(card.issuer_security_domain.life_cycle);
  issuer["privileges"] = to_hex(card.issuer_security_domain.privileges.bytes());
  put_domain_contents(issuer, card.issuer_security_domain.domain);
  document["key_sets"] = key_sets(card.issuer_security_domain.domain);
  document["load_files"] = Json::array();
  for (const auto& file : card.load_files) document["load_files"].push_back(load_file_object(file));
  document["applications"] = Json::array();
  for (const auto& application : card.applications) {
    document["applications"].push_back(application_object(application));
  }
  document["memory"] = memory_object(card.memory);
  document["stored_data"] = to_hex(card.stored_data);
  return document;
}

void read_domain_contents(const JsonField& field, SecurityDomain& domain) {
  if (field.has("service_keys")) {
    for (const auto& key : field.at("service_keys").elements()) {
      domain.service_keys.push_back(read_service_key(key));
    }
  }
  if (field.has("data")) {
    for (const auto& [name, value] : field.at("data").members()) {
      domain.data[read_tag(name, value)] = value.bytes({0, kMaxObjectBytes});
    }
  }
  if (field.has("failed_authentications")) {
    domain.failed_authentications =
        static_cast<unsigned>(field.at("failed_authentications").number({0, 0xFFFFFFFF}));
  }
  if (field.has("confirmation_counter")) {
    domain.confirmation_counter =
        static_cast<std::uint16_t>(field.at("confirmation_counter").number({0, 0xFFFF}));
  }
}

std::uint16_t read_tag(const std::string& name, const JsonField& field) {
  const auto tag = from_hex(name);
  if (!tag || tag->empty() || tag->size() > 2) {
    field.complain("must be named by a tag of 1 or 2 bytes in hex");
  }
  return std::accumulate(tag->begin(), tag->end(), std::uint16_t{0},
                         [](auto sum, auto byte) { return static_cast<std::uint16_t>(sum << 8 | byte); });
}

}  // namespace gpsh::virtualcard
