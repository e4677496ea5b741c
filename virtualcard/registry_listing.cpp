// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/registry_listing.h"

#include <algorithm>
#include <utility>

#include "core/tlv.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kIssuerSecurityDomain = 0x80;
constexpr std::uint8_t kApplications = 0x40;
constexpr std::uint8_t kLoadFiles = 0x20;
constexpr std::uint8_t kLoadFilesAndModules = 0x10;

constexpr std::uint32_t kAidTag = 0x4F;
constexpr std::uint32_t kLifeCycleTag = 0x9F70;
constexpr std::uint32_t kPrivilegesTag = 0xC5;
constexpr std::uint32_t kImplicitSelectionTag = 0xCF;
constexpr std::uint32_t kLoadFileTag = 0xC4;
constexpr std::uint32_t kSecurityDomainTag = 0xCC;
constexpr std::uint32_t kVersionTag = 0xCE;
constexpr std::uint32_t kModuleTag = 0x84;
constexpr std::uint32_t kEntryTag = 0xE3;

struct Field {
  std::uint32_t tag = 0;
  Bytes value;
};

struct Entry {
  Aid aid;
  std::uint8_t life_cycle = 0;
  Bytes privileges{};  ///< 3 bytes; empty for a load file
  std::vector<Field> more{};
  std::vector<Aid> modules{};
};

/// GPCS 2.3.1 Tables 11-36 and 11-37; GP 2.1.1 Table 9-23 has one byte of privileges.
Bytes encode_template(const Entry& entry, const RegistryQuery& query, CardSpecification specification) {
  std::vector<Field> fields{{kAidTag, to_bytes(entry.aid.bytes())}, {kLifeCycleTag, {entry.life_cycle}}};
  if (!entry.privileges.empty()) {
    auto privileges = entry.privileges;
    if (specification == CardSpecification::gp_2_1_1) privileges.resize(1);
    fields.push_back({kPrivilegesTag, privileges});
  }
  if (specification != CardSpecification::gp_2_1_1) {
    fields.insert(fields.end(), entry.more.begin(), entry.more.end());
  }
  for (const auto& module : entry.modules) fields.push_back({kModuleTag, to_bytes(module.bytes())});
  Bytes inside;
  for (const auto& [tag, value] : fields) {
    const bool wanted = query.tags.empty() || std::ranges::find(query.tags, tag) != query.tags.end();
    if (wanted) append_tlv(inside, tag, value);
  }
  return make_tlv(kEntryTag, inside);
}

void append_with_length(Bytes& to, ByteView value) {
  to.push_back(static_cast<std::uint8_t>(value.size()));
  append(to, value);
}

/// GP 2.1.1 Tables 9-22 and 9-24.
Bytes encode_fixed(const Entry& entry, const RegistryQuery& query) {
  Bytes bytes;
  append_with_length(bytes, entry.aid.bytes());
  append(bytes, {entry.life_cycle, entry.privileges.empty() ? std::uint8_t{0x00} : entry.privileges.front()});
  if (!entry.privileges.empty() || (query.elements & kLoadFilesAndModules) == 0) return bytes;
  bytes.push_back(static_cast<std::uint8_t>(entry.modules.size()));
  for (const auto& module : entry.modules) append_with_length(bytes, module.bytes());
  return bytes;
}

Entry domain_entry(const IssuerSecurityDomain& domain) {
  Entry entry{.aid = domain.aid,
              .life_cycle = static_cast<std::uint8_t>(domain.life_cycle),
              .privileges = domain.privileges.bytes()};
  if (domain.load_file) entry.more.push_back({kLoadFileTag, to_bytes(domain.load_file->bytes())});
  entry.more.push_back({kSecurityDomainTag, to_bytes(domain.aid.bytes())});
  return entry;
}

Entry application_entry(const Application& application, const CardState& card) {
  Entry entry{.aid = application.aid,
              .life_cycle = application.life_cycle,
              .privileges = application.privileges.bytes()};
  for (const auto parameter : application.implicit_selection) {
    entry.more.push_back({kImplicitSelectionTag, {parameter}});
  }
  entry.more.push_back({kLoadFileTag, to_bytes(application.load_file.bytes())});
  entry.more.push_back({kSecurityDomainTag, to_bytes(card.domain_of_entry(application).bytes())});
  return entry;
}

Entry load_file_entry(const LoadFile& file, const CardState& card, std::uint8_t elements) {
  Entry entry{.aid = file.aid, .life_cycle = file.life_cycle};
  if (!file.version.empty()) entry.more.push_back({kVersionTag, file.version});
  entry.more.push_back({kSecurityDomainTag, to_bytes(card.domain_of_entry(file).bytes())});
  if ((elements & kLoadFilesAndModules) != 0) entry.modules = file.modules;
  return entry;
}

/// What `viewer` may see: all with the Global Registry privilege, else what is associated with it.
std::vector<Entry> all_entries(const CardState& card, std::uint8_t elements, const Aid& viewer) {
  std::vector<Entry> entries;
  const bool all = card.privileges_of(viewer).has(Privilege::global_registry);
  const auto visible = [&](const Aid& aid) { return all || card.is_associated(aid, viewer); };
  const auto& domain = card.issuer_security_domain;
  if ((elements & kIssuerSecurityDomain) != 0 && visible(domain.aid)) entries.push_back(domain_entry(domain));
  if ((elements & kApplications) != 0) {
    for (const auto& application : card.applications) {
      if (visible(application.aid)) entries.push_back(application_entry(application, card));
    }
  }
  if ((elements & (kLoadFiles | kLoadFilesAndModules)) != 0) {
    for (const auto& file : card.load_files) {
      if (visible(file.aid)) entries.push_back(load_file_entry(file, card, elements));
    }
  }
  return entries;
}

}  // namespace

RegistryListing::RegistryListing(RegistryQuery query, const Profile& profile, const Aid& viewer)
    : query_(std::move(query)) {
  for (const auto& entry : all_entries(profile.card, query_.elements, viewer)) {
    if (!matches_partially(entry.aid, query_.aid)) continue;
    entries_.push_back(query_.tlv ? encode_template(entry, query_, profile.specification)
                                  : encode_fixed(entry, query_));
  }
}

ResponseApdu RegistryListing::next(std::size_t limit) {
  if (entries_.empty()) return answer(kReferencedDataNotFound);
  Bytes data;
  while (!entries_.empty() && data.size() + entries_.front().size() <= limit) {
    append(data, entries_.front());
    entries_.pop_front();
  }
  if (data.empty()) {
    auto& entry = entries_.front();
    const auto cut = entry.begin() + static_cast<std::ptrdiff_t>(limit);
    data.assign(entry.begin(), cut);
    entry.erase(entry.begin(), cut);
  }
  return {.data = data, .sw = entries_.empty() ? kSuccess : kMoreDataAvailable};
}

}  // namespace gpsh::virtualcard
