// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/domain_commands.h"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "virtualcard/card_data.h"
#include "virtualcard/delete_content.h"
#include "virtualcard/get_status.h"
#include "virtualcard/install.h"
#include "virtualcard/load.h"
#include "virtualcard/put_key.h"
#include "virtualcard/segmented_command.h"
#include "virtualcard/set_status.h"
#include "virtualcard/status_words.h"
#include "virtualcard/store_data.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kInitializeUpdate = 0x50;
constexpr std::uint8_t kEndRMacSession = 0x78;
constexpr std::uint8_t kBeginRMacSession = 0x7A;
constexpr std::uint8_t kExternalAuthenticate = 0x82;
constexpr std::uint8_t kSelect = 0xA4;
constexpr std::uint8_t kGetData = 0xCA;
constexpr std::uint8_t kGetDataOdd = 0xCB;
constexpr std::uint8_t kPutKey = 0xD8;
constexpr std::uint8_t kStoreData = 0xE2;
constexpr std::uint8_t kDelete = 0xE4;
constexpr std::uint8_t kInstall = 0xE6;
constexpr std::uint8_t kLoad = 0xE8;
constexpr std::uint8_t kSetStatus = 0xF0;
constexpr std::uint8_t kGetStatus = 0xF2;

/// Which class bytes an instruction takes.
enum class Class {
  iso,
  global_platform,
  plain_global_platform,
  secured_global_platform,
  iso_or_global_platform
};
enum class Needs { nothing, session };
/// In which card life cycle states an instruction is there (GPCS 2.3.1 Table 11-1).
enum class States { any, not_terminated, not_locked };

struct Instruction {
  std::uint8_t ins;
  Class cla;
  Needs needs;
  States states;
  ResponseApdu (*run)(const CommandApdu&, Card&);
};

ResponseApdu initialize_update(const CommandApdu& command, Card& card) {
  auto& session = card.session();
  session.listing.reset();
  session.chain.abort();
  session.stored = {};
  session.personalized.reset();  // GPCS 2.3.1 section 11.11.1
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
  return is_delete_key(command) ? delete_key(command, card) : delete_content(command, card);
}

/// What a security domain knows.
constexpr auto kInstructions = std::to_array<Instruction>({
    {kInitializeUpdate, Class::plain_global_platform, Needs::nothing, States::not_terminated,
     initialize_update},
    {kExternalAuthenticate, Class::secured_global_platform, Needs::nothing, States::not_terminated,
     external_authenticate},
    {kEndRMacSession, Class::global_platform, Needs::nothing, States::not_terminated, end_r_mac_session},
    {kBeginRMacSession, Class::global_platform, Needs::nothing, States::not_terminated, begin_r_mac_session},
    {kSelect, Class::iso, Needs::nothing, States::not_terminated, select_otherwise},
    {kGetData, Class::iso_or_global_platform, Needs::nothing, States::any, get_data},
    {kGetDataOdd, Class::iso, Needs::nothing, States::any, get_data_of_file},
    {kPutKey, Class::global_platform, Needs::session, States::not_locked, put_key},
    {kStoreData, Class::global_platform, Needs::session, States::not_locked, store_data},
    {kDelete, Class::global_platform, Needs::session, States::not_locked, delete_object},
    {kInstall, Class::global_platform, Needs::session, States::not_locked, install},
    {kLoad, Class::global_platform, Needs::session, States::not_locked, load},
    {kSetStatus, Class::global_platform, Needs::session, States::not_terminated, set_status},
    {kGetStatus, Class::global_platform, Needs::session, States::not_terminated, get_status},
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

/// INITIALIZE UPDATE and EXTERNAL AUTHENTICATE are there for explicit initiation (GPCS 2.3.1 Table E-4).
bool supported(std::uint8_t ins, const Profile& profile) {
  if (ins != kInitializeUpdate && ins != kExternalAuthenticate) return true;
  return profile.default_options().explicit_initiation();
}

/// Commands of a secure channel, with the class byte they have.
bool of_the_channel(const CommandApdu& command) {
  constexpr std::array<std::uint8_t, 4> kOfTheChannel{kInitializeUpdate, kExternalAuthenticate,
                                                      kBeginRMacSession, kEndRMacSession};
  return (command.cla & kGlobalPlatformBit) != 0 &&
         std::ranges::find(kOfTheChannel, command.ins) != kOfTheChannel.end();
}

bool permitted(States states, const Card& card) {
  if (card.terminated()) return states == States::any;
  return !card.locked() || states != States::not_locked;
}

ResponseApdu dispatch(const CommandApdu& command, Card& card) {
  const auto known = std::ranges::find(kInstructions, command.ins, &Instruction::ins);
  if (known == kInstructions.end() || !supported(command.ins, card.profile)) {
    return answer(kInvalidInstruction);
  }
  if (!fits(known->cla, command.cla)) return answer(kInvalidClass);
  if (!permitted(known->states, card)) return answer(kConditionsNotSatisfied);
  if (known->needs == Needs::session && !card.session().channel.authenticated()) {
    return answer(kSecurityNotSatisfied);
  }
  // Segments follow each other too, those with a MAC of their own as those without (section 11.1.5.1).
  auto& chain = card.session().chain;
  auto whole = command;
  if (known->needs == Needs::session && (chain.begun() || more_segments_follow(command))) {
    const bool more = more_segments_follow(command);
    auto joined = chain.join(command, more ? CommandChain::Position::more : CommandChain::Position::last);
    if (const auto* refused = std::get_if<StatusWord>(&joined)) return answer(*refused);
    if (more) return answer(kSuccess);
    whole = std::move(std::get<CommandApdu>(joined));
  }
  // Blocks follow each other (GPCS 2.3.1 section 11.6.1); to look at the card meanwhile does no harm.
  constexpr std::array kHarmless{kLoad, kInstall, kGetData, kGetDataOdd, kGetStatus};
  if (std::ranges::find(kHarmless, command.ins) == kHarmless.end()) card.session().load.reset();
  return known->run(whole, card);
}

}  // namespace

ResponseApdu process_in_secure_channel(const CommandApdu& command, Card& card, const CommandHandler& run) {
  const bool initializes = command.ins == kInitializeUpdate &&
                           fits(Class::plain_global_platform, command.cla) &&
                           supported(kInitializeUpdate, card.profile);
  // INITIALIZE UPDATE ends a session instead of being part of it (E.1.6); the MAC of EXTERNAL AUTHENTICATE is
  // verified with its own rules, and without a proposed session it is a command like others.
  if (initializes) return dispatch(command, card);
  auto& channel = card.session().channel;
  const auto unwrapped = channel.unwrap(command, card.channel_owner());
  if (!unwrapped) return answer(kSecurityNotSatisfied);
  const auto response = of_the_channel(*unwrapped) ? dispatch(*unwrapped, card) : run(*unwrapped);
  return channel.protect(*unwrapped, response);
}

ResponseApdu process_in_domain(const CommandApdu& command, Card& card) {
  auto received = command;
  // What comes in one extended APDU has no C-MAC: all are short (GPCS 2.3.1 section 11.1.5).
  if (command.data.size() > CommandApdu::kMaxShortData && (command.cla & kSecureMessagingBit) != 0) {
    received.data.clear();
  }
  const auto joined = join_segments(received, card);
  if (const auto* early = std::get_if<ResponseApdu>(&joined)) return *early;
  return process_in_secure_channel(std::get<CommandApdu>(joined), card,
                                   [&](const CommandApdu& plain) { return dispatch(plain, card); });
}

}  // namespace gpsh::virtualcard
