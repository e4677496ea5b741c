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

}  // namespace

ResponseApdu Transport::transmit(ByteView apdu, ChannelState state) {
  auto response = exchange(apdu);
  if (wrong_le(response.sw)) return with_right_le(apdu, std::move(response), state);
  if (response.sw.sw1() == 0x61) return collect(std::move(response));
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
                              : state == ChannelState::closed && wire_ == Wire::gpsh;
  if (!repeatable) return response;
  const auto wanted = std::exchange(command->le, le_of(response.sw));
  response = exchange(command->encode());
  if (more_data(response.sw)) response = collect(std::move(response));
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
