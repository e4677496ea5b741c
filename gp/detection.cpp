// SPDX-License-Identifier: Apache-2.0
#include "gp/detection.h"

#include <algorithm>
#include <utility>

#include "gp/channel_reading.h"
#include "gp/expect_ok.h"
#include "gp/scp02.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kName = "GET DATA [card recognition data]";

bool known(const ScpOption& option) {
  return option.scp >= 1 && option.scp <= 3;
}

bool starts_explicitly(std::uint8_t scp, std::uint8_t i) {
  return speaks(scp, i) && (scp != Scp02::kNumber || !Scp02::starts_implicitly(i));
}

std::vector<ScpOption> readable_protocols(ByteView fci) {
  try {
    return announced_protocols(fci);
  } catch (const Error&) {
    return {};  // SELECT has said so already
  }
}

void ask_card_data(CardSession& session, Detection& detection) {
  const CommandApdu command{
      .cla = 0x80, .ins = 0xCA, .p1 = 0x00, .p2 = 0x66, .le = CommandApdu::kShortMaximum};
  detection.card_data_asked = true;
  const auto response = session.transmit_plain(command, kName);
  if (!response.sw.ok()) {
    detection.refusal = refusal(response.sw, kName, command);
    return;
  }
  try {
    detection.card_data = parse_card_recognition_data(response.data).protocols;
  } catch (const Error& error) {
    auto facts = error.facts();
    facts.exchange = Exchange{.command = std::string(kName), .apdu = command.encode(), .sw = response.sw};
    detection.refusal = Error(std::move(facts));
  }
}

}  // namespace

std::vector<Detection::Announced> Detection::implementations(std::uint8_t scp) const {
  std::vector<Announced> all;
  const auto add = [&all, scp](const std::vector<ScpOption>& options, Source source) {
    for (const auto& option : options) {
      const auto i = option.scp == scp ? option.implementation() : std::nullopt;
      if (i) all.push_back({.i = *i, .source = source});
    }
  };
  add(fci, Source::fci);
  add(card_data, Source::card_data);
  return all;
}

std::optional<Detection::Announced> Detection::implementation(std::uint8_t scp) const {
  const auto all = implementations(scp);
  const auto first =
      std::ranges::find_if(all, [scp](const Announced& each) { return starts_explicitly(scp, each.i); });
  return first == all.end() ? std::nullopt : std::optional(*first);
}

bool Detection::usable() const {
  return std::ranges::any_of(fci, known) || std::ranges::any_of(card_data, known);
}

std::optional<std::uint8_t> Detection::first_protocol() const {
  for (const auto* options : {&fci, &card_data}) {
    const auto first = std::ranges::find_if(*options, known);
    if (first != options->end()) return first->scp;
  }
  return std::nullopt;
}

bool Detection::contradicts(std::uint8_t scp) const {
  const auto is_it = [scp](const ScpOption& option) { return option.scp == scp; };
  return usable() && std::ranges::none_of(fci, is_it) && std::ranges::none_of(card_data, is_it);
}

std::string_view text(Detection::Source source) {
  switch (source) {
    case Detection::Source::options: return "the options";
    case Detection::Source::fci: return "the SELECT response (tag 64)";
    case Detection::Source::card_data: return "GET DATA 0066 (tag 64)";
    case Detection::Source::assumed: return "an assumption, as the card does not say";
    case Detection::Source::answer: return "the INITIALIZE UPDATE response";
  }
  return "";
}

Detection detect_protocol(CardSession& session, const DetectionRequest& request) {
  Detection detection;
  detection.fci = readable_protocols(session.selection().fci);
  const bool told = request.scp && request.scp_impl;
  if (request.mode == CardMode::global_platform_211 && !told) ask_card_data(session, detection);
  return detection;
}

}  // namespace gpsh::gp
