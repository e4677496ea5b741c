// SPDX-License-Identifier: Apache-2.0
#include "sessions/explain_response.h"

#include <algorithm>
#include <string_view>

#include "core/error.h"
#include "gp/initialize_update.h"
#include "gp/jcop_identify.h"
#include "gp/privileges.h"
#include "gp/protocol_choice.h"
#include "gp/registry.h"
#include "sessions/apdu_words.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kMostShown = 64;
constexpr std::size_t kCheckValueBytes = 3;

ExplainedFields initialize_update_fields(ByteView data) {
  const auto answer = gp::InitializeUpdateResponse::parse(data);
  ExplainedFields fields = {
      hex_field("key diversification data", answer.diversification_data),
      {.name = "key version", .value = to_hex(answer.key_version)},
      {.name = "protocol", .value = to_hex(answer.protocol), .meaning = gp::protocol_name(answer.protocol)}};
  if (answer.i) fields.push_back({.name = "i", .value = to_hex(*answer.i)});
  fields.push_back(hex_field("card challenge", answer.card_challenge));
  fields.push_back(hex_field("card cryptogram", answer.card_cryptogram));
  if (!answer.sequence_counter.empty()) {
    fields.push_back(hex_field("sequence counter", answer.sequence_counter));
  }
  return fields;
}

std::string joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (const auto name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

ExplainedField entry_field(const gp::RegistryEntry& entry, std::uint8_t element) {
  ExplainedField field = hex_field("AID", entry.aid);
  if (entry.life_cycle) {
    field.inside.push_back(
        {.name = "state",
         .value = to_hex(*entry.life_cycle),
         .meaning = gp::life_cycle_text(gp::life_cycle_kind(entry, element), *entry.life_cycle)});
  }
  if (entry.privileges && gp::life_cycle_kind(entry, element) != gp::LifeCycleKind::load_file) {
    const auto names = gp::privilege_names(*entry.privileges);
    field.inside.push_back(
        {.name = "privileges", .meaning = names.empty() ? std::string("none") : joined(names)});
  }
  if (entry.version) field.inside.push_back(hex_field("version", *entry.version));
  for (const auto& module : entry.modules) field.inside.push_back(hex_field("module AID", module));
  if (entry.security_domain) field.inside.push_back(hex_field("security domain AID", *entry.security_domain));
  return field;
}

/// An entry that is cut is no registry, and stands as hex.
ExplainedFields registry_fields(const CommandApdu& command, ByteView data) {
  const auto format = (command.p2 & 0x02) != 0 ? gp::ListingFormat::tlv : gp::ListingFormat::aid_state;
  ExplainedFields fields;
  for (const auto& entry : gp::parse_registry(data, {.element = command.p1, .format = format})) {
    fields.push_back(entry_field(entry, command.p1));
  }
  return fields;
}

/// GPCS 2.3.1 section 11.8.3.1: the version, then the check values.
ExplainedFields put_key_answer(ByteView data) {
  ByteReader reader(data, "answer to PUT KEY");
  ExplainedFields fields = {{.name = "key version", .value = to_hex(reader.u8())}};
  while (!reader.empty()) {
    fields.push_back(hex_field("check value", reader.take(std::min(reader.remaining(), kCheckValueBytes))));
  }
  return fields;
}

/// GPCS 2.3.1 section 11.1.6: a length, then the receipt.
ExplainedFields confirmation_fields(ByteView data) {
  if (data.size() == 1 && data.front() == 0) return {{.name = "confirmation", .meaning = "no receipt"}};
  return {hex_field("confirmation", data)};
}

ExplainedFields other_fields(ByteView data) {
  if (auto fields = tlv_fields(data); fields && !fields->empty()) return std::move(*fields);
  if (data.size() <= kMostShown) return {hex_field("data", data)};
  return {hex_field("data", data.first(kMostShown), "the first of " + bytes_in_words(data.size()))};
}

ExplainedFields proprietary_fields(const CommandApdu& command, ByteView data) {
  switch (command.ins) {
    case 0x50: return initialize_update_fields(data);
    case 0xF2: return registry_fields(command, data);
    case 0xD8: return put_key_answer(data);
    case 0xE4:
    case 0xE6:
    case 0xE8: return confirmation_fields(data);
    default: return other_fields(data);
  }
}

ExplainedFields data_fields(const CommandApdu& command, ByteView data) {
  if (command.ins == 0xCA) {
    return card_object_fields(static_cast<std::uint16_t>(command.p1 << 8 | command.p2), data);
  }
  // PUT KEY is answered with check values.
  const bool put_key = command.ins == 0xD8;
  if (carries_secrets(command) && !put_key) return {length_field("data", data.size())};
  if ((command.cla & 0x80) != 0) return proprietary_fields(command, data);
  return other_fields(data);
}

}  // namespace

ExplainedFields response_fields(const CommandApdu& command, const ResponseApdu& response) {
  if (gp::is_jcop_identify(command.encode())) {
    auto words = gp::explain_jcop_identify(response.encode());
    return {hex_field("JCOP identification", response.data, std::move(words))};
  }
  if (response.data.empty()) return {};
  try {
    return data_fields(command, response.data);
  } catch (const Error&) {
    return other_fields(response.data);
  }
}

}  // namespace gpsh::sessions
