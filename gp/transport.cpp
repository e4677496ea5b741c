// SPDX-License-Identifier: Apache-2.0
#include "gp/transport.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/error.h"

namespace gpsh::gp {
namespace {

constexpr std::uint8_t kGetResponse = 0xC0;

// INITIALIZE UPDATE, GET DATA (both forms), GET STATUS: a 9000 without data cannot be the whole answer.
constexpr std::array<std::uint8_t, 4> kAlwaysReturnData = {0x50, 0xCA, 0xCB, 0xF2};

// GET CHALLENGE, SELECT, READ BINARY, READ RECORD, GET RESPONSE, GET DATA, GET STATUS: sent twice they do no
// harm. INITIALIZE UPDATE is not among them, as some cards count it.
constexpr std::array<std::uint8_t, 8> kOnlyRead = {0x84, 0xA4, 0xB0, 0xB2, kGetResponse, 0xCA, 0xCB, 0xF2};

bool only_reads(ByteView apdu) {
  return apdu.size() > 1 && std::ranges::find(kOnlyRead, apdu[1]) != kOnlyRead.end();
}

bool more_data(StatusWord sw) {
  return sw.sw1() == 0x61 || sw.sw1() == 0x9F;
}

bool refuses_get_response(StatusWord sw) {
  return sw.value() == 0x6D00 || sw.value() == 0x6E00;
}

bool wrong_le(StatusWord sw) {
  return sw.sw1() == 0x6C;
}

std::uint32_t le_of(StatusWord sw) {
  return sw.sw2() == 0 ? CommandApdu::kShortMaximum : sw.sw2();
}

/// Nothing for bytes that are no command APDU: a script may send those on purpose.
std::optional<CommandApdu> try_parse(ByteView apdu) {
  try {
    return CommandApdu::parse(apdu);
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// The command is not named: who sent it knows its name and completes the exchange.
Error answer_not_fetched(StatusWord accepted, StatusWord refused) {
  return Error({.kind = ErrorKind::card,
                .code = "answer-not-fetched",
                .message = "the card accepted the command (" + accepted.text() +
                           "), but its answer could not be fetched: GET RESPONSE was refused with " +
                           refused.text(),
                .advice = "the card has done the command: look what is on it before sending it again",
                .exchange = Exchange{.command = {}, .apdu = {}, .sw = refused}});
}

}  // namespace

ResponseApdu Transport::transmit(ByteView apdu, ChannelState state) {
  auto response = exchange(apdu);
  if (wrong_le(response.sw)) return with_right_le(apdu, std::move(response), state);
  if (response.sw.sw1() == 0x61) return fetch_answer(apdu, std::move(response));
  if (response.sw.sw1() == 0x9F) return fetch_announced(apdu, std::move(response));
  return fetch_held_back(apdu, std::move(response), state);
}

ResponseApdu Transport::exchange(ByteView apdu) {
  ++cost_.apdus;
  cost_.sent += apdu.size();
  const auto answer = connection_.transmit(apdu);
  cost_.received += answer.size();
  return ResponseApdu::parse(answer);
}

ResponseApdu Transport::with_right_le(ByteView apdu, ResponseApdu response, ChannelState state) {
  auto command = try_parse(apdu);
  if (!command || !command->le) return response;
  // On T=0 the card has not processed the command yet, so even a channel's command is sent again as it is.
  const bool repeatable = protocol() == TransmissionProtocol::t0
                              ? command->data.empty()
                              : state == ChannelState::closed && wire_ == Wire::gpsh && only_reads(apdu);
  if (!repeatable) return response;
  const auto wanted = std::exchange(command->le, le_of(response.sw));
  response = exchange(command->encode());
  if (more_data(response.sw)) response = fetch_answer(apdu, std::move(response));
  if (response.data.size() > *wanted) response.data.resize(*wanted);
  return response;
}

ResponseApdu Transport::get_response(std::uint32_t le) {
  CommandApdu command{.cla = 0x00, .ins = kGetResponse, .le = le};
  auto response = exchange(command.encode());
  if (!wrong_le(response.sw)) return response;
  command.le = le_of(response.sw);
  return exchange(command.encode());
}

ResponseApdu Transport::collect(ResponseApdu response) {
  for (int round = 0; more_data(response.sw); ++round) {
    auto next = get_response(le_of(response.sw));
    append(response.data, next.data);
    response.sw = next.sw;
    if (round == kMaxRounds || response.data.size() > kMaxJoinedBytes) {
      throw Error({.kind = ErrorKind::card,
                   .code = "bad-response",
                   .message = "the card offers response data without end",
                   .advice = "reset the card; if it stays, the card or its reader is faulty"});
    }
  }
  return response;
}

/// The status word of a refused GET RESPONSE is not the command's, which was accepted (ISO/IEC 7816-4 Table
/// 5). Of a command that only reads nothing but the answer is missed, so there it says enough.
ResponseApdu Transport::fetch_answer(ByteView apdu, ResponseApdu accepted) {
  const auto announced = accepted.sw;
  auto joined = collect(std::move(accepted));
  if (joined.sw.ok() || joined.sw.warning() || only_reads(apdu)) return joined;
  throw answer_not_fetched(announced, joined.sw);
}

ResponseApdu Transport::fetch_announced(ByteView apdu, ResponseApdu response) {
  // Without an Le the script wants to fetch the data itself, as GSM does with a class byte of its own.
  const auto command = try_parse(apdu);
  if (!command || !command->le || protocol() != TransmissionProtocol::t0) return response;
  auto collected = collect(response);
  return refuses_get_response(collected.sw) ? response : collected;
}

ResponseApdu Transport::fetch_held_back(ByteView apdu, ResponseApdu response, ChannelState state) {
  if (!response.sw.ok() || !response.data.empty() || state == ChannelState::open ||
      protocol() != TransmissionProtocol::t0) {
    return response;
  }
  const auto command = try_parse(apdu);
  const bool has_answer = command && command->le && !command->data.empty() &&
                          std::ranges::find(kAlwaysReturnData, command->ins) != kAlwaysReturnData.end();
  if (!has_answer) return response;
  auto fetched = get_response(*command->le);
  if (!fetched.sw.ok() && !more_data(fetched.sw)) return response;
  return collect(std::move(fetched));
}

}  // namespace gpsh::gp
