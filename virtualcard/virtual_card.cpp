// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/virtual_card.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/error.h"
#include "virtualcard/card_data.h"
#include "virtualcard/get_status.h"
#include "virtualcard/put_key.h"
#include "virtualcard/segmented_command.h"
#include "virtualcard/select.h"
#include "virtualcard/status_words.h"
#include "virtualcard/store_data.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kGlobalPlatformBit = 0x80;
constexpr std::uint8_t kInitializeUpdate = 0x50;
constexpr std::uint8_t kManageChannel = 0x70;
constexpr std::uint8_t kEndRMacSession = 0x78;
constexpr std::uint8_t kBeginRMacSession = 0x7A;
constexpr std::uint8_t kExternalAuthenticate = 0x82;
constexpr std::uint8_t kSelect = 0xA4;
constexpr std::uint8_t kGetData = 0xCA;
constexpr std::uint8_t kPutKey = 0xD8;
constexpr std::uint8_t kStoreData = 0xE2;
constexpr std::uint8_t kDelete = 0xE4;
constexpr std::uint8_t kGetStatus = 0xF2;

/// Which class bytes an instruction takes, on logical channel 0.
enum class Class {
  iso,
  global_platform,
  plain_global_platform,
  secured_global_platform,
  iso_or_global_platform
};
enum class Needs { nothing, session };

struct Instruction {
  std::uint8_t ins;
  Class cla;
  Needs needs;
  ResponseApdu (*run)(const CommandApdu&, Card&);
};

ResponseApdu initialize_update(const CommandApdu& command, Card& card) {
  auto& session = card.session();
  session.listing.reset();
  session.chain.abort();
  session.stored = {};
  session.personalized.reset();
  return session.channel.initialize_update(command, card.channel_owner(), card.random);
}

ResponseApdu external_authenticate(const CommandApdu& command, Card& card) {
  return card.session().channel.external_authenticate(command, card.channel_owner());
}

ResponseApdu begin_r_mac_session(const CommandApdu& command, Card& card) {
  return card.session().channel.begin_r_mac_session(command, card.channel_owner());
}

ResponseApdu end_r_mac_session(const CommandApdu& command, Card& card) {
  return card.session().channel.end_r_mac_session(command, card.channel_owner());
}

/// What is not SELECT [by name] reaches the domain, which has no files (GPCS 2.3.1 section 11.9.1).
ResponseApdu select_otherwise(const CommandApdu&, Card&) {
  return answer(kIncorrectP1P2);
}

ResponseApdu delete_object(const CommandApdu& command, Card& card) {
  return is_delete_key(command) ? delete_key(command, card) : answer(kIncorrectData);
}

/// What the Issuer Security Domain knows.
constexpr auto kInstructions = std::to_array<Instruction>({
    {kInitializeUpdate, Class::plain_global_platform, Needs::nothing, initialize_update},
    {kExternalAuthenticate, Class::secured_global_platform, Needs::nothing, external_authenticate},
    {kEndRMacSession, Class::global_platform, Needs::nothing, end_r_mac_session},
    {kBeginRMacSession, Class::global_platform, Needs::nothing, begin_r_mac_session},
    {kSelect, Class::iso, Needs::nothing, select_otherwise},
    {kGetData, Class::iso_or_global_platform, Needs::nothing, get_data},
    {kPutKey, Class::global_platform, Needs::session, put_key},
    {kDelete, Class::global_platform, Needs::session, delete_object},
    {kStoreData, Class::global_platform, Needs::session, store_data},
    {kGetStatus, Class::global_platform, Needs::session, get_status},
});

bool fits(Class wanted, std::uint8_t cla) {
  const bool global_platform = (cla & kGlobalPlatformBit) != 0;
  const bool secured = (cla & kSecureMessagingBit) != 0;
  switch (wanted) {
    case Class::iso: return !global_platform;
    case Class::global_platform: return global_platform;
    case Class::plain_global_platform: return global_platform && !secured;
    case Class::secured_global_platform: return global_platform && secured;
    case Class::iso_or_global_platform: return true;
  }
  return false;
}

