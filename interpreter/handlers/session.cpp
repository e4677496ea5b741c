// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "interpreter/gpshell_messages.h"
#include "interpreter/handlers/handlers.h"

namespace gpsh::interpreter {
namespace {

std::optional<TransmissionProtocol> protocol_of(const CardConnect& command) {
  if (!command.protocol) return std::nullopt;
  return *command.protocol == ProtocolChoice::t0 ? TransmissionProtocol::t0 : TransmissionProtocol::t1;
}

/// GPShell has a line of its own for a number without a reader.
Error numbered(const Error& error, unsigned number) {
  auto facts = error.facts();
  facts.native_text = fmt::format("Could not connect to reader number {}", number);
  facts.native_code.reset();
  return Error(std::move(facts));
}

/// GPShell lists the readers first, unless one is named, and names that step.
Error listing_failed(const Error& error) {
  auto facts = error.facts();
  facts.native_text = gpshell_error_line(list_readers.failure_label, error);
  facts.native_code.reset();
  return Error(std::move(facts));
}

}  // namespace

CommandResult run(const Mode201&, SessionState& state) {
  state.mode = gp::CardMode::open_platform_201;
  return {};
}

CommandResult run(const Mode211&, SessionState& state) {
  state.mode = gp::CardMode::global_platform_211;
  return {};
}

CommandResult run(const EnableTrace&, SessionState& state) {
  state.observer.trace_on();
  return {};
}

CommandResult run(const EnableTimer&, SessionState& state) {
  state.timing = true;
  return {};
}

CommandResult run(const GemXpressoPro&, SessionState& state) {
  state.derivation = gp::Diversification::parse("visa2");
  return {};
}

CommandResult run(const VisaKeyDerivation&, SessionState& state) {
  state.derivation = gp::Diversification::parse("visa2");
  return {};
}

CommandResult run(const EmvCps11KeyDerivation&, SessionState& state) {
  state.derivation = gp::Diversification::parse("emvcps11");
  return {};
}

CommandResult run(const EstablishContext&, SessionState& state) {
  state.environment.access.establish_context();
  state.context = true;
  return {};
}

CommandResult run(const ReleaseContext&, SessionState& state) {
  state.disconnect();
  state.environment.access.release_context();
  state.context = false;
  return {};
}

CommandResult run(const ListReaders&, SessionState& state) {
  state.need_context();
  return ReadersFound{state.environment.access.list_readers()};
}

CommandResult run(const CardConnect& command, SessionState& state) {
  ConnectRequest request{
      .reader = command.reader ? command.reader->text : "", .reader_number = {}, .protocol = {}};
  if (command.reader_number) request.reader_number = command.reader_number->value;
  if (!state.environment.reader.empty()) request.reader = state.environment.reader;
  request.protocol = protocol_of(command);
  state.need_context();
  try {
    state.connect(request);
  } catch (const Error& error) {
    const bool by_number = request.reader.empty() && request.reader_number;
    if (by_number && error.code() == "no-such-reader") throw numbered(error, *request.reader_number);
    if (request.reader.empty() && error.code() == "no-reader") throw listing_failed(error);
    throw;
  }
  return CardConnected{state.connection->describe()};
}

CommandResult run(const CardDisconnect&, SessionState& state) {
  static_cast<void>(state.connected_card());
  state.disconnect();
  return {};
}

}  // namespace gpsh::interpreter
