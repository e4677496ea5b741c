// SPDX-License-Identifier: Apache-2.0
// Any commands to the virtual card, before and inside a channel of each protocol, as a served card gets them
// from anyone. It answers each, and what it keeps is read again as it was written.
#include "virtualcard/virtual_card.h"

#include <cstdlib>

#include "core/error.h"
#include "tests/virtualcard/channel_host.h"
#include "virtualcard/card_json.h"
#include "virtualcard/profile_document.h"

namespace {

using namespace gpsh;

constexpr std::array kProfiles = {"generic-scp02", "scp03-i70", "generic-scp01", "yubikey-like", "t0-card"};

/// The profile that the first byte of an input chooses.
const virtualcard::Profile& profile_of(std::uint8_t choice) {
  static const auto read = [] {
    std::vector<virtualcard::Profile> profiles;
    profiles.reserve(kProfiles.size());
    for (const auto* name : kProfiles) profiles.push_back(virtualcard::load_profile(name));
    return profiles;
  }();
  return read.at(choice % read.size());
}

ByteView take(ByteReader& input, std::size_t most) {
  return input.take(std::min(most, input.remaining()));
}

std::uint8_t take_byte(ByteReader& input) {
  return input.empty() ? std::uint8_t{0} : input.u8();
}

/// A command of the input: mostly with an instruction of the specifications, a CLA and an Lc that fit.
Bytes next_command(ByteReader& input) {
  constexpr std::array<std::uint8_t, 16> kInstructions = {0xE6, 0xE8, 0xE4, 0xF2, 0xCA, 0xE2, 0xD8, 0xF0,
                                                          0xA4, 0x50, 0x82, 0x70, 0xC0, 0x7A, 0x78, 0x20};
  const auto choice = input.u8();
  if (choice >= 0xE0) return to_bytes(take(input, choice - 0xE0U));
  const auto ins = kInstructions.at(choice % kInstructions.size());
  const bool interindustry = ins == 0xA4 || ins == 0x70 || ins == 0xC0 || ins == 0x20;
  const auto p1 = take_byte(input);
  const auto p2 = take_byte(input);
  const auto data = take(input, take_byte(input));
  Bytes command{static_cast<std::uint8_t>((interindustry ? 0x00 : 0x80) | (choice >> 6 & 1)), ins, p1, p2};
  if (!data.empty()) command.push_back(static_cast<std::uint8_t>(data.size()));
  append(command, data);
  if ((choice & 0x10U) != 0) command.push_back(0x00);
  return command;
}

bool can_be_wrapped(ByteView command) {
  constexpr std::size_t kLongest = 240;
  try {
    return command.size() <= kLongest && !CommandApdu::parse(command).extended();
  } catch (const Error&) {
    return false;
  }
}

void require_kept(const virtualcard::CardState& card, std::string_view profile) {
  auto document = virtualcard::with_card_state(virtualcard::profile_document(profile), card);
  document["kind"] = "state";
  const auto again = virtualcard::read_profile(document, "kept").card;
  const auto none = nlohmann::json::object();
  if (virtualcard::with_card_state(none, again) != virtualcard::with_card_state(none, card)) std::abort();
}

void run(ByteReader input) {
  const auto choice = input.u8();
  const auto& profile = profile_of(choice);
  test::ChannelHost host(profile);
  // Level 01, so that commands of the input can be wrapped without thinking about their answers.
  const bool inside = choice >= 0x80 && host.open(0x01) == "9000";
  while (!input.empty()) {
    auto command = next_command(input);
    if (inside && can_be_wrapped(command)) command = host.wrap(to_hex(command));
    if (host.card().transmit(command).size() < 2) std::abort();
  }
  require_kept(host.state(), profile.name);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) run(ByteReader(ByteView(data, size), "fuzz input"));
  return 0;
}
