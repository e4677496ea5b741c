// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include "gp/application_list.h"
#include "gp/card_capabilities.h"
#include "gp/card_numbers.h"
#include "gp/cplc.h"
#include "gp/privileges.h"
#include "gp/tlv_tree.h"
#include "interpreter/json_values.h"

namespace gpsh::interpreter {
namespace {

constexpr std::uint16_t kKeyTemplates = 0x00E0;  // the high byte counts further templates

int this_year() {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return static_cast<int>(std::chrono::year_month_day(today).year());
}

Json cplc_json(ByteView data) {
  Json fields = Json::array();
  for (const auto& field : gp::cplc_fields(gp::parse_cplc(data))) {
    Json json{{"name", field.name}, {"value", field.hex}};
    // The card tells the last digit of the year alone: it is the latest year that fits.
    if (const auto date = field.date ? field.date->text(this_year()) : std::nullopt) json["date"] = *date;
    fields.push_back(std::move(json));
  }
  return {{"cplc", fields}};
}

Json protocol_json(const gp::ProtocolCapability& protocol) {
  Json json{{"scp", protocol.scp}, {"i", Json::array()}};
  for (const auto i : protocol.implementations) json["i"].push_back(to_hex(i));
  if (protocol.aes_keys) json["keys"] = gp::aes_key_names(*protocol.aes_keys);
  if (!protocol.tls_cipher_suites.empty()) json["tls_cipher_suites"] = to_hex(protocol.tls_cipher_suites);
  if (protocol.longest_pre_shared_key) json["longest_pre_shared_key"] = *protocol.longest_pre_shared_key;
  return json;
}

Json capabilities_json(const gp::CardCapabilities& capabilities) {
  Json json{{"protocols", Json::array()}};
  for (const auto& protocol : capabilities.protocols) json["protocols"].push_back(protocol_json(protocol));
  if (const auto& held = capabilities.security_domain_privileges) {
    json["security_domain_privileges"] = privileges_json(*held);
  }
  if (const auto& held = capabilities.application_privileges) {
    json["application_privileges"] = privileges_json(*held);
  }
  json["load_file_hashes"] = gp::load_file_hash_names(capabilities.load_file_hashes);
  json["load_file_encryption"] = gp::load_file_encryption_names(capabilities.load_file_encryption);
  json["token_suites"] = gp::signature_suite_names(capabilities.token_suites);
  json["receipt_suites"] = gp::signature_suite_names(capabilities.receipt_suites);
  json["dap_suites"] = gp::signature_suite_names(capabilities.dap_suites);
  if (!capabilities.curve_references.empty()) json["curves"] = to_hex(capabilities.curve_references);
  return {{"card_capabilities", json}};
}

Json number_json(const gp::IdentificationNumber& number) {
  Json json{{"value", to_hex(number.value)}};
  if (number.digits) json["digits"] = *number.digits;
  return json;
}

Json applications_json(ByteView data) {
  Json aids = Json::array();
  for (const auto& aid : gp::parse_application_list(data)) aids.push_back(to_hex(aid));
  return {{"applications", aids}};
}

Json tree_json(const std::vector<gp::TlvNode>& nodes) {
  Json tree = Json::array();
  for (const auto& node : nodes) {
    Json json{{"tag", gp::tag_text(node.tag)}};
    if (!node.name.empty()) json["name"] = node.name;
    if (node.children.empty()) {
      json["value"] = to_hex(node.value);
    } else {
      json["objects"] = tree_json(node.children);
    }
    tree.push_back(std::move(json));
  }
  return tree;
}

Json read_data_object(std::uint16_t tag, ByteView data) {
  switch (tag) {
    case 0x0042: return {{"issuer_identification_number", number_json(gp::parse_issuer_number(data))}};
    case 0x0045: return {{"card_image_number", number_json(gp::parse_image_number(data))}};
    case 0x0066: return recognition_json(gp::parse_card_recognition_data(data));
    case 0x0067: return capabilities_json(gp::parse_card_capabilities(data));
    case 0x00C1: return {{"sequence_counter", gp::parse_sequence_counter(data)}};
    case 0x00C2: return {{"confirmation_counter", gp::parse_confirmation_counter(data)}};
    case 0x00CF: return {{"diversification_data", to_hex(gp::parse_diversification_data(data))}};
    case 0x2F00: return applications_json(data);
    case 0x9F7F: return cplc_json(data);
    case 0xFF21: return resources_json(gp::parse_card_resources(data));
    default: break;
  }
  if ((tag & 0xFF) == kKeyTemplates) return key_templates_json(gp::parse_key_information(data));
  return {{"objects", tree_json(gp::parse_tlv_tree(data))}};
}

}  // namespace

Json data_object_json(std::uint16_t tag, ByteView data) {
  try {
    return read_data_object(tag, data);
  } catch (const Error&) {
    return nullptr;
  }
}

}  // namespace gpsh::interpreter
