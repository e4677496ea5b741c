// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_card_serve.h"

#include <fmt/format.h>

#include <charconv>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>

#include "core/error.h"
#include "interpreter/main_signals.h"
#include "virtualcard/exchange_log.h"
#include "virtualcard/inserted_card.h"
#include "virtualcard/vpcd_fleet.h"

namespace gpsh::interpreter {
namespace {

constexpr unsigned kLastPort = 65535;

std::string_view words(virtualcard::LinkEvent event) {
  switch (event) {
    case virtualcard::LinkEvent::waiting: return "waiting for the driver";
    case virtualcard::LinkEvent::connected: return "the card is in the reader";
    case virtualcard::LinkEvent::pulled: return "the card is out of the reader";
    case virtualcard::LinkEvent::lost: break;
  }
  return "the driver has gone";
}

/// Of the first reader; the last must have a port too.
virtualcard::VpcdAddress first_address(const ServeCommand& command) {
  const auto colon = command.vpcd.rfind(':');
  const auto port_text = colon == std::string::npos ? std::string() : command.vpcd.substr(colon + 1);
  unsigned port = 0;
  const auto [end, failure] = std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
  const bool read = failure == std::errc() && end == port_text.data() + port_text.size();
  if (!read || colon == 0 || port == 0 || port > kLastPort || port + command.count - 1 > kLastPort) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "usage",
                 .message = "--vpcd wants HOST:PORT, with a port for every card up to 65535, not \"" +
                            command.vpcd + "\"",
                 .advice = "e.g. --vpcd localhost:35963"});
  }
  virtualcard::VpcdAddress address{.host = command.vpcd.substr(0, colon),
                                   .port = static_cast<std::uint16_t>(port)};
  if (command.wait >= 0) address.wait = std::chrono::seconds(command.wait);
  return address;
}

/// A card with what stands around it.
struct Station {
  Station(const ServeCommand& command, const std::vector<virtualcard::Fault>& faults)
      : card(inserted(command, challenges, faults)) {}

  static std::unique_ptr<virtualcard::InsertedCard> inserted(const ServeCommand& command,
                                                             virtualcard::RandomSource& random,
                                                             const std::vector<virtualcard::Fault>& faults) {
    if (!command.state.empty()) {
      const bool there = virtualcard::is_state_file(command.state);
      const auto profile =
          command.profile.empty() && !there ? std::string(virtualcard::kDefaultProfile) : command.profile;
      return std::make_unique<virtualcard::InsertedCard>(
          std::make_unique<virtualcard::StateFile>(command.state, profile), random, faults);
    }
    return std::make_unique<virtualcard::InsertedCard>(virtualcard::load_profile(profile_of(command)), random,
                                                       faults);
  }
  static std::string profile_of(const ServeCommand& command) {
    return command.profile.empty() ? std::string(virtualcard::kDefaultProfile) : command.profile;
  }

  virtualcard::SystemRandom challenges;
  std::unique_ptr<virtualcard::InsertedCard> card;
  std::optional<virtualcard::LoggedCard> logged;
};

}  // namespace

int serve_cards(const ServeCommand& command, const std::vector<virtualcard::Fault>& faults) {
  const auto& stop = catch_signals();
  if (!command.state.empty() && command.count > 1) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "usage",
                 .message = "--state keeps one card, and --count asks for more",
                 .advice = "run gpsh card serve once for each file, with --vpcd for its port"});
  }
  auto address = first_address(command);
  std::optional<virtualcard::ExchangeLog> log;
  if (!command.log.empty()) log.emplace(command.log);
  std::mutex output;
  std::vector<std::unique_ptr<Station>> stations;
  std::vector<virtualcard::ServedCard> served;
  for (unsigned number = 0; number < command.count; ++number, ++address.port) {
    auto& station = *stations.emplace_back(std::make_unique<Station>(command, faults));
    const auto name = command.state.empty() ? Station::profile_of(command) : command.state;
    const auto place = fmt::format("{}:{}", address.host, address.port);
    if (log) station.logged.emplace(*station.card, *log, place);
    Connection& card = station.logged ? static_cast<Connection&>(*station.logged) : *station.card;
    served.push_back(
        {.card = card, .address = address, .listener = [&output, name, place](virtualcard::LinkEvent event) {
           const std::lock_guard lock(output);
           std::cerr << fmt::format("gpsh: {} at {}: {}\n", name, place, words(event));
         }});
  }
  virtualcard::serve_vpcd_fleet(served, stop);
  return 0;
}

}  // namespace gpsh::interpreter
