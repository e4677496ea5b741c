// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string_view>

#include "gp/life_cycle.h"
#include "gp/security_level.h"
#include "sessions/explain_command.h"

namespace gpsh::sessions {
namespace {

struct Meaning {
  std::string p1{};
  std::string p2{};
};

Meaning of_select(const CommandApdu& command) {
  constexpr std::array<std::string_view, 4> kOccurrences = {"first or only", "last", "next", "previous"};
  Meaning meaning;
  if (command.p1 == 0x04) meaning.p1 = "by AID";
  if (command.p1 == 0x00) meaning.p1 = "by file identifier";
  meaning.p2 = std::string(kOccurrences.at(command.p2 & 0x03)) + " occurrence";
  if ((command.p2 & 0x0C) == 0x0C) meaning.p2 += ", no answer data";
  return meaning;
}

Meaning of_get_status(const CommandApdu& command) {
  return {.p2 = std::string((command.p2 & 0x01) != 0 ? "next occurrence" : "first or all occurrences") +
                ((command.p2 & 0x02) != 0 ? ", answer as TLV" : ", answer without tags")};
}

std::string key_version(std::uint8_t version) {
  return version == 0 ? "the card's first key set" : "key version " + std::to_string(version);
}

/// GPCS 2.3.1 sections 11.8.2.1 and 11.8.2.2.
Meaning of_put_key(const CommandApdu& command) {
  const auto replaced = command.p1 & 0x7F;
  return {.p1 = replaced == 0 ? "new keys" : "replaces key version " + std::to_string(replaced),
          .p2 = std::string((command.p2 & 0x80) != 0 ? "several keys" : "one key") + " from identifier " +
                std::to_string(command.p2 & 0x7F)};
}

std::string block_place(std::uint8_t p1) {
  return (p1 & 0x80) != 0 ? "the last block" : "more blocks follow";
}

/// GPCS 2.3.1 Table 11-87.
std::string store_data_structure(std::uint8_t p1) {
  constexpr std::array<std::string_view, 4> kStructures = {"data without general structure", "DGIs",
                                                           "BER-TLV", "a reserved structure"};
  constexpr std::array<std::string_view, 4> kEncryptions = {
      "no encryption named", "encrypted as the application wants", "a reserved encryption", "encrypted"};
  return block_place(p1) + ", " + std::string(kStructures.at((p1 >> 3) & 0x03)) + ", " +
         std::string(kEncryptions.at((p1 >> 5) & 0x03));
}

/// GPCS 2.3.1 section 11.10.2: P2 is the new state.
Meaning of_set_status(const CommandApdu& command) {
  const auto kind = command.p1 == 0x80 ? gp::LifeCycleKind::card : gp::LifeCycleKind::application;
  return {.p2 = "to state " + gp::life_cycle_text(kind, command.p2)};
}

Meaning of_delete(const CommandApdu& command) {
  return {.p1 = (command.p1 & 0x80) != 0 ? "more commands follow" : "the last or only command",
          .p2 = (command.p2 & 0x80) != 0 ? "the object and what belongs to it" : "the object alone"};
}

Meaning of_manage_channel(const CommandApdu& command) {
  return {.p1 = command.p1 == 0x80 ? "close" : "open",
          .p2 = command.p2 == 0 ? "the card chooses" : "logical channel " + std::to_string(command.p2)};
}

Meaning of_proprietary(const CommandApdu& command) {
  switch (command.ins) {
    case 0x50:
      return {.p1 = key_version(command.p1),
              .p2 = command.p2 == 0 ? std::string() : "key identifier " + std::to_string(command.p2)};
    case 0x82: return {.p1 = "security level " + gp::SecurityLevel(command.p1).text()};
    case 0xD8: return of_put_key(command);
    case 0xE2: return {.p1 = store_data_structure(command.p1), .p2 = "block " + std::to_string(command.p2)};
    case 0xE4: return of_delete(command);
    case 0xE6:
      return {.p1 = (command.p1 & 0x80) != 0 ? "more commands follow" : std::string(),
              .p2 = command.p2 == 0x03   ? "the end of a combined load, install and make selectable"
                    : command.p2 == 0x01 ? "the start of a combined load, install and make selectable"
                                         : ""};
    case 0xE8: return {.p1 = block_place(command.p1), .p2 = "block " + std::to_string(command.p2)};
    case 0xF0: return of_set_status(command);
    case 0xF2: return of_get_status(command);
    default: return {};
  }
}

}  // namespace

ExplainedFields parameter_fields(const CommandApdu& command) {
  Meaning meaning;
  if ((command.cla & 0x80) != 0) {
    meaning = of_proprietary(command);
  } else if (command.ins == 0xA4) {
    meaning = of_select(command);
  } else if (command.ins == 0x70) {
    meaning = of_manage_channel(command);
  }
  return {{.name = "P1", .value = to_hex(command.p1), .meaning = std::move(meaning.p1)},
          {.name = "P2", .value = to_hex(command.p2), .meaning = std::move(meaning.p2)}};
}

}  // namespace gpsh::sessions
