// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/cap_components.h"

#include <map>
#include <utility>

#include "core/error.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kHeader = 1;
constexpr std::uint8_t kApplet = 3;
constexpr std::uint8_t kImport = 4;
constexpr std::uint8_t kAppletFlag = 0x04;

using Components = std::map<std::uint8_t, ByteView>;

/// Nothing when a component comes twice or the Header is not the first.
std::optional<Components> split(ByteView block) {
  ByteReader reader(block, "load file data block");
  Components components;
  if (reader.peek() != kHeader) return std::nullopt;
  while (!reader.empty()) {
    const auto tag = reader.u8();
    const auto size = reader.u16();
    if (!components.emplace(tag, reader.take(size)).second) return std::nullopt;
  }
  return components;
}

std::optional<Aid> read_aid(ByteReader& reader) {
  const auto length = reader.u8();
  auto aid = Aid::from_bytes(reader.take(length));
  if (!aid || !aid->registered_length()) return std::nullopt;
  return aid;
}

std::optional<CapPackage> read_package(ByteReader& reader) {
  const auto minor = reader.u8();
  const auto major = reader.u8();
  auto aid = read_aid(reader);
  if (!aid) return std::nullopt;
  return CapPackage{.aid = *aid, .major = major, .minor = minor};
}

bool read_imports(ByteView component, CapComponents& cap) {
  ByteReader reader(component, "Import component");
  for (auto count = reader.u8(); count > 0; --count) {
    const auto package = read_package(reader);
    if (!package) return false;
    cap.imports.push_back(*package);
  }
  return reader.empty();
}

bool read_applets(ByteView component, CapComponents& cap) {
  ByteReader reader(component, "Applet component");
  for (auto count = reader.u8(); count > 0; --count) {
    const auto aid = read_aid(reader);
    if (!aid) return false;
    cap.applets.push_back(*aid);
    reader.u16();  // where the applet's install method is
  }
  return reader.empty();
}

std::optional<CapComponents> read_components(const Components& components) {
  ByteReader header(components.at(kHeader), "Header component");
  if (!equal(header.take(4), hex("DECAFFED"))) return std::nullopt;
  header.u16();  // the version of the CAP format
  const auto flags = header.u8();
  auto package = read_package(header);
  if (!package) return std::nullopt;
  CapComponents cap{.package = *package};
  const auto imports = components.find(kImport);
  if (imports != components.end() && !read_imports(imports->second, cap)) return std::nullopt;
  const auto applets = components.find(kApplet);
  if (((flags & kAppletFlag) != 0) != (applets != components.end())) return std::nullopt;
  if (applets != components.end() && !read_applets(applets->second, cap)) return std::nullopt;
  return cap;
}

}  // namespace

std::optional<CapComponents> read_cap_components(ByteView block) {
  try {
    const auto components = split(block);
    return components ? read_components(*components) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace gpsh::virtualcard
