// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "gp/card_data.h"
#include "gp/card_resources.h"
#include "gp/key_information.h"
#include "gp/registry.h"
#include "gp/store_data.h"
#include "interpreter/card_data_listing.h"
#include "interpreter/handlers/handlers.h"
#include "interpreter/status_listing.h"

namespace gpsh::interpreter {
namespace {

constexpr std::uint16_t kCardDataTag = 0x0066;
constexpr std::uint16_t kKeyInformationTag = 0x00E0;
constexpr std::size_t kShownDetailBytes = 64;

void print_detail(Output& output, std::string_view name, const std::optional<gp::RecognitionDetail>& detail) {
  if (!detail) return;
  if (detail->oid) output.line(fmt::format("{} OID: {}", name, *detail->oid));
  const ByteView data(detail->data);
  if (!data.empty()) {
    output.line(
        fmt::format("{} Data: {}", name, to_lower_hex(data.first(std::min(data.size(), kShownDetailBytes)))));
  }
}

}  // namespace

void run(const GetData& command, SessionState& state) {
  state.environment.output.line(to_hex(gp::get_data(state.connected_card(), command.identifier.value)));
}

void run(const GetCardRecognitionData&, SessionState& state) {
  const auto data = gp::parse_card_recognition_data(gp::get_data(state.connected_card(), kCardDataTag));
  auto& output = state.environment.output;
  if (data.version) output.line("Version: " + *data.version);
  for (const auto& protocol : data.protocols) {
    output.line(fmt::format("SCP: {} SCP Impl: {}", protocol.scp, to_lower_hex(protocol.i)));
  }
  print_detail(output, "Card Configuration Details", data.card_configuration);
  print_detail(output, "Card/Chip Details", data.card_chip);
  print_detail(output, "Issuer Security Domains Trust Point Certificate Information", data.trust_point);
  print_detail(output, "Issuer Security Domain Certificate Information", data.certificate);
}

void run(const GetKeyInformationTemplates& command, SessionState& state) {
  const auto tag = static_cast<std::uint16_t>(command.key_template.value << 8 | kKeyInformationTag);
  const auto keys = gp::parse_key_information(gp::get_data(state.connected_card(), tag));
  for (const auto& line : key_listing(keys)) state.environment.output.line(line);
}

void run(const GetExtendedCardResourcesInformation&, SessionState& state) {
  const auto resources = gp::read_card_resources(state.connected_card());
  for (const auto& line : resources_listing(resources)) state.environment.output.line(line);
}

void run(const StoreData& command, SessionState& state) {
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
  gp::store_data(state.connected_card(), {.data = command.data.bytes,
                                          .format = command.format ? command.format->value : format,
                                          .encryption = command.encryption.value,
                                          .answer = answer});
}

void run(const GetStatus& command, SessionState& state) {
  const auto format =
      command.format == StatusFormat::tagged ? gp::ListingFormat::tlv : gp::ListingFormat::aid_state;
  const auto entries = gp::get_status(
      state.connected_card(), {.mode = state.mode, .element = command.element.value, .format = format});
  for (const auto& line : status_listing(entries, command.element.value, state.mode)) {
    state.environment.output.line(line);
  }
}

}  // namespace gpsh::interpreter