/// What OPEN refuses by the class byte alone (GPCS 2.3.1 section 11.1.4).
std::optional<StatusWord> refused_class(std::uint8_t cla) {
  if (cla == 0xFF) return kInvalidClass;
  if ((cla & 0x40) != 0) return kLogicalChannelNotSupported;  // channels 4 to 19
  if ((cla & 0x20) != 0) return kInvalidClass;
  if ((cla & 0x10) != 0) return kCommandChainingNotSupported;
  if ((cla & 0x03) != 0) return kLogicalChannelNotSupported;   // channels 1 to 3
  if ((cla & 0x08) != 0) return kSecureMessagingNotSupported;  // ISO/IEC 7816-4 secure messaging
  return std::nullopt;
}

/// INITIALIZE UPDATE and EXTERNAL AUTHENTICATE are there for explicit initiation (GPCS 2.3.1 Table E-4).
bool supported(std::uint8_t ins, const Profile& profile) {
  if (ins != kInitializeUpdate && ins != kExternalAuthenticate) return true;
  return profile.default_options().explicit_initiation();
}

ResponseApdu dispatch(const CommandApdu& command, Card& card) {
  const auto known = std::ranges::find(kInstructions, command.ins, &Instruction::ins);
  if (known == kInstructions.end() || !supported(command.ins, card.profile)) {
    return answer(kInvalidInstruction);
  }
  if (!fits(known->cla, command.cla)) return answer(kInvalidClass);
  if (known->needs == Needs::session && !card.session().channel.authenticated()) {
    return answer(kSecurityNotSatisfied);
  }
  // A chain of commands is not interrupted (GPCS 2.3.1 section 11.1.5.1).
  if (auto& chain = card.session().chain;
      known->needs == Needs::session && chain.begun() && command.ins != kPutKey) {
    chain.abort();
    return answer(kConditionsNotSatisfied);
  }
  return known->run(command, card);
}

std::optional<CommandApdu> parse(ByteView apdu) {
  try {
    return CommandApdu::parse(apdu);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

VirtualCard::VirtualCard(Profile profile, RandomSource& random)
    : card_{.profile = std::move(profile), .random = random} {}

Bytes VirtualCard::transmit(ByteView apdu) {
  const auto command = parse(apdu);
  return (command ? process(*command) : answer(kWrongLength)).encode();
}

void VirtualCard::reset() {
  card_.channels = {ApplicationSession{}};
  card_.channel = 0;
}

ConnectionInfo VirtualCard::describe() const {
  return {.reader = std::string(kReaderName), .protocol = card_.profile.protocol(), .atr = card_.profile.atr};
}

ResponseApdu VirtualCard::process(const CommandApdu& command) {
  if (const auto refused = refused_class(command.cla)) return answer(*refused);
  if (is_select_by_name(command)) return select_by_name(command, card_);
  const bool global_platform = (command.cla & kGlobalPlatformBit) != 0;
  // The card knows of logical channels but has the basic one only (GPCS 2.3.1 section 6.3).
  if (!global_platform && command.ins == kManageChannel) return answer(kLogicalChannelNotSupported);
  if (card_.session().application) return answer(global_platform ? kInvalidClass : kInvalidInstruction);
  return process_in_domain(command);
}

ResponseApdu VirtualCard::process_in_domain(const CommandApdu& command) {
  const bool initializes = command.ins == kInitializeUpdate &&
                           fits(Class::plain_global_platform, command.cla) &&
                           supported(kInitializeUpdate, card_.profile);
  // INITIALIZE UPDATE ends a session instead of being part of it (E.1.6); the MAC of EXTERNAL AUTHENTICATE is
  // verified with its own rules, and without a proposed session it is a command like others.
  if (initializes) return dispatch(command, card_);
  auto& channel = card_.session().channel;
  const auto joined = join_segments(command, card_);
  if (const auto* early = std::get_if<ResponseApdu>(&joined)) return *early;
  const auto unwrapped = channel.unwrap(std::get<CommandApdu>(joined), card_.channel_owner());
  if (!unwrapped) return answer(kSecurityNotSatisfied);
  const auto response = dispatch(*unwrapped, card_);
  return channel.protect(*unwrapped, response);
}

}  // namespace gpsh::virtualcard
