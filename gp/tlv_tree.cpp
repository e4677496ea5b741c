// SPDX-License-Identifier: Apache-2.0
#include "gp/tlv_tree.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "core/tlv.h"
#include "gp/card_data.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kWhat = "TLV data";
constexpr int kDeepest = 16;
constexpr std::uint32_t kOid = 0x06;
constexpr std::uint32_t kAnywhere = 0;

struct NamedTag {
  std::uint32_t tag;
  std::uint32_t parent;  ///< kAnywhere: where no row names the place
  std::string_view name;
};

// GPCS 2.3.1 sections 11.1.11, 11.3.3 and 11.4.3, Tables 11-82 and H-1 to H-6; TS 102 226 (FF21).
constexpr std::array kTags = {
    NamedTag{0x06, kAnywhere, "object identifier"},
    NamedTag{0x42, kAnywhere, "issuer identification number"},
    NamedTag{0x45, kAnywhere, "card image number"},
    NamedTag{0x4F, kAnywhere, "AID"},
    NamedTag{0x5F50, kAnywhere, "security domain manager URL"},
    NamedTag{0x61, kAnywhere, "application template"},
    NamedTag{0x66, kAnywhere, "card data"},
    NamedTag{0x67, kAnywhere, "card capability information"},
    NamedTag{0x6F, kAnywhere, "file control information"},
    NamedTag{0x73, kAnywhere, "card recognition data"},
    NamedTag{0x84, kAnywhere, "application AID"},
    NamedTag{0x84, 0xE3, "executable module AID"},
    NamedTag{0xA5, kAnywhere, "proprietary data"},
    NamedTag{0xC0, 0xE0, "key information data"},
    NamedTag{0xC1, kAnywhere, "sequence counter"},
    NamedTag{0xC2, kAnywhere, "confirmation counter"},
    NamedTag{0xC4, 0xE3, "executable load file AID"},
    NamedTag{0xC5, 0xE3, "privileges"},
    NamedTag{0xCC, 0xE3, "associated security domain AID"},
    NamedTag{0xCE, 0xE3, "executable load file version number"},
    NamedTag{0xCF, kAnywhere, "key diversification data"},
    NamedTag{0xCF, 0xE3, "implicit selection parameter"},
    NamedTag{0xD3, kAnywhere, "current security level"},
    NamedTag{0xE0, kAnywhere, "key information template"},
    NamedTag{0xE3, kAnywhere, "registry related data"},
    NamedTag{0x9F65, kAnywhere, "maximum length of command data"},
    NamedTag{0x9F6E, kAnywhere, "application production life cycle data"},
    NamedTag{0x9F70, kAnywhere, "life cycle state"},
    NamedTag{0x9F7F, kAnywhere, "card production life cycle data"},
    NamedTag{0xFF21, kAnywhere, "extended card resources information"},
    NamedTag{0x81, 0xFF21, "number of installed applications"},
    NamedTag{0x82, 0xFF21, "free non-volatile memory"},
    NamedTag{0x83, 0xFF21, "free volatile memory"},
    NamedTag{0x60, 0x73, "card management type and version"},
    NamedTag{0x63, 0x73, "card identification scheme"},
    NamedTag{0x64, 0x73, "secure channel protocol"},
    NamedTag{0x65, 0x73, "card configuration details"},
    NamedTag{0x66, 0x73, "card and chip details"},
    NamedTag{0x67, 0x73, "trust point certificate information"},
    NamedTag{0x68, 0x73, "certificate information"},
    NamedTag{0xA0, 0x67, "secure channel protocol information"},
    NamedTag{0x81, 0x67, "privileges of security domains"},
    NamedTag{0x82, 0x67, "privileges of applications"},
    NamedTag{0x83, 0x67, "load file hash algorithms"},
    NamedTag{0x84, 0x67, "load file encryption"},
    NamedTag{0x85, 0x67, "token cipher suites"},
    NamedTag{0x86, 0x67, "receipt cipher suites"},
    NamedTag{0x87, 0x67, "DAP cipher suites"},
    NamedTag{0x88, 0x67, "key parameter references"},
    NamedTag{0x80, 0xA0, "protocol"},
    NamedTag{0x81, 0xA0, "options i"},
    NamedTag{0x82, 0xA0, "AES keys"},
    NamedTag{0x83, 0xA0, "TLS cipher suites"},
    NamedTag{0x84, 0xA0, "longest pre-shared key"},
};

std::vector<TlvNode> read_level(ByteView data, std::uint32_t parent, int depth) {
  std::vector<TlvNode> nodes;
  for (const auto& object : read_tlvs(data, kWhat)) {
    TlvNode node{.tag = object.tag, .name = tag_name(object.tag, parent), .value = to_bytes(object.value)};
    if (object.constructed() && depth < kDeepest) {
      try {
        node.children = read_level(object.value, object.tag, depth + 1);
      } catch (const Error&) {
        // The tag says constructed, but the card put something else there.
      }
    }
    nodes.push_back(std::move(node));
  }
  return nodes;
}

std::string value_text(const TlvNode& node) {
  if (node.tag == kOid) {
    if (auto text = oid_text(node.value)) return *text;
  }
  return to_hex(node.value);
}

void append_lines(std::vector<std::string>& lines, const std::vector<TlvNode>& nodes, std::size_t depth) {
  for (const auto& node : nodes) {
    auto line = std::string(2 * depth, ' ') + tag_text(node.tag);
    if (!node.name.empty()) line += " " + std::string(node.name);
    if (node.children.empty() && !node.value.empty()) line += ": " + value_text(node);
    lines.push_back(std::move(line));
    append_lines(lines, node.children, depth + 1);
  }
}

}  // namespace

std::string_view tag_name(std::uint32_t tag, std::uint32_t parent) {
  const auto named = [tag](std::uint32_t place) {
    return std::ranges::find_if(
        kTags, [tag, place](const NamedTag& row) { return row.tag == tag && row.parent == place; });
  };
  if (const auto row = named(parent); row != kTags.end()) return row->name;
  const auto row = named(kAnywhere);
  return row == kTags.end() ? std::string_view() : row->name;
}

std::vector<TlvNode> parse_tlv_tree(ByteView data) {
  return read_level(data, kAnywhere, 0);
}

std::string tag_text(std::uint32_t tag) {
  Bytes bytes;
  for (int shift = 24; shift >= 0; shift -= 8) {
    if (tag >> shift != 0) bytes.push_back(static_cast<std::uint8_t>(tag >> shift));
  }
  return bytes.empty() ? "00" : to_hex(bytes);
}

std::vector<std::string> tlv_tree_lines(const std::vector<TlvNode>& nodes) {
  std::vector<std::string> lines;
  append_lines(lines, nodes, 0);
  return lines;
}

}  // namespace gpsh::gp
