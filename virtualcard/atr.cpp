// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/atr.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>
#include <vector>

#include "core/error.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kTdFollows = 0x08;

struct Layout {
  std::vector<unsigned> protocols;  ///< of the TD bytes, in their order
  std::size_t bytes = 0;            ///< without TCK
};

/// Follows T0 and the TD bytes. Throws Error where the ATR ends too early.
Layout read_layout(ByteView atr) {
  ByteReader reader(atr, "ATR");
  static_cast<void>(reader.u8());  // TS
  const auto t0 = reader.u8();
  Layout layout;
  auto present = static_cast<unsigned>(t0 >> 4);
  while (present != 0) {
    const bool more = (present & kTdFollows) != 0;
    static_cast<void>(reader.take(static_cast<std::size_t>(std::popcount(present & ~unsigned{kTdFollows}))));
    if (!more) break;
    const auto td = reader.u8();
    layout.protocols.push_back(td & 0x0FU);
    present = static_cast<unsigned>(td >> 4);
  }
  static_cast<void>(reader.take(t0 & 0x0FU));  // historical bytes
  layout.bytes = reader.offset();
  return layout;
}

}  // namespace

std::optional<std::string> complaint_about_atr(ByteView atr) {
  try {
    const auto layout = read_layout(atr);
    const bool only_t0 = std::ranges::all_of(layout.protocols, [](unsigned t) { return t == 0; });
    if (atr.size() != layout.bytes + (only_t0 ? 0 : 1))
      return "has a length that its first bytes do not tell";
    const auto sum = std::accumulate(atr.begin() + 1, atr.end(), std::uint8_t{0}, std::bit_xor<>());
    if (!only_t0 && sum != 0) return "has a wrong check byte TCK";
    return std::nullopt;
  } catch (const Error&) {
    return "ends before its interface and historical bytes do";
  }
}

TransmissionProtocol first_protocol(ByteView atr) {
  const auto protocols = read_layout(atr).protocols;
  return protocols.empty() || protocols.front() == 0 ? TransmissionProtocol::t0 : TransmissionProtocol::t1;
}

}  // namespace gpsh::virtualcard
