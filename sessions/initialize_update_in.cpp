// SPDX-License-Identifier: Apache-2.0
#include "sessions/initialize_update_in.h"

#include "core/apdu.h"
#include "core/error.h"
#include "sessions/apdu_words.h"

namespace gpsh::sessions {
namespace {

constexpr std::uint8_t kInitializeUpdate = 0x50;
constexpr std::size_t kShortestCommand = 5 + 8;
constexpr std::size_t kLongestCommand = 5 + 16 + 1;
constexpr std::size_t kStatusWordBytes = 2;

std::optional<gp::InitializeUpdateResponse> parsed(ByteView data) {
  try {
    return gp::InitializeUpdateResponse::parse(data);
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// GlobalPlatform's class without secure messaging, on any of the basic logical channels.
bool is_proprietary_and_plain(std::uint8_t cla) {
  return (cla & 0xFC) == 0x80;
}

}  // namespace

std::optional<Bytes> host_challenge_in(ByteView bytes) {
  if (bytes.size() < kShortestCommand || bytes.size() > kLongestCommand) return std::nullopt;
  auto command = command_in(bytes);
  if (!command || !is_proprietary_and_plain(command->cla) || command->ins != kInitializeUpdate) {
    return std::nullopt;
  }
  if (command->data.size() != 8 && command->data.size() != 16) return std::nullopt;
  return std::move(command->data);
}

std::optional<gp::InitializeUpdateResponse> answer_in(ByteView response) {
  if (response.size() > kStatusWordBytes) {
    const auto apdu = ResponseApdu::parse(response);
    if (apdu.sw.ok()) {
      if (auto answer = parsed(apdu.data)) return answer;
    }
  }
  return parsed(response);
}

}  // namespace gpsh::sessions
