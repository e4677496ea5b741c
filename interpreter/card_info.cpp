// SPDX-License-Identifier: Apache-2.0
#include "interpreter/card_info.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/error.h"
#include "gp/application_list.h"
#include "gp/card_capabilities.h"
#include "gp/card_data.h"
#include "gp/card_numbers.h"
#include "gp/card_resources.h"
#include "gp/cplc.h"
#include "gp/key_information.h"
#include "gp/protocol_choice.h"
#include "gp/tlv_tree.h"

namespace gpsh::interpreter {
namespace {

using Fields = std::vector<InfoField>;

Fields tree_fields(ByteView data, int) {
  Fields fields;
  for (const auto& line : gp::tlv_tree_lines(gp::parse_tlv_tree(data))) {
    const auto at = line.find(": ");
    fields.push_back(at == std::string::npos
                         ? InfoField{.name = line}
                         : InfoField{.name = line.substr(0, at), .value = line.substr(at + 2)});
  }
  return fields;
}

Fields cplc(ByteView data, int year) {
  Fields fields;
  for (const auto& field : gp::cplc_fields(gp::parse_cplc(data))) {
    const auto date = field.date ? field.date->text(year) : std::nullopt;
    fields.push_back(
        {.name = field.name, .value = date ? fmt::format("{} ({})", field.hex, *date) : field.hex});
  }
  return fields;
}

std::string protocol_text(std::uint8_t scp, ByteView implementations) {
  auto text = gp::protocol_name(scp);
  for (const auto i : implementations) text += " i=" + to_hex(i);
  return text;
}

Fields recognition(ByteView data, int) {
  const auto card = gp::parse_card_recognition_data(data);
  Fields fields;
  if (card.version) fields.push_back({.name = "GlobalPlatform version", .value = *card.version});
  for (const auto& each : card.protocols) {
    const auto i = each.implementation();
    fields.push_back({.name = "secure channel protocol",
                      .value = i ? protocol_text(each.scp, Bytes{*i})
                                 : gp::protocol_name(each.scp) + " i=" + to_hex(each.i)});
  }
  const auto detail = [&](const char* name, const std::optional<gp::RecognitionDetail>& what) {
    if (!what) return;
    fields.push_back({.name = name, .value = what->oid ? *what->oid : to_hex(what->data)});
  };
  detail("card configuration", card.card_configuration);
  detail("card chip", card.card_chip);
  detail("trust point", card.trust_point);
  detail("certificate", card.certificate);
  return fields;
}

Fields capabilities(ByteView data, int) {
  const auto card = gp::parse_card_capabilities(data);
  Fields fields;
  for (const auto& each : card.protocols) {
    auto text = protocol_text(each.scp, each.implementations);
    if (each.aes_keys) text += fmt::format(", keys {}", fmt::join(gp::aes_key_names(*each.aes_keys), " "));
    fields.push_back({.name = "secure channel protocol", .value = std::move(text)});
  }
  const auto names = [&](const char* name, const auto& words) {
    if (!words.empty()) fields.push_back({.name = name, .value = fmt::format("{}", fmt::join(words, ", "))});
  };
  names("load file hashes", gp::load_file_hash_names(card.load_file_hashes));
  names("load file encryption", gp::load_file_encryption_names(card.load_file_encryption));
  names("token signatures", gp::signature_suite_names(card.token_suites));
  names("receipt signatures", gp::signature_suite_names(card.receipt_suites));
  names("DAP signatures", gp::signature_suite_names(card.dap_suites));
  return fields;
}

Fields keys(ByteView data, int) {
  Fields fields;
  for (const auto& key : gp::parse_key_information(data)) {
    std::string text;
    for (const auto& part : key.components) {
      text +=
          fmt::format("{}{} {}", text.empty() ? "" : ", ", gp::key_type_text(part.type),
                      part.is_reference() ? gp::reference_text(part) : fmt::format("{} bytes", part.length));
    }
    fields.push_back(
        {.name = fmt::format("key version {} identifier {}", to_hex(key.version), to_hex(key.identifier)),
         .value = std::move(text)});
  }
  return fields;
}

Fields sequence_counter(ByteView data, int) {
  return {{.name = "counter", .value = std::to_string(gp::parse_sequence_counter(data))}};
}

Fields confirmation_counter(ByteView data, int) {
  return {{.name = "counter", .value = std::to_string(gp::parse_confirmation_counter(data))}};
}

Fields number(const gp::IdentificationNumber& read) {
  return {{.name = "number", .value = read.digits.value_or(to_hex(read.value))}};
}

Fields issuer_number(ByteView data, int) {
  return number(gp::parse_issuer_number(data));
}

Fields image_number(ByteView data, int) {
  return number(gp::parse_image_number(data));
}

Fields applications(ByteView data, int) {
  Fields fields;
  for (const auto& aid : gp::parse_application_list(data))
    fields.push_back({.name = "application", .value = to_hex(aid)});
  return fields;
}

Fields resources(ByteView data, int) {
  const auto card = gp::parse_card_resources(data);
  Fields fields;
  const auto add = [&](const char* name, const std::optional<std::uint32_t>& value) {
    if (value) fields.push_back({.name = name, .value = std::to_string(*value)});
  };
  add("applications", card.applications);
  add("free non-volatile bytes", card.non_volatile_bytes);
  add("free volatile bytes", card.volatile_bytes);
  return fields;
}

/// A data object that GET DATA may answer without authentication.
struct Object {
  std::uint16_t tag;
  const char* text;
  const char* name;
  Fields (*decode)(ByteView data, int year);
};

constexpr std::uint16_t kApplicationList = 0x2F00;

constexpr std::array kObjects = {
    Object{0x9F7F, "9F7F", "card production life cycle data", cplc},
    Object{0x0066, "0066", "card data", recognition},
    Object{0x0067, "0067", "card capability information", capabilities},
    Object{0x00E0, "00E0", "key information", keys},
    Object{0x00C1, "00C1", "sequence counter", sequence_counter},
    Object{0x00C2, "00C2", "confirmation counter", confirmation_counter},
    Object{0x0042, "0042", "issuer identification number", issuer_number},
    Object{0x0045, "0045", "card image number", image_number},
    Object{kApplicationList, "2F00", "applications", applications},
    Object{0xFF21, "FF21", "extended card resources", resources},
};

InfoAnswer answer_of(gp::CardSession& session, const CommandApdu& command, const std::string& name) {
  auto response = session.transmit_plain(command, name);
  return {.name = name, .sw = response.sw, .data = std::move(response.data)};
}

void decode(InfoAnswer& answer, int year, Fields (*decoder)(ByteView, int)) {
  if (!answer.answered() || answer.data.empty()) return;
  try {
    answer.fields = decoder(answer.data, year);
  } catch (const Error& error) {
    answer.flaw = error.facts().message;
  }
}

InfoAnswer select_default(gp::CardSession& session, int year) {
  auto answer =
      answer_of(session, {.cla = 0x00, .ins = 0xA4, .p1 = 0x04, .p2 = 0x00, .le = CommandApdu::kShortMaximum},
                "SELECT");
  answer.tag = "FCI";
  answer.name = "SELECT without AID";
  decode(answer, year, tree_fields);
  return answer;
}

InfoAnswer object_of(gp::CardSession& session, const Object& object, int year) {
  // The list of applications is asked for with an empty tag list (GPCS 2.3.1 section 11.3).
  const auto data = object.tag == kApplicationList ? Bytes{0x5C, 0x00} : Bytes();
  const CommandApdu get_data{.cla = 0x80,
                             .ins = 0xCA,
                             .p1 = static_cast<std::uint8_t>(object.tag >> 8),
                             .p2 = static_cast<std::uint8_t>(object.tag),
                             .data = data,
                             .le = CommandApdu::kShortMaximum};
  auto answer = answer_of(session, get_data, "GET DATA");
  answer.tag = object.text;
  answer.name = object.name;
  decode(answer, year, object.decode);
  return answer;
}

}  // namespace

std::vector<InfoAnswer> read_card_info(gp::CardSession& session, int year) {
  std::vector<InfoAnswer> answers{select_default(session, year)};
  for (const auto& object : kObjects) answers.push_back(object_of(session, object, year));
  return answers;
}

}  // namespace gpsh::interpreter
