// SPDX-License-Identifier: Apache-2.0
// Any bytes as TLV objects: each lies within the input, written again it is read again, and as a tree every
// object has one line.
#include <cstdlib>

#include "core/error.h"
#include "core/tlv.h"
#include "gp/tlv_tree.h"

namespace {

using namespace gpsh;

void require(bool condition) {
  if (!condition) std::abort();
}

void read_flat(ByteView input) {
  std::size_t bytes = 0;
  for (const auto& object : read_tlvs(input, "fuzz input")) {
    bytes += object.whole.size();
    require(equal(object.whole.last(object.value.size()), object.value));
    const auto shortest = make_tlv(object.tag, object.value);
    require(shortest.size() <= object.whole.size());
    ByteReader reader(shortest, "written again");
    const auto again = read_tlv(reader);
    require(reader.empty() && again.tag == object.tag && equal(again.value, object.value));
  }
  require(bytes <= input.size());
  static_cast<void>(find_path(input, {0x6F, 0xA5, 0x73}, "fuzz input"));
  static_cast<void>(find_path(input, {0x66, 0x73}, "fuzz input"));
}

std::size_t count(const std::vector<gp::TlvNode>& nodes) {
  auto all = nodes.size();
  for (const auto& node : nodes) all += count(node.children);
  return all;
}

void read_tree(ByteView input) {
  const auto nodes = gp::parse_tlv_tree(input);
  const auto lines = gp::tlv_tree_lines(nodes);
  require(lines.size() == count(nodes));
  for (const auto& line : lines) require(!line.empty() && line.find('\n') == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  for (const auto read : {read_flat, read_tree}) {
    try {
      read(input);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::card) std::abort();
    }
  }
  return 0;
}
