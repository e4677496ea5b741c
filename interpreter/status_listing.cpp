// SPDX-License-Identifier: Apache-2.0
#include "interpreter/status_listing.h"

#include <fmt/format.h>

#include "gp/life_cycle.h"
#include "gp/privileges.h"

namespace gpsh::interpreter {
namespace {

constexpr std::uint8_t kLoadFilesAndModules = 0x10;
constexpr std::string_view kRule = "--";

struct Columns {
  std::string_view aid;
  std::string_view state{};
  std::string_view third{};
  std::string_view fourth{};
  std::string_view fifth{};
};

std::string module_row(const Columns& c) {
  return fmt::format("{:<32} | {:<12} | {:<7} | {:<32} | {:<32}", c.aid, c.state, c.third, c.fourth, c.fifth);
}
std::string application_row(const Columns& c) {
  return fmt::format("{:<32} | {:<12} | {:<30} | {:<7} | {:<32}", c.aid, c.state, c.third, c.fourth, c.fifth);
}
std::string old_row(const Columns& c) {
  return fmt::format("{:<32} | {:<12} | {:<30}", c.aid, c.state, c.third);
}

/// Two bytes, as GPShell shows them: a longer version is cut, a shorter one right-aligned, none is 0000.
std::string version_text(const gp::RegistryEntry& entry) {
  auto bytes = entry.version.value_or(Bytes{});
  if (bytes.size() > 2) bytes.resize(2);
  while (bytes.size() < 2) bytes.insert(bytes.begin(), 0x00);
  return to_lower_hex(bytes);
}

struct EntryText {
  std::string aid;
  std::string state;
  std::string version;
  std::string security_domain;
};

EntryText text_of(const gp::RegistryEntry& entry, std::uint8_t element) {
  return {.aid = to_lower_hex(entry.aid),
          .state = entry.life_cycle
                       ? gp::life_cycle_text(gp::life_cycle_kind(entry, element), *entry.life_cycle)
                       : "",
          .version = version_text(entry),
          .security_domain = to_lower_hex(entry.security_domain.value_or(Bytes{}))};
}

std::vector<std::string_view> privileges_of(const gp::RegistryEntry& entry) {
  return entry.privileges ? gp::privilege_names(*entry.privileges) : std::vector<std::string_view>{};
}

std::vector<std::string> old_listing(const std::vector<gp::RegistryEntry>& entries, std::uint8_t element) {
  std::vector<std::string> lines{old_row({"AID", "State", "Privileges"})};
  for (const auto& entry : entries) {
    const auto text = text_of(entry, element);
    lines.push_back(old_row({kRule, kRule, kRule}));
    lines.push_back(old_row({text.aid, text.state}));
    for (const auto name : privileges_of(entry)) lines.push_back(old_row({"", "", name}));
  }
  return lines;
}

std::vector<std::string> module_listing(const std::vector<gp::RegistryEntry>& entries) {
  std::vector<std::string> lines{
      module_row({"Load File AID", "State", "Version", "Module AID", "Linked Security Domain"})};
  for (const auto& entry : entries) {
    const auto text = text_of(entry, kLoadFilesAndModules);
    lines.push_back(module_row({kRule, kRule, kRule, kRule, kRule}));
    lines.push_back(module_row({text.aid, text.state, text.version, "", text.security_domain}));
    for (const auto& module_aid : entry.modules) {
      const auto aid = to_lower_hex(module_aid);
      lines.push_back(module_row({"", "", "", aid}));
    }
  }
  return lines;
}

std::vector<std::string> application_listing(const std::vector<gp::RegistryEntry>& entries,
                                             std::uint8_t element) {
  std::vector<std::string> lines{
      application_row({"AID", "State", "Privileges", "Version", "Linked Security Domain"})};
  for (const auto& entry : entries) {
    const auto text = text_of(entry, element);
    lines.push_back(application_row({kRule, kRule, kRule, kRule, kRule}));
    lines.push_back(application_row({text.aid, text.state, "", text.version, text.security_domain}));
    for (const auto name : privileges_of(entry)) lines.push_back(application_row({"", "", name}));
  }
  return lines;
}

}  // namespace

std::vector<std::string> status_listing(const std::vector<gp::RegistryEntry>& entries, std::uint8_t element,
                                        gp::CardMode mode) {
  if (mode == gp::CardMode::open_platform_201) return old_listing(entries, element);
  if (element == kLoadFilesAndModules) return module_listing(entries);
  return application_listing(entries, element);
}

}  // namespace gpsh::interpreter
