// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/bytes.h"

namespace gpsh {

/// One BER-TLV object (ISO/IEC 8825-1, definite lengths). The value is a view into the bytes that were read.
struct Tlv {
  std::uint32_t tag = 0;  ///< as it stands on the wire: 0x6F, 0x9F70, 0x5F2D01
  ByteView value;
  ByteView whole;  ///< tag, length and value
  [[nodiscard]] bool constructed() const;
};

/// Reads one object off the reader; tags up to 4 bytes, lengths up to 3 bytes. Throws Error (card) that says
/// what is wrong and where.
[[nodiscard]] Tlv read_tlv(ByteReader& reader);

/// All objects of `bytes`, one level deep. 00 and FF between objects are padding (ISO/IEC 7816-4, 5.2.2.1);
/// but one FF alone before another byte starts a tag, as in FF21 (GPCS 2.3.1 section 11.3).
[[nodiscard]] std::vector<Tlv> read_tlvs(ByteView bytes, std::string_view what);

/// The first object with this tag.
[[nodiscard]] std::optional<Tlv> find_tlv(const std::vector<Tlv>& objects, std::uint32_t tag);

/// Follows a path of tags, one level each, e.g. {0x6F, 0xA5, 0x73}. Unreadable bytes throw.
[[nodiscard]] std::optional<Tlv> find_path(ByteView bytes, std::initializer_list<std::uint32_t> path,
                                           std::string_view what);

void append_length(Bytes& to, std::size_t length);
void append_tlv(Bytes& to, std::uint32_t tag, ByteView value);
[[nodiscard]] Bytes make_tlv(std::uint32_t tag, ByteView value);

}  // namespace gpsh
