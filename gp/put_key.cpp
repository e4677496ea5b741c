// SPDX-License-Identifier: Apache-2.0
#include "gp/put_key.h"

#include <string>

#include "gp/crypto.h"
#include "gp/expect_ok.h"
#include "gp/lost_answer.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kName = "PUT KEY";
constexpr std::uint8_t kHighestVersion = 0x7F;
constexpr StatusWord kWrongData{0x6A80};
constexpr StatusWord kWrongLength{0x6700};

Error bad_version(const std::string& what) {
  return Error({.kind = ErrorKind::usage,
                .code = "key-version",
                .message = what + "; key versions are 1 to 127",
                .advice = "give another -keyver or -newkeyver; nothing was sent to the card"});
}

CommandApdu command_of(const PutKeyRequest& request) {
  CommandApdu command{.cla = 0x80,
                      .ins = 0xD8,
                      .p1 = request.replaced_version,
                      .p2 = request.p2,
                      .data = {request.new_version},
                      .le = CommandApdu::kShortMaximum};
  for (const auto& key : request.keys) append(command.data, key.bytes);
  return command;
}

/// Cards differ in whether they want the length before an AES key (GPCS 2.3.1 section 11.8.2.3.2).
void require_accepted(StatusWord sw, const PutKeyRequest& request, const CommandApdu& command) {
  if (sw.ok()) return;
  auto facts = refusal(sw, kName, command).facts();
  if (request.format && (sw == kWrongData || sw == kWrongLength)) {
    const auto other =
        *request.format == KeyFormat::gpshell ? KeyFormat::length_prefixed : KeyFormat::gpshell;
    facts.advice = "the card may want AES keys in the other form: try -keyFormat " +
                   std::string(key_format_name(other)) +
                   "; keys can be replaced only by keys of the same type and length";
  }
  throw Error(std::move(facts));
}

/// What the card has where nobody knows whether it took the keys. A version that keeps its number shows
/// nothing.
std::string what_may_be(const PutKeyRequest& request) {
  const auto version = std::to_string(request.new_version);
  if (request.replaced_version != request.new_version) {
    return "the card may have taken the keys: get_key_information_templates shows whether version " +
           version + " is there";
  }
  if (request.p2 != kSeveralKeysFromFirst) return "version " + version + " may hold the old or the new key";
  return "version " + version +
         " may hold the old or the new keys: try the new ones first, and once only, as a try with the wrong "
         "ones "
         "counts";
}

/// The answer is the version and the check values, without lengths (GPCS 2.3.1 section 11.8.3.1).
void require_confirmed(ByteView answer, const PutKeyRequest& request, const CommandApdu& command) {
  Bytes expected{request.new_version};
  for (std::size_t n = 0; n < request.confirmed; ++n) append(expected, request.keys.at(n).check_value);
  const bool complete = answer.size() >= expected.size();
  if (complete && constant_time_equal(answer.first(expected.size()), expected)) return;
  throw Error(
      {.kind = ErrorKind::card,
       .code = "key-check-value",
       .message = "PUT KEY was accepted, but the card answered " +
                  (answer.empty() ? "nothing" : to_hex(answer)) +
                  " where version and check "
                  "values of the keys sent are " +
                  to_hex(expected),
       .advice = "the card may hold other keys than the ones meant: keep the old key set, and try to open a "
                 "channel with the new one before anything else",
       .exchange =
           Exchange{.command = std::string(kName), .apdu = command.header(), .sw = StatusWord(0x9000)}});
}

}  // namespace

void require_key_versions(const PutKeyRequest& request) {
  if (request.new_version == 0 || request.new_version > kHighestVersion) {
    throw bad_version("new keys cannot get version " + std::to_string(request.new_version));
  }
  if (request.replaced_version > kHighestVersion) {
    throw bad_version("there are no keys of version " + std::to_string(request.replaced_version) +
                      " to replace");
  }
}

void put_key(CardSession& session, const PutKeyRequest& request) {
  require_key_versions(request);
  const auto command = command_of(request);
  const auto response = with_lost_answer_advice(kName, what_may_be(request), [&] {
    return request.framing == Framing::chained ? session.transmit_chained(command, kName)
                                               : session.transmit(command, kName);
  });
  require_accepted(response.sw, request, command);
  require_confirmed(response.data, request, command);
}

}  // namespace gpsh::gp
