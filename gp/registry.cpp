// SPDX-License-Identifier: Apache-2.0
#include "gp/registry.h"

#include <string>
#include <utility>

#include "core/error.h"
#include "core/tlv.h"
#include "gp/expect_ok.h"
#include "gp/privileges.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kName = "GET STATUS";
constexpr std::string_view kWhat = "GET STATUS response";
constexpr StatusWord kMoreData{0x6310};
constexpr StatusWord kNothingFound{0x6A88};
constexpr std::uint8_t kNextOccurrence = 0x01;
constexpr std::uint32_t kEntry = 0xE3;
constexpr std::uint8_t kLoadFilesAndModules = 0x10;
constexpr int kMaxPages = 4096;
constexpr std::size_t kMaxListingBytes = 1 << 20;

Error unreadable(std::string why) {
  return Error({.kind = ErrorKind::card,
                .code = "bad-response",
                .message = "the answer to GET STATUS cannot be read: " + std::move(why)});
}

ListingFormat format_of(const GetStatusRequest& request) {
  return request.mode == CardMode::open_platform_201 ? ListingFormat::aid_state : request.format;
}

/// One byte stands for the first of three (GPCS 2.3.1 section 11.1.2).
std::uint32_t read_privileges(ByteView value) {
  if (value.size() == 1) return static_cast<std::uint32_t>(value.front()) << 16;
  if (value.size() != 3) throw unreadable("privileges of " + std::to_string(value.size()) + " bytes");
  ByteReader reader(value, kWhat);
  const std::uint32_t high = reader.u16();
  return high << 8 | reader.u8();
}

RegistryEntry read_template(ByteView value) {
  RegistryEntry entry;
  for (const auto& object : read_tlvs(value, kWhat)) {
    switch (object.tag) {
      case 0x4F: entry.aid = to_bytes(object.value); break;
      case 0x9F70: entry.life_cycle = ByteReader(object.value, kWhat).u8(); break;
      case 0xC5: entry.privileges = read_privileges(object.value); break;
      case 0xCE: entry.version = to_bytes(object.value); break;
      case 0x84: entry.modules.push_back(to_bytes(object.value)); break;
      case 0xCC: entry.security_domain = to_bytes(object.value); break;
      default: break;
    }
  }
  return entry;
}

std::vector<RegistryEntry> read_templates(ByteView data) {
  std::vector<RegistryEntry> entries;
  const auto objects = read_tlvs(data, kWhat);
  for (const auto& object : objects) {
    if (object.tag == kEntry) entries.push_back(read_template(object.value));
  }
  if (entries.empty() && !objects.empty()) throw unreadable("there is no tag E3");
  return entries;
}

Bytes read_aid(ByteReader& reader) {
  return to_bytes(reader.take(reader.u8()));
}

RegistryEntry read_plain_entry(ByteReader& reader, std::uint8_t element) {
  RegistryEntry entry;
  entry.aid = read_aid(reader);
  entry.life_cycle = reader.u8();
  entry.privileges = static_cast<std::uint32_t>(reader.u8()) << 16;
  if (element == kLoadFilesAndModules) {
    for (auto count = reader.u8(); count > 0; --count) entry.modules.push_back(read_aid(reader));
  }
  return entry;
}

std::vector<RegistryEntry> read_plain_entries(ByteView data, std::uint8_t element) {
  std::vector<RegistryEntry> entries;
  ByteReader reader(data, kWhat);
  while (!reader.empty()) entries.push_back(read_plain_entry(reader, element));
  return entries;
}

void require_bounded(int page, std::size_t bytes) {
  if (page < kMaxPages && bytes <= kMaxListingBytes) return;
  throw unreadable("the card continues the listing without end");
}

/// All pages, joined: an entry may be cut between two.
std::optional<Bytes> read_pages(CardSession& session, const GetStatusRequest& request) {
  CommandApdu command{.cla = 0x80,
                      .ins = 0xF2,
                      .p1 = request.element,
                      .p2 = static_cast<std::uint8_t>(format_of(request)),
                      .data = {0x4F, 0x00},
                      .le = CommandApdu::kShortMaximum};
  Bytes listing;
  for (int page = 0;; ++page) {
    require_bounded(page, listing.size());
    const auto response = session.transmit(command, kName);
    if (response.sw == kNothingFound) return page == 0 ? std::nullopt : std::optional(std::move(listing));
    if (response.sw != kMoreData) expect_ok(response, kName, command);
    append(listing, response.data);
    if (response.sw != kMoreData) return listing;
    command.p2 = static_cast<std::uint8_t>(command.p2 | kNextOccurrence);
  }
}

}  // namespace

std::vector<RegistryEntry> parse_registry(ByteView data, const GetStatusRequest& request) {
  const bool tagged = format_of(request) == ListingFormat::tlv;
  try {
    return tagged ? read_templates(data) : read_plain_entries(data, request.element);
  } catch (const Error& error) {
    auto facts = error.code() == "bad-response" ? error.facts() : unreadable(error.facts().message).facts();
    if (tagged && data.front() != kEntry) {
      facts.advice =
          "it does not begin with tag E3: an older card may know no tags, try get_status -format 0";
    }
    throw Error(std::move(facts));
  }
}

std::vector<RegistryEntry> get_status(CardSession& session, const GetStatusRequest& request) {
  const auto listing = read_pages(session, request);
  if (listing) return parse_registry(*listing, request);
  session.observer().remark({.severity = Severity::note,
                             .code = "empty-listing",
                             .text = "the card has no entry of this kind (6A88)"});
  return {};
}

LifeCycleKind life_cycle_kind(const RegistryEntry& entry, std::uint8_t element) {
  switch (element) {
    case 0x80: return LifeCycleKind::card;
    case 0x40: return LifeCycleKind::application;
    case 0x20:
    case 0x10: return LifeCycleKind::load_file;
    default: break;
  }
  // The issuer security domain is the one that may lock the card; 01 is no state of an application.
  constexpr auto kIssuer = kSecurityDomainPrivilege | kCardLockPrivilege;
  if ((entry.privileges.value_or(0) & kIssuer) == kIssuer) return LifeCycleKind::card;
  return entry.life_cycle == 0x01 ? LifeCycleKind::load_file : LifeCycleKind::application;
}

}  // namespace gpsh::gp
