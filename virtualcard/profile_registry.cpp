// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/profile_registry.h"

#include <set>
#include <utility>

#include "virtualcard/card_json.h"
#include "virtualcard/json_choice.h"
#include "virtualcard/profile_keys.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::size_t kMaxModules = 255;
constexpr std::size_t kMaxParameters = 40;  // two interfaces, 20 logical channels
constexpr std::size_t kMaxMemory = 0x1000000;

Privileges read_privileges(const JsonField& field) {
  std::uint32_t coded = 0;
  for (const auto byte : field.bytes({Privileges::kBytes, Privileges::kBytes})) coded = coded << 8 | byte;
  return Privileges(coded);
}

Memory read_memory(const JsonField& field) {
  field.allow_only({"non_volatile", "volatile"});
  return {.non_volatile = field.at("non_volatile").number({0, kMaxMemory}),
          .volatile_bytes = field.at("volatile").number({0, kMaxMemory})};
}

IssuerSecurityDomain read_issuer_security_domain(const JsonField& field) {
  field.allow_only({"aid", "life_cycle", "privileges", "load_file", "selectable", "select_response",
                    "service_keys", "data", "failed_authentications", "confirmation_counter"});
  IssuerSecurityDomain domain{.aid = field.at("aid").aid()};
  domain.life_cycle =
      choose<CardLifeCycle>(field.at("life_cycle"), {{"OP_READY", CardLifeCycle::op_ready},
                                                     {"INITIALIZED", CardLifeCycle::initialized},
                                                     {"SECURED", CardLifeCycle::secured},
                                                     {"CARD_LOCKED", CardLifeCycle::locked},
                                                     {"TERMINATED", CardLifeCycle::terminated}});
  domain.privileges = read_privileges(field.at("privileges"));
  if (field.has("load_file")) domain.load_file = field.at("load_file").aid();
  if (field.has("selectable")) domain.selectable = field.at("selectable").boolean();
  read_domain_contents(field, domain.domain);
  return domain;
}

LoadFile read_load_file(const JsonField& field) {
  field.allow_only({"aid", "life_cycle", "version", "modules", "imports", "domain", "memory"});
  LoadFile file{.aid = field.at("aid").aid(), .life_cycle = field.at("life_cycle").byte()};
  if (field.has("version")) file.version = field.at("version").bytes({2, 2});
  for (const auto& module : field.at("modules").elements()) file.modules.push_back(module.aid());
  if (file.modules.size() > kMaxModules) field.at("modules").complain("must not have more than 255 modules");
  if (field.has("imports")) {
    for (const auto& import : field.at("imports").elements()) file.imports.push_back(import.aid());
  }
  if (field.has("domain")) file.associated_domain = field.at("domain").aid();
  if (field.has("memory")) file.memory = read_memory(field.at("memory"));
  return file;
}

Application read_application(const JsonField& field, const std::vector<SecureChannelOptions>& channels) {
  field.allow_only({"aid", "life_cycle", "privileges", "load_file", "module", "domain", "memory", "key_sets",
                    "service_keys", "data", "failed_authentications", "confirmation_counter",
                    "implicit_selection", "counter"});
  Application application{.aid = field.at("aid").aid(),
                          .life_cycle = field.at("life_cycle").byte(),
                          .privileges = read_privileges(field.at("privileges")),
                          .load_file = field.at("load_file").aid()};
  if (field.has("module")) application.module = field.at("module").aid();
  if (field.has("domain")) application.associated_domain = field.at("domain").aid();
  if (field.has("memory")) application.memory = read_memory(field.at("memory"));
  if (field.has("implicit_selection")) {
    application.implicit_selection = field.at("implicit_selection").bytes({1, kMaxParameters});
  }
  if (field.has("counter")) {
    application.counter = static_cast<std::uint32_t>(field.at("counter").number({0, 0xFFFFFFFF}));
  }
  if (application.privileges.has(Privilege::security_domain)) application.domain.emplace();
  if (application.domain) read_domain_contents(field, *application.domain);
  if (field.has("key_sets")) {
    if (!application.domain) field.at("key_sets").complain("is for a security domain only");
    application.domain->key_sets = read_key_sets(field.at("key_sets"), channels);
  }
  return application;
}

/// An AID names one entry, and every entry is where its references lead.
void check_registry(const JsonField& root, const CardState& card) {
  std::set<std::string> seen{card.issuer_security_domain.aid.text()};
  const auto check = [&](const JsonField& field, const auto& entry) {
    if (!seen.insert(entry.aid.text()).second) field.at("aid").complain("is there already");
    if (entry.associated_domain && card.find_domain(*entry.associated_domain) == nullptr) {
      field.at("domain").complain("must be a security domain of the card");
    }
  };
  std::size_t index = 0;
  for (const auto& field : root.at("load_files").elements()) check(field, card.load_files.at(index++));
  index = 0;
  for (const auto& field : root.at("applications").elements()) {
    const auto& application = card.applications.at(index++);
    check(field, application);
    if (card.find_load_file(application.load_file) == nullptr) {
      field.at("load_file").complain("must be a load file of the card");
    }
  }
}

/// A card with privileges of one byte gives its issuer the defaults of GPCS 2.3.1 Table 6-2.
void complete_privileges(IssuerSecurityDomain& domain) {
  constexpr std::uint32_t kIssuerDefaults = 0x00FE80;
  if ((domain.privileges.coded() & 0xFFFF) != 0) return;
  domain.privileges = Privileges(domain.privileges.coded() | kIssuerDefaults);
}

}  // namespace

CardState read_card_state(const JsonField& root, const std::vector<SecureChannelOptions>& channels) {
  CardState card{.issuer_security_domain = read_issuer_security_domain(root.at("issuer_security_domain"))};
  card.issuer_security_domain.domain.key_sets = read_key_sets(root.at("key_sets"), channels);
  for (const auto& file : root.at("load_files").elements()) card.load_files.push_back(read_load_file(file));
  for (const auto& application : root.at("applications").elements()) {
    card.applications.push_back(read_application(application, channels));
  }
  complete_privileges(card.issuer_security_domain);
  if (root.has("memory")) card.memory = read_memory(root.at("memory"));
  if (root.has("stored_data")) card.stored_data = root.at("stored_data").bytes({0, kMaxMemory});
  check_registry(root, card);
  return card;
}

}  // namespace gpsh::virtualcard
