// SPDX-License-Identifier: Apache-2.0
#include "sessions/apdu_words.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/error.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kShownBytes = 32;
constexpr std::size_t kHeaderBytes = 4;

constexpr std::uint8_t kInitializeUpdate = 0x50;
constexpr std::uint8_t kExternalAuthenticate = 0x82;
constexpr std::uint8_t kGetData = 0xCA;
constexpr std::uint8_t kPutKey = 0xD8;
constexpr std::uint8_t kStoreData = 0xE2;
constexpr std::uint8_t kInstall = 0xE6;
constexpr std::uint8_t kLoad = 0xE8;
constexpr std::uint8_t kSetStatus = 0xF0;
constexpr std::uint8_t kGetStatus = 0xF2;

template <typename Code>
struct Word {
  Code code;
  std::string_view text;
};

constexpr std::array<Word<std::uint8_t>, 19> kInstructions = {{
    {kInitializeUpdate, "INITIALIZE UPDATE"},
    {0x70, "MANAGE CHANNEL"},
    {0x78, "END R-MAC SESSION"},
    {0x7A, "BEGIN R-MAC SESSION"},
    {kExternalAuthenticate, "EXTERNAL AUTHENTICATE"},
    {0x84, "GET CHALLENGE"},
    {0x88, "INTERNAL AUTHENTICATE"},
    {0xA4, "SELECT"},
    {0xB0, "READ BINARY"},
    {0xB2, "READ RECORD"},
    {0xC0, "GET RESPONSE"},
    {kGetData, "GET DATA"},
    {kPutKey, "PUT KEY"},
    {kStoreData, "STORE DATA"},
    {0xE4, "DELETE"},
    {kInstall, "INSTALL"},
    {kLoad, "LOAD"},
    {kSetStatus, "SET STATUS"},
    {kGetStatus, "GET STATUS"},
}};

/// GPCS 2.3.1 section 11.3.3.1; 9F7F is of Open Platform 2.0.1.
constexpr std::array<Word<std::uint16_t>, 10> kDataObjects = {{
    {0x0042, "issuer identification number"},
    {0x0045, "card image number"},
    {0x0066, "card data"},
    {0x0067, "card capability information"},
    {0x00C1, "sequence counter of the default key set"},
    {0x00C2, "confirmation counter"},
    {0x00E0, "key information template"},
    {0x2F00, "list of applications"},
    {0x9F7F, "card production life cycle data"},
    {0xFF21, "extended card resources"},
}};

/// P1 of GET STATUS and SET STATUS, GPCS 2.3.1 sections 11.4.2.1 and 11.10.2.1.
constexpr std::array<Word<std::uint8_t>, 5> kElements = {{
    {0x80, "issuer security domain"},
    {0x60, "security domain and its applications"},
    {0x40, "applications"},
    {0x20, "load files"},
    {0x10, "load files and modules"},
}};

/// The bits of P1 of INSTALL, GPCS 2.3.1 section 11.5.2.1.
constexpr std::array<Word<std::uint8_t>, 6> kPurposes = {{
    {0x02, "load"},
    {0x04, "install"},
    {0x08, "make selectable"},
    {0x10, "extradition"},
    {0x20, "personalization"},
    {0x40, "registry update"},
}};

template <typename Table>
std::string_view text_of(const Table& table, unsigned code) {
  for (const auto& word : table) {
    if (word.code == code) return word.text;
  }
  return {};
}

std::string in_brackets(std::string_view text) {
  return text.empty() ? std::string() : " (" + std::string(text) + ")";
}

std::string purposes(std::uint8_t p1) {
  std::string all;
  for (const auto& [bit, text] : kPurposes) {
    if ((p1 & bit) == 0) continue;
    const bool last = (p1 & 0x7E & ~(bit | (bit - 1))) == 0;
    if (!all.empty()) all += last ? " and " : ", ";
    all += text;
  }
  return all.empty() ? "" : " [for " + all + "]";
}

std::string elements(std::uint8_t p1) {
  const auto text = text_of(kElements, p1);
  return text.empty() ? " (elements " + to_hex(p1) + ")" : in_brackets(text);
}

