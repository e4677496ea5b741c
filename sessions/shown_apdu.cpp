// SPDX-License-Identifier: Apache-2.0
#include "sessions/shown_apdu.h"

#include <algorithm>

#include "sessions/apdu_words.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kHeaderBytes = 4;
constexpr std::size_t kStatusWordBytes = 2;
constexpr std::size_t kShortLength = 1;
constexpr std::size_t kExtendedLength = 3;

ShownApdu without(ByteView apdu, std::size_t start, std::size_t count) {
  return {
      .bytes = to_bytes(apdu.first(start)), .hidden = count, .rest = to_bytes(apdu.subspan(start + count))};
}

}  // namespace

ShownApdu shown_command(ByteView apdu, ValueDisplay display) {
  if (display == ValueDisplay::shown) return {.bytes = to_bytes(apdu)};
  const auto command = command_in(apdu);
  if (!command) {
    const auto start = std::min(apdu.size(), kHeaderBytes);
    return without(apdu, start, apdu.size() - start);
  }
  if (command->data.empty()) return {.bytes = to_bytes(apdu)};
  // The extended form begins its length with 00 (ISO/IEC 7816-3 section 12.1.3).
  const auto length = apdu[kHeaderBytes] == 0 ? kExtendedLength : kShortLength;
  return without(apdu, kHeaderBytes + length, command->data.size());
}

ShownApdu shown_response(ByteView response, ValueDisplay display) {
  if (display == ValueDisplay::shown || response.size() <= kStatusWordBytes) {
    return {.bytes = to_bytes(response)};
  }
  return without(response, 0, response.size() - kStatusWordBytes);
}

}  // namespace gpsh::sessions
