// SPDX-License-Identifier: Apache-2.0
#include "gp/card_data.h"
#include "gp/card_resources.h"
#include "gp/key_information.h"
#include "gp/registry.h"
#include "gp/store_data.h"
#include "interpreter/handlers/handlers.h"

namespace gpsh::interpreter {
namespace {

constexpr std::uint16_t kCardDataTag = 0x0066;
constexpr std::uint16_t kKeyInformationTag = 0x00E0;
constexpr std::uint8_t kIssuerDomain = 0x80;  // its state is the card's

}  // namespace

CommandResult run(const GetData& command, SessionState& state) {
  const auto tag = command.identifier.value;
  return DataRead{.tag = tag, .data = gp::get_data(state.connected_card(), tag)};
}

CommandResult run(const GetCardRecognitionData&, SessionState& state) {
  return gp::parse_card_recognition_data(gp::get_data(state.connected_card(), kCardDataTag));
}

CommandResult run(const GetKeyInformationTemplates& command, SessionState& state) {
  const auto tag = static_cast<std::uint16_t>(command.key_template.value << 8 | kKeyInformationTag);
  return KeysListed{gp::parse_key_information(gp::get_data(state.connected_card(), tag))};
}

CommandResult run(const GetExtendedCardResourcesInformation&, SessionState& state) {
  return gp::read_card_resources(state.connected_card());
}

CommandResult run(const StoreData& command, SessionState& state) {
  if (state.mode == gp::CardMode::open_platform_201) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "needs-mode-211",
                 .message = "Open Platform 2.0.1 has no STORE DATA",
                 .advice = "put mode_211 before card_connect; nothing was sent to the card"});
  }
  // GPShell's default sets a bit that is reserved (GPCS 2.3.1 Table 11-89).
  const std::uint8_t format = state.environment.wire == gp::Wire::gpshell ? 0x02 : 0x00;
  const auto answer =
      command.response_expected.value != 0 ? gp::StoredAnswer::expected : gp::StoredAnswer::none;
  return DataStored{
      gp::store_data(state.connected_card(), {.data = command.data.bytes,
                                              .format = command.format ? command.format->value : format,
                                              .encryption = command.encryption.value,
                                              .answer = answer})};
}

CommandResult run(const GetStatus& command, SessionState& state) {
  const auto format =
      command.format == StatusFormat::tagged ? gp::ListingFormat::tlv : gp::ListingFormat::aid_state;
  const auto element = command.element.value;
  auto entries =
      gp::get_status(state.connected_card(), {.mode = state.mode, .element = element, .format = format});
  if (element == kIssuerDomain && !entries.empty()) state.card_state = entries.front().life_cycle;
  return RegistryListed{.entries = std::move(entries), .element = element, .mode = state.mode};
}

}  // namespace gpsh::interpreter