std::string data_object(const CommandApdu& command) {
  const auto tag = static_cast<std::uint16_t>(command.p1 << 8 | command.p2);
  return " " + to_hex(command.p1) + to_hex(command.p2) + in_brackets(text_of(kDataObjects, tag));
}

std::string block(const CommandApdu& command) {
  const std::string last = (command.p1 & 0x80) != 0 ? ", the last" : "";
  return " (block " + std::to_string(command.p2) + last + ")";
}

std::string chosen_by_parameters(const CommandApdu& command) {
  switch (command.ins) {
    case kInitializeUpdate: return " (key version " + std::to_string(command.p1) + ")";
    case kExternalAuthenticate: return " (security level " + to_hex(command.p1) + ")";
    case kGetData: return data_object(command);
    case kPutKey: return " (key version " + std::to_string(command.p1 & 0x7F) + ")";
    case kStoreData:
    case kLoad: return block(command);
    case kInstall: return purposes(command.p1);
    case kSetStatus: return elements(command.p1);
    case kGetStatus: return elements(command.p1) + ((command.p2 & 0x01) != 0 ? ", next occurrence" : "");
    default: return {};
  }
}

/// INS has one meaning with a class of ISO/IEC 7816-4 and another with GlobalPlatform's; only these bits
/// tell.
bool proprietary_class(const CommandApdu& command) {
  return (command.cla & 0x80) != 0;
}

bool needs_proprietary_class(std::uint8_t ins) {
  constexpr std::array kOnly = {kInitializeUpdate, std::uint8_t{0x78}, std::uint8_t{0x7A},
                                kPutKey,           kInstall,           kLoad,
                                kSetStatus,        kGetStatus};
  return std::ranges::find(kOnly, ins) != kOnly.end();
}

std::string count_of_bytes(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " data byte" : " data bytes");
}

std::string no_apdu_in_words(ByteView bytes) {
  const auto start = header_of(bytes);
  return "not a command APDU, " + std::to_string(bytes.size()) + (bytes.size() == 1 ? " byte" : " bytes") +
         (start.empty() ? "" : " " + to_hex(start)) + (start.size() < bytes.size() ? "... (not shown)" : "");
}

std::string data_in_words(const CommandApdu& command) {
  if (command.data.empty()) return ", no data";
  const auto text = ", " + count_of_bytes(command.data.size());
  if (carries_secrets(command)) return text + " (not shown)";
  const auto shown = std::min(command.data.size(), kShownBytes);
  return text + " " + to_hex(ByteView(command.data).first(shown)) +
         (shown < command.data.size() ? "..." : "");
}

}  // namespace

std::optional<CommandApdu> command_in(ByteView apdu) {
  try {
    return CommandApdu::parse(apdu);
  } catch (const Error&) {
    return std::nullopt;
  }
}

ByteView header_of(ByteView apdu) {
  return apdu.first(std::min(apdu.size(), kHeaderBytes));
}

std::string command_name(const CommandApdu& command) {
  const auto pin = pin_command_name(command.ins);
  const auto name = pin.empty() ? text_of(kInstructions, command.ins) : pin;
  const bool defined = !name.empty() && (proprietary_class(command) || !needs_proprietary_class(command.ins));
  if (!defined) return "instruction " + to_hex(command.ins);
  if (!proprietary_class(command) && command.ins != kGetData) return std::string(name);
  return std::string(name) + chosen_by_parameters(command);
}

bool has_secure_messaging(std::uint8_t cla) {
  if ((cla & 0x40) != 0) return (cla & 0x20) != 0 && cla != 0xFF;
  return (cla & 0x04) != 0 && (cla & 0x70) == 0;
}

std::string apdu_in_words(ByteView apdu) {
  const auto command = command_in(apdu);
  if (!command) return no_apdu_in_words(apdu);
  return command_name(*command) + ": CLA " + to_hex(command->cla) + " INS " + to_hex(command->ins) + " P1 " +
         to_hex(command->p1) + " P2 " + to_hex(command->p2) + data_in_words(*command) +
         (command->le ? ", Le " + std::to_string(*command->le) : ", no Le");
}

}  // namespace gpsh::sessions
