// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string_view>

#include "core/error.h"
#include "gp/privileges.h"
#include "sessions/explain_command.h"
#include "sessions/explain_lengths.h"

namespace gpsh::sessions {
namespace {

constexpr std::string_view kWhat = "INSTALL data";
constexpr std::string_view kPrivileges = "privileges";
constexpr std::size_t kFields = 6;
constexpr std::size_t kFirstLongField = 4;

/// The names of the fields; one without a name is there and empty.
using FieldNames = std::array<std::string_view, kFields>;

// GPCS 2.3.1 Tables 11-42 to 11-47.
constexpr FieldNames kForInstall = {"load file AID", "module AID",         "application AID",
                                    kPrivileges,     "install parameters", "install token"};
constexpr FieldNames kForExtradition = {"security domain AID",          "",
                                        "application or load file AID", "",
                                        "extradition parameters",       "extradition token"};
constexpr FieldNames kForRegistryUpdate = {
    "security domain AID",  "", "application AID", kPrivileges, "registry update parameters",
    "registry update token"};

const FieldNames& names_for(std::uint8_t p1) {
  if ((p1 & 0x10) != 0) return kForExtradition;
  return (p1 & 0x40) != 0 ? kForRegistryUpdate : kForInstall;
}

std::string privileges_in_words(ByteView bytes) {
  std::uint32_t privileges = 0;
  for (std::size_t at = 0; at < 3; ++at) {
    privileges = privileges << 8 | (at < bytes.size() ? bytes[at] : std::uint8_t{0});
  }
  std::string text;
  for (const auto name : gp::privilege_names(privileges)) {
    text += (text.empty() ? "" : ", ") + std::string(name);
  }
  return text.empty() ? "none" : text;
}

void add(ExplainedFields& fields, std::string_view name, ByteView value) {
  if (value.empty()) return;
  const auto shown = std::string(name.empty() ? "unexpected data" : name);
  if (name == kPrivileges) return fields.push_back(hex_field(shown, value, privileges_in_words(value)));
  auto field = hex_field(shown, value);
  if (name.ends_with("parameters")) {
    if (auto inside = tlv_fields(value)) field = {.name = shown, .inside = std::move(*inside)};
  }
  fields.push_back(std::move(field));
}

}  // namespace

ExplainedFields install_fields(const CommandApdu& command) {
  ByteReader reader(command.data, kWhat);
  ExplainedFields fields;
  if ((command.p1 & 0x7F) == 0x02) {
    for (const auto* name : {"load file AID", "security domain AID", "load file data block hash"}) {
      add(fields, name, reader.take(reader.u8()));
    }
    for (const auto* name : {"load parameters", "load token"}) add(fields, name, take_counted(reader));
  } else {
    const auto& names = names_for(command.p1);
    for (std::size_t at = 0; at < kFields; ++at) {
      // Some cards' scripts leave the last lengths out.
      if (at >= kFirstLongField && reader.empty()) break;
      add(fields, names.at(at), at < kFirstLongField ? reader.take(reader.u8()) : take_counted(reader));
    }
  }
  if (!reader.empty()) fields.push_back(hex_field("unexpected data", reader.rest()));
  return fields;
}

}  // namespace gpsh::sessions
