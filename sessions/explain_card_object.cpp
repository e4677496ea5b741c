// SPDX-License-Identifier: Apache-2.0
// The data objects of a security domain, as gp reads them.
#include <string_view>

#include "core/error.h"
#include "gp/application_list.h"
#include "gp/card_capabilities.h"
#include "gp/card_data.h"
#include "gp/card_numbers.h"
#include "gp/card_resources.h"
#include "gp/cplc.h"
#include "gp/key_information.h"
#include "gp/protocol_choice.h"
#include "sessions/explain_response.h"

namespace gpsh::sessions {
namespace {

ExplainedFields cplc(ByteView data) {
  ExplainedFields fields;
  for (const auto& field : gp::cplc_fields(gp::parse_cplc(data))) {
    std::string date;
    if (field.date) {
      date = "day " + std::to_string(field.date->day) + " of a year that ends in " +
             std::to_string(field.date->year_digit);
    }
    fields.push_back({.name = field.name, .value = field.hex, .meaning = std::move(date)});
  }
  return fields;
}

ExplainedFields keys(ByteView data) {
  ExplainedFields fields;
  for (const auto& key : gp::parse_key_information(data)) {
    std::string components;
    for (const auto& part : key.components) {
      components += (components.empty() ? "" : ", ") + std::string(gp::key_type_text(part.type)) + " (type " +
                    to_hex(part.type) + ") " +
                    (part.is_reference() ? gp::reference_text(part) : "of " + bytes_in_words(part.length));
    }
    fields.push_back({.name = "key " + std::to_string(key.identifier) + " of version " + to_hex(key.version),
                      .meaning = std::move(components)});
  }
  return fields;
}

ExplainedField number(std::string name, std::uint32_t value) {
  return {.name = std::move(name), .value = std::to_string(value)};
}

ExplainedFields resources(ByteView data) {
  const auto card = gp::parse_card_resources(data);
  ExplainedFields fields;
  if (card.applications) fields.push_back(number("applications", *card.applications));
  if (card.non_volatile_bytes) fields.push_back(number("free non-volatile bytes", *card.non_volatile_bytes));
  if (card.volatile_bytes) fields.push_back(number("free volatile bytes", *card.volatile_bytes));
  return fields;
}

ExplainedFields identification(std::string name, const gp::IdentificationNumber& number) {
  return {hex_field(std::move(name), number.value, number.digits.value_or(""))};
}

ExplainedFields applications(ByteView data) {
  ExplainedFields fields;
  for (const auto& aid : gp::parse_application_list(data)) fields.push_back(hex_field("AID", aid));
  return fields;
}

std::string implementations(const gp::ProtocolCapability& protocol) {
  std::string text;
  for (const auto i : protocol.implementations) text += (text.empty() ? "i=" : ", i=") + to_hex(i);
  if (!protocol.aes_keys) return text;
  for (const auto name : gp::aes_key_names(*protocol.aes_keys)) {
    text += (text.empty() ? "" : ", ") + std::string(name);
  }
  return text;
}

/// The tree has every byte; in front of it what needs words.
ExplainedFields capabilities(ByteView data) {
  ExplainedFields fields;
  const auto card = gp::parse_card_capabilities(data);
  for (const auto& protocol : card.protocols) {
    fields.push_back({.name = gp::protocol_name(protocol.scp), .meaning = implementations(protocol)});
  }
  append(fields, tlv_or_hex("data", data));
  return fields;
}

ExplainedFields recognition(ByteView data) {
  ExplainedFields fields;
  const auto card = gp::parse_card_recognition_data(data);
  if (card.version) fields.push_back({.name = "GlobalPlatform version", .value = *card.version});
  for (const auto& protocol : card.protocols) {
    fields.push_back({.name = gp::protocol_name(protocol.scp),
                      .meaning = "i=" + (protocol.implementation() ? to_hex(*protocol.implementation())
                                                                   : to_hex(protocol.i))});
  }
  append(fields, tlv_or_hex("data", data));
  return fields;
}

}  // namespace

ExplainedFields card_object_fields(std::uint16_t tag, ByteView data) {
  switch (tag) {
    case 0x0042: return identification("issuer identification number", gp::parse_issuer_number(data));
    case 0x0045: return identification("card image number", gp::parse_image_number(data));
    case 0x0066: return recognition(data);
    case 0x0067: return capabilities(data);
    case 0x00C1: return {number("sequence counter", gp::parse_sequence_counter(data))};
    case 0x00C2: return {number("confirmation counter", gp::parse_confirmation_counter(data))};
    case 0x00CF: return {hex_field("key diversification data", gp::parse_diversification_data(data))};
    case 0x00E0: return keys(data);
    case 0x2F00: return applications(data);
    case 0x9F7F: return cplc(data);
    case 0xFF21: return resources(data);
    default: return tlv_or_hex("data", data);
  }
}

}  // namespace gpsh::sessions
