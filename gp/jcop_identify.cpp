// SPDX-License-Identifier: Apache-2.0
#include "gp/jcop_identify.h"

namespace gpsh::gp {
namespace {

constexpr std::size_t kFusedOffset = 14;
constexpr std::size_t kStatusWordBytes = 2;

}  // namespace

bool is_jcop_identify(ByteView command) {
  static const Bytes identify = hex("00A4040009A000000167413000FF");
  const bool longer_by_le = command.size() == identify.size() + 1;
  return equal(longer_by_le ? command.first(identify.size()) : command, identify);
}

std::string explain_jcop_identify(ByteView response) {
  const auto data =
      response.size() < kStatusWordBytes ? ByteView{} : response.first(response.size() - kStatusWordBytes);
  if (data.empty())
    return "JCOP IDENTIFY: no data, so nothing is known of this card; it may not be a JCOP card";
  if (data.size() <= kFusedOffset) {
    return "JCOP IDENTIFY: only " + std::to_string(data.size()) +
           " bytes of data; whether the card is fused (byte 15) is unknown";
  }
  switch (data[kFusedOffset]) {
    case 0x00:
      return "JCOP IDENTIFY: the card is not fused (byte 15 is 00): it still waits for its transport key and "
             "initialisation, and has no usable security domain";
    case 0x01:
      return "JCOP IDENTIFY: the card is fused (byte 15 is 01); its GlobalPlatform life cycle is another "
             "matter, "
             "see get_status -element 80";
    default:
      return "JCOP IDENTIFY: byte 15 is " + to_hex(data[kFusedOffset]) +
             ", so whether the card is fused is unknown";
  }
}

}  // namespace gpsh::gp
