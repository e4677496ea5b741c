// SPDX-License-Identifier: Apache-2.0
#include "sessions/explain_command.h"

#include "core/error.h"
#include "gp/life_cycle.h"
#include "sessions/apdu_words.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kMostShown = 64;
constexpr std::size_t kShortCryptogram = 8;

ExplainedFields external_authenticate_fields(ByteView data) {
  // Half is the host cryptogram, half the C-MAC (GPCS 2.3.1 section E.5.2.4; AmdD 1.2 section 7.1.2).
  if (data.size() < 2 * kShortCryptogram || data.size() % 2 != 0) return {hex_field("data", data)};
  const auto half = data.size() / 2;
  return {hex_field("host cryptogram", data.first(half)), hex_field("C-MAC", data.last(half))};
}

/// The load file's code says nothing to a person (GPCS 2.3.1 Table 11-58).
ExplainedFields load_fields(const CommandApdu& command) {
  if (command.data.empty()) return {};
  const ByteView data = command.data;
  ExplainedField block{.name = "load file data", .value = bytes_in_words(data.size())};
  if (command.p2 == 0 && data.size() >= 4) {
    block.meaning = "begins with " + to_hex(data.first(4));
    if (data.front() == 0xC4) block.meaning += ", a load file data block (tag C4)";
    if (data.front() == 0xE2) block.meaning += ", a DAP block (tag E2)";
  }
  return {std::move(block)};
}

ExplainedFields other_fields(ByteView data) {
  if (data.size() <= kMostShown) return tlv_or_hex("data", data);
  if (auto fields = tlv_fields(data); fields && !fields->empty()) return std::move(*fields);
  return {hex_field("data", data.first(kMostShown), "the first of " + bytes_in_words(data.size()))};
}

ExplainedFields data_fields(const CommandApdu& command, ValueDisplay display) {
  const ByteView data = command.data;
  if (data.empty()) return {};
  if (carries_pin(command)) return {length_field("PIN data", data.size())};
  const bool proprietary = (command.cla & 0x80) != 0;
  switch (command.ins) {
    case 0xA4: return {hex_field(command.p1 == 0x04 ? "AID" : "file", data)};
    case 0x50: return {hex_field("host challenge", data)};
    case 0x82: return external_authenticate_fields(data);
    case 0xD8:
      if (proprietary) return put_key_fields(command);
      break;
    case 0xE2:
      if (proprietary) return store_data_fields(command, display);
      break;
    case 0xE6:
      if (proprietary) return install_fields(command);
      break;
    case 0xE8: return load_fields(command);
    case 0xF0: return {hex_field("AID", data)};
    default: break;
  }
  return other_fields(data);
}

}  // namespace

ExplainedFields command_fields(const CommandApdu& command, ValueDisplay display) {
  auto fields = parameter_fields(command);
  try {
    append(fields, data_fields(command, display));
  } catch (const Error& error) {
    auto field = carries_secrets(command) || display == ValueDisplay::lengths
                     ? length_field("data", command.data.size())
                     : hex_field("data", command.data);
    field.meaning = "not as it should be: " + error.facts().message;
    fields.push_back(std::move(field));
  }
  return fields;
}

}  // namespace gpsh::sessions
