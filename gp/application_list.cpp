// SPDX-License-Identifier: Apache-2.0
#include "gp/application_list.h"

#include "core/error.h"
#include "core/tlv.h"

namespace gpsh::gp {

std::vector<Bytes> parse_application_list(ByteView data) {
  constexpr std::string_view kWhat = "list of applications";
  constexpr std::uint32_t kApplicationTag = 0x61;
  constexpr std::uint32_t kAidTag = 0x4F;
  try {
    std::vector<Bytes> aids;
    for (const auto& application : read_tlvs(data, kWhat)) {
      if (application.tag != kApplicationTag) continue;
      if (const auto aid = find_tlv(read_tlvs(application.value, kWhat), kAidTag)) {
        aids.push_back(to_bytes(aid->value));
      }
    }
    return aids;
  } catch (const Error& error) {
    throw Error({.kind = ErrorKind::card,
                 .code = "bad-response",
                 .message = "the list of applications cannot be read: " + error.facts().message});
  }
}

}  // namespace gpsh::gp
