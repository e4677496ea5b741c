// SPDX-License-Identifier: Apache-2.0
#include "gp/confirmation.h"

#include <string>

#include "core/error.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kWhat = "confirmation";

/// '00' to '7F', or '81 80' to '81 FF' (Table 11-13).
Bytes read_receipt(ByteReader& reader) {
  auto length = reader.u8();
  if (length == 0x81) length = reader.u8();
  return to_bytes(reader.take(length));
}

Bytes read_short(ByteReader& reader) {
  return to_bytes(reader.take(reader.u8()));
}

Confirmation read_fields(ByteView data) {
  ByteReader reader(data, kWhat);
  Confirmation confirmation{.receipt = read_receipt(reader)};
  confirmation.counter = read_short(reader);
  confirmation.domain_data = read_short(reader);
  if (!reader.empty()) confirmation.token_id = read_short(reader);
  if (!reader.empty()) confirmation.token_digest = read_short(reader);
  if (reader.empty()) return confirmation;
  throw Error({.kind = ErrorKind::card,
               .code = "bad-response",
               .message = "a confirmation has " + std::to_string(reader.remaining()) + " bytes too many"});
}

/// What stands after the outer length, where the first bytes are one.
std::optional<ByteView> without_length(ByteView data) {
  if (data[0] == data.size() - 1) return data.subspan(1);
  if (data.size() > 2 && data[0] == 0x81 && data[1] == data.size() - 2) return data.subspan(2);
  return std::nullopt;
}

}  // namespace

std::optional<Confirmation> parse_confirmation(ByteView data) {
  if (data.empty() || data.front() == 0x00) return std::nullopt;
  return read_fields(without_length(data).value_or(data));
}

std::optional<Confirmation> read_confirmation(const ResponseApdu& response, std::string_view command,
                                              Observer& observer) {
  try {
    return parse_confirmation(response.data);
  } catch (const Error& error) {
    observer.remark({.severity = Severity::warning,
                     .code = "confirmation-unreadable",
                     .text = "the card has done what " + std::string(command) +
                             " told it, but its confirmation cannot be read: " + error.facts().message,
                     .advice = "the bytes stand in the trace"});
    return std::nullopt;
  }
}

}  // namespace gpsh::gp
