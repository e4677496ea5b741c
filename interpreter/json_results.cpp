// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "gp/life_cycle.h"
#include "gp/privileges.h"
#include "interpreter/json_values.h"

namespace gpsh::interpreter {
namespace {

Json hex_list(const std::vector<Bytes>& values) {
  Json list = Json::array();
  for (const auto& value : values) list.push_back(to_hex(value));
  return list;
}

std::string_view protocol_word(TransmissionProtocol protocol) {
  return protocol == TransmissionProtocol::t0 ? "T=0" : "T=1";
}

Json detail_json(const gp::RecognitionDetail& detail) {
  Json json = Json::object();
  if (detail.oid) json["oid"] = *detail.oid;
  if (!detail.data.empty()) json["data"] = to_hex(detail.data);
  return json;
}

Json entry_json(const gp::RegistryEntry& entry, std::uint8_t element) {
  Json json{{"aid", to_hex(entry.aid)}};
  if (entry.life_cycle) {
    json["state"] = {{"byte", to_hex(*entry.life_cycle)},
                     {"text", gp::life_cycle_text(gp::life_cycle_kind(entry, element), *entry.life_cycle)}};
  }
  if (entry.privileges) json["privileges"] = privileges_json(*entry.privileges);
  if (entry.version) json["version"] = to_hex(*entry.version);
  if (!entry.modules.empty()) json["modules"] = hex_list(entry.modules);
  if (entry.security_domain) json["security_domain"] = to_hex(*entry.security_domain);
  return json;
}

Json file_json(const FileLoaded& file) {
  return {{"load_file_bytes", file.load_file_bytes}, {"blocks", file.blocks}};
}

/// One overload a kind of result.
struct ResultJson {
  Json operator()(const std::monostate&) const { return Json::object(); }
  Json operator()(const ReadersFound& found) const {
    Json readers = Json::array();
    for (const auto& reader : found.readers) {
      readers.push_back({{"name", reader.name}, {"atr", to_hex(reader.atr)}});
    }
    return {{"readers", readers}};
  }
  Json operator()(const CardConnected& connected) const {
    const auto& connection = connected.connection;
    return {{"reader", connection.reader},
            {"atr", to_hex(connection.atr)},
            {"protocol", protocol_word(connection.protocol)}};
  }
  Json operator()(const ApplicationSelected& selected) const {
    Json json = Json::object();
    if (selected.aid) json["aid"] = selected.aid->text();
    json["fci"] = to_hex(selected.fci);
    json["sw"] = selected.sw.text();
    return json;
  }
  Json operator()(const ProtocolFound& found) const { return {{"scp", found.scp}, {"i", to_hex(found.i)}}; }
  Json operator()(const ChannelOpened& opened) const {
    const auto& channel = opened.channel;
    return {{"scp", channel.protocol},
            {"i", to_hex(channel.i)},
            {"level", to_hex(channel.level.value())},
            {"key_version", channel.key_version},
            {"diversification_data", to_hex(channel.diversification_data)}};
  }
  Json operator()(const DataRead& read) const {
    return {{"data", to_hex(read.data)}, {"decoded", data_object_json(read.tag, read.data)}};
  }
  Json operator()(const gp::CardRecognitionData& data) const { return recognition_json(data); }
  Json operator()(const KeysListed& listed) const { return key_templates_json(listed.keys); }
  Json operator()(const gp::CardResources& resources) const { return resources_json(resources); }
  Json operator()(const RegistryListed& listed) const {
    Json entries = Json::array();
    for (const auto& entry : listed.entries) entries.push_back(entry_json(entry, listed.element));
    return {{"element", to_hex(listed.element)}, {"entries", entries}};
  }
  Json operator()(const FileLoaded& file) const { return file_json(file); }
  Json operator()(const PackageInstalled& installed) const {
    auto json = file_json(installed.file);
    json["package"] = installed.plan.package.text();
    json["applets"] = Json::array();
    for (const auto& [module, instance] : installed.plan.instances) {
      json["applets"].push_back({{"module", module.text()}, {"instance", instance.text()}});
    }
    return json;
  }
  Json operator()(const DataStored& stored) const { return {{"answer", to_hex(stored.answer)}}; }
  Json operator()(const ObjectDeleted& deleted) const { return {{"aid", deleted.aid.text()}}; }
  Json operator()(const KeysDeleted& deleted) const {
    Json json = Json::object();
    if (deleted.version) json["key_version"] = *deleted.version;
    if (deleted.identifier) json["key_identifier"] = *deleted.identifier;
    return json;
  }
  Json operator()(const KeysPut& put) const {
    return {{"key_version", put.version}, {"check_values", hex_list(put.check_values)}};
  }
  Json operator()(const ApduAnswered& answered) const {
    const auto& response = answered.response;
    return {{"data", to_hex(response.data)},
            {"sw", response.sw.text()},
            {"meaning", explain(response.sw, 0).meaning}};
  }
  Json operator()(const TextPrinted& printed) const { return {{"text", printed.text}}; }
};

}  // namespace

Json result_json(const CommandResult& result) {
  return std::visit(ResultJson(), result);
}

Json key_templates_json(const std::vector<gp::KeyInformation>& keys) {
  Json list = Json::array();
  for (const auto& key : keys) {
    Json json{{"identifier", key.identifier}, {"version", key.version}, {"components", Json::array()}};
    for (const auto& component : key.components) {
      Json described{{"type", to_hex(component.type)}, {"name", gp::key_type_text(component.type)}};
      if (component.is_reference()) {
        described["reference"] = gp::reference_text(component);
      } else {
        described["length"] = component.length;
      }
      json["components"].push_back(std::move(described));
    }
    if (key.usage) json["usage"] = to_hex(*key.usage);
    if (key.access) json["access"] = to_hex(*key.access);
    list.push_back(std::move(json));
  }
  return {{"keys", list}};
}

Json recognition_json(const gp::CardRecognitionData& data) {
  Json json = Json::object();
  if (data.version) json["version"] = *data.version;
  json["protocols"] = Json::array();
  for (const auto& protocol : data.protocols) {
    json["protocols"].push_back({{"scp", protocol.scp}, {"i", to_hex(protocol.i)}});
  }
  if (data.card_configuration) json["card_configuration"] = detail_json(*data.card_configuration);
  if (data.card_chip) json["card_chip"] = detail_json(*data.card_chip);
  if (data.trust_point) json["trust_point"] = detail_json(*data.trust_point);
  if (data.certificate) json["certificate"] = detail_json(*data.certificate);
  return {{"card_recognition_data", json}};
}

Json resources_json(const gp::CardResources& resources) {
  Json json = Json::object();
  if (resources.applications) json["applications"] = *resources.applications;
  if (resources.non_volatile_bytes) json["free_non_volatile_bytes"] = *resources.non_volatile_bytes;
  if (resources.volatile_bytes) json["free_volatile_bytes"] = *resources.volatile_bytes;
  return {{"card_resources", json}};
}

Json privileges_json(std::uint32_t privileges) {
  const std::array bytes{static_cast<std::uint8_t>(privileges >> 16),
                         static_cast<std::uint8_t>(privileges >> 8), static_cast<std::uint8_t>(privileges)};
  return {{"bytes", to_hex(bytes)}, {"names", gp::specified_privilege_names(privileges)}};
}

}  // namespace gpsh::interpreter
