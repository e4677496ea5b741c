// SPDX-License-Identifier: Apache-2.0
#include "interpreter/consequence.h"

#include <fmt/format.h>

#include "core/apdu.h"
#include "core/error.h"
#include "gp/package_installation.h"
#include "interpreter/cap_source.h"

namespace gpsh::interpreter {
namespace {

using Answer = std::optional<std::string>;

Answer of(const auto&, const IsOnCard&) {
  return std::nullopt;
}

Answer of(const Delete& command, const IsOnCard&) {
  if (!command.aid) return std::nullopt;
  return fmt::format("this deletes {}, with its data, and if it is a load file all that came from it",
                     command.aid->text());
}

Answer of(const DeleteKey& command, const IsOnCard&) {
  const auto version = command.key_version.value;
  if (version == 0) return "this deletes keys of every version; without a key set the card opens no channel";
  return fmt::format("this deletes {} of version {}; without a key set the card opens no channel",
                     command.key_index ? fmt::format("key {}", command.key_index->value) : "the keys",
                     version);
}

/// PUT KEY with version 0 adds a key set (GPCS 2.3.1 section 11.8.2.1).
std::string put_keys(unsigned replaced, unsigned version) {
  if (replaced == 0) {
    return fmt::format(
        "this puts new keys on the card as version {}; on some cards they end the factory keys", version);
  }
  return fmt::format("this replaces the keys of version {}; the old ones will open no channel any more",
                     replaced);
}

Answer of(const PutScKey& command, const IsOnCard&) {
  return put_keys(command.key_version.value, command.new_key_version.value);
}
Answer of(const PutDmTokenKeys& command, const IsOnCard&) {
  return put_keys(command.key_version.value, command.new_key_version.value);
}
Answer of(const PutDmReceiptKeys& command, const IsOnCard&) {
  return put_keys(command.key_version.value, command.new_key_version.value);
}
Answer of(const PutDmKeys& command, const IsOnCard&) {
  return put_keys(command.key_version.value, command.new_key_version.value);
}

Answer over(const Aid& aid) {
  return fmt::format("{} is on the card already, and this installs over it", aid.text());
}

Answer of(const Install& command, const IsOnCard& is_on_card) {
  // A file that cannot be used is for the run to report; it installs nothing.
  try {
    const auto plan = gp::plan_installation(
        read_cap_file(command.file),
        {.package = command.package_aid, .module = command.aid, .instance = command.instance_aid});
    if (is_on_card(plan.package)) return over(plan.package);
    for (const auto& applet : plan.instances) {
      if (is_on_card(applet.instance)) return over(applet.instance);
    }
  } catch (const Error&) {
    return std::nullopt;
  }
  return std::nullopt;
}

Answer of(const InstallForLoad& command, const IsOnCard& is_on_card) {
  if (!command.package_aid || !is_on_card(*command.package_aid)) return std::nullopt;
  return over(*command.package_aid);
}

Answer of(const InstallForInstall& command, const IsOnCard& is_on_card) {
  if (!command.instance_aid || !is_on_card(*command.instance_aid)) return std::nullopt;
  return over(*command.instance_aid);
}

/// SET STATUS (GPCS 2.3.1 section 11.10.2; life cycle states in Tables 11-5 and 11-6).
Answer of_set_status(const CommandApdu& apdu) {
  constexpr std::uint8_t kIssuerDomain = 0x80;
  constexpr std::uint8_t kCardLocked = 0x7F;
  constexpr std::uint8_t kTerminated = 0xFF;
  constexpr std::uint8_t kLockedBit = 0x80;
  if (apdu.p1 == kIssuerDomain) {
    if (apdu.p2 == kTerminated) return "this terminates the card: it can never be used again";
    if (apdu.p2 == kCardLocked) return "this locks the card: only its issuer security domain answers then";
    return "this changes the life cycle of the card; it cannot go back to an earlier state";
  }
  if ((apdu.p2 & kLockedBit) != 0) return "this locks an application or security domain";
  return std::nullopt;
}

Answer of(const RawApdu& raw) {
  constexpr std::uint8_t kProprietaryClass = 0x80;
  // Bytes that are no APDU, or none of GlobalPlatform, are beyond what can be told.
  try {
    const auto apdu = CommandApdu::parse(raw.apdu.bytes);
    if ((apdu.cla & kProprietaryClass) == 0) return std::nullopt;
    switch (apdu.ins) {
      case 0xF0: return of_set_status(apdu);
      case 0xE4: return "this APDU is DELETE: what it names is gone afterwards";
      case 0xD8: return "this APDU is PUT KEY: the keys that it replaces will open no channel any more";
      default: return std::nullopt;
    }
  } catch (const Error&) {
    return std::nullopt;
  }
}

Answer of(const SendApdu& command, const IsOnCard&) {
  return of(command.raw);
}
Answer of(const SendApduNostop& command, const IsOnCard&) {
  return of(command.raw);
}

}  // namespace

std::optional<std::string> consequence(const Command& command, const IsOnCard& is_on_card) {
  return std::visit([&](const auto& each) { return of(each, is_on_card); }, command);
}

}  // namespace gpsh::interpreter
