// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_card_words.h"

#include <fmt/format.h>

#include <iostream>

#include "interpreter/main_card.h"
#include "interpreter/main_signals.h"
#include "virtualcard/profile.h"
#include "virtualcard/random_source.h"
#include "virtualcard/virtual_card.h"
#include "virtualcard/vpcd_link.h"

namespace gpsh::interpreter {
namespace {

std::string_view words(virtualcard::LinkEvent event) {
  switch (event) {
    case virtualcard::LinkEvent::waiting: return "waiting for the driver";
    case virtualcard::LinkEvent::connected: return "the card is in the reader";
    case virtualcard::LinkEvent::lost: break;
  }
  return "the driver has gone";
}

}  // namespace

int list_readers_and_cards(const CommandLine& line) {
  auto card = open_card_source(line);
  card.access->establish_context();
  std::size_t number = 0;
  for (const auto& reader : card.access->list_readers()) {
    std::cout << fmt::format("{:>2}  {}\n    {}\n", ++number, reader.name,
                             reader.atr.empty() ? "no card" : "card with ATR " + to_hex(reader.atr));
  }
  return 0;
}

int serve_card(const CommandLine& line) {
  const auto& stop = catch_signals();
  virtualcard::SystemRandom challenges;
  virtualcard::VirtualCard card(virtualcard::load_profile(line.profile), challenges);
  virtualcard::VpcdAddress address{.host = line.serve_host,
                                   .port = static_cast<std::uint16_t>(line.serve_port)};
  if (line.serve_wait >= 0) address.wait = std::chrono::seconds(line.serve_wait);
  const auto place = fmt::format("{}:{}", address.host, address.port);
  virtualcard::serve_vpcd(card, address, stop, [&](virtualcard::LinkEvent event) {
    std::cerr << fmt::format("gpsh: {} at {}: {}\n", line.profile, place, words(event));
  });
  return 0;
}

int list_profiles() {
  for (const auto& name : virtualcard::profile_names()) {
    std::cout << fmt::format("{:<20} {}\n", name, virtualcard::load_profile(name).description);
  }
  return 0;
}

int show_profile(const CommandLine& line) {
  std::cout << virtualcard::profile_text(line.profile);
  return 0;
}

}  // namespace gpsh::interpreter
