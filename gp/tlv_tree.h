// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"

namespace gpsh::gp {

/// A TLV object and, where it is constructed and its value can be read, what is inside.
struct TlvNode {
  std::uint32_t tag = 0;
  std::string_view name{};  ///< what GPCS 2.3.1 and ISO/IEC 7816 call it; empty for others
  Bytes value{};
  std::vector<TlvNode> children{};  ///< empty for a primitive object, and for a value that is no TLV

  friend bool operator==(const TlvNode&, const TlvNode&) = default;
};

/// All objects of `data`, to a depth of 16. Throws Error (card, "bad-tlv" or "short-data") for data that is
/// no sequence of TLV objects; inside an object such data stays a value.
[[nodiscard]] std::vector<TlvNode> parse_tlv_tree(ByteView data);

/// One line an object, two blanks further in at each level: "84 application AID: A000000151000000",
/// "A5 proprietary data". Names of tags depend on where they stand.
[[nodiscard]] std::vector<std::string> tlv_tree_lines(const std::vector<TlvNode>& nodes);

/// The tag as it stands on the wire: "9F7F".
[[nodiscard]] std::string tag_text(std::uint32_t tag);

/// The name of a tag that stands inside `parent` (0: outermost); empty for an unknown one.
[[nodiscard]] std::string_view tag_name(std::uint32_t tag, std::uint32_t parent);

}  // namespace gpsh::gp
