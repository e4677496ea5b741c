// SPDX-License-Identifier: Apache-2.0
#include "interpreter/card_data_listing.h"

#include <fmt/format.h>

namespace gpsh::interpreter {
namespace {

constexpr std::string_view kRule = "--";

struct KeyColumns {
  std::string id;
  std::string version;
  std::string type;
  std::string length;
  std::string usage;
  std::string access;
};

std::string key_row(const KeyColumns& c) {
  return fmt::format("{:<3} | {:<7} | {:<6} | {:<6} | {:<5} | {:<6} ", c.id, c.version, c.type, c.length,
                     c.usage, c.access);
}

std::string key_rule() {
  const std::string rule(kRule);
  return key_row({rule, rule, rule, rule, rule, rule});
}

/// Usage is a number of two bytes of which the second may be left out (GPCS 2.3.1 Table 11-18): a single byte
/// stands in the high place.
std::uint32_t usage_number(const std::optional<Bytes>& usage) {
  if (!usage || usage->empty()) return 0;
  const std::uint32_t low = usage->size() > 1 ? usage->at(1) : 0;
  return static_cast<std::uint32_t>(usage->front()) << 8 | low;
}

std::uint32_t access_number(const std::optional<Bytes>& access) {
  return access && !access->empty() ? access->front() : 0;
}

std::string resources_row(std::string_view applications, std::string_view non_volatile,
                          std::string_view transient) {
  return fmt::format("{:<16} | {:<26} | {:<22} ", applications, non_volatile, transient);
}

std::string number(const std::optional<std::uint32_t>& value) {
  return std::to_string(value.value_or(0));
}

}  // namespace

std::vector<std::string> key_listing(const std::vector<gp::KeyInformation>& keys) {
  std::vector<std::string> lines{key_row({"ID", "Version", "Type", "Length", "Usage", "Access"})};
  for (const auto& key : keys) {
    for (const auto& component : key.components) {
      lines.push_back(key_rule());
      lines.push_back(key_row({.id = std::to_string(key.identifier),
                               .version = std::to_string(key.version),
                               .type = fmt::format("{:02x}", component.type),
                               .length = std::to_string(component.length),
                               .usage = fmt::format("{:02x}", usage_number(key.usage)),
                               .access = fmt::format("{:02x}", access_number(key.access))}));
    }
  }
  return lines;
}

std::vector<std::string> resources_listing(const gp::CardResources& resources) {
  return {resources_row("Num Applications", "Free non-volatile mem (B)", "Free volatile mem (B)"),
          resources_row(kRule, kRule, kRule),
          resources_row(number(resources.applications), number(resources.non_volatile_bytes),
                        number(resources.volatile_bytes))};
}

}  // namespace gpsh::interpreter
