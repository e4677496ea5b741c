// SPDX-License-Identifier: Apache-2.0
#include "gp/card_resources.h"

#include <string>

#include "core/error.h"
#include "core/tlv.h"
#include "gp/expect_ok.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kName = "GET DATA";
constexpr std::string_view kWhat = "extended card resources information";
constexpr std::uint32_t kResourcesTag = 0xFF21;
constexpr std::size_t kMaxNumberBytes = 4;

Error unreadable(const std::string& why) {
  return Error({.kind = ErrorKind::card,
                .code = "bad-response",
                .message = "the extended card resources information cannot be read: " + why});
}

std::optional<std::uint32_t> number(const std::vector<Tlv>& objects, std::uint32_t tag) {
  const auto object = find_tlv(objects, tag);
  if (!object || object->value.empty() || object->value.size() > kMaxNumberBytes) return std::nullopt;
  std::uint32_t value = 0;
  for (const auto byte : object->value) value = value << 8 | byte;
  return value;
}

}  // namespace

CardResources parse_card_resources(ByteView data) {
  try {
    const auto outer = find_tlv(read_tlvs(data, kWhat), kResourcesTag);
    const auto objects = read_tlvs(outer ? outer->value : data, kWhat);
    if (objects.empty()) throw unreadable("there is nothing in it");
    return {.applications = number(objects, 0x81),
            .non_volatile_bytes = number(objects, 0x82),
            .volatile_bytes = number(objects, 0x83)};
  } catch (const Error& error) {
    if (error.code() == "bad-response") throw;
    throw unreadable(error.facts().message);
  }
}

CardResources read_card_resources(CardSession& session) {
  const CommandApdu command{
      .cla = 0x80, .ins = 0xCA, .p1 = 0xFF, .p2 = 0x21, .data = {}, .le = CommandApdu::kShortMaximum};
  const auto response = session.wire() == Wire::gpshell ? session.transmit_plain(command, kName)
                                                        : session.transmit(command, kName);
  expect_ok(response, kName, command);
  return parse_card_resources(response.data);
}

}  // namespace gpsh::gp
