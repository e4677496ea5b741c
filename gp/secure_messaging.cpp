// SPDX-License-Identifier: Apache-2.0
#include "gp/secure_messaging.h"

#include <utility>

namespace gpsh::gp {
namespace {

constexpr std::uint8_t kFurtherChannels = 0x40;  // logical channels 4 to 19 (GPCS 2.3.1 Table 11-12)

std::string_view name(KeyRole role) {
  switch (role) {
    case KeyRole::enc: return "ENC";
    case KeyRole::mac: return "MAC";
    case KeyRole::dek: return "DEK";
  }
  return "";
}

}  // namespace

std::uint8_t mac_class(std::uint8_t cla) {
  return static_cast<std::uint8_t>(plain_class(cla) | 0x04U);
}

std::uint8_t wire_class(std::uint8_t cla) {
  if ((cla & kFurtherChannels) != 0) return static_cast<std::uint8_t>(cla | 0x20U);
  return static_cast<std::uint8_t>((cla & 0xF3U) | 0x04U);
}

std::uint8_t plain_class(std::uint8_t cla) {
  return static_cast<std::uint8_t>((cla & kFurtherChannels) != 0 ? cla & 0x80U : cla & 0xF0U);
}

bool without_secure_messaging(ByteView apdu) {
  constexpr std::uint8_t kGetResponse = 0xC0;
  constexpr std::uint8_t kChannelAndMessaging = 0x0F;
  return apdu.size() > 1 && (apdu[0] & (kFurtherChannels | kChannelAndMessaging)) == 0 &&
         apdu[1] != kGetResponse;
}

void append_lc(Bytes& to, std::size_t length) {
  if (length > CommandApdu::kMaxShortData) append(to, {0x00, static_cast<std::uint8_t>(length >> 8)});
  to.push_back(static_cast<std::uint8_t>(length));
}

std::size_t most_plain_data(std::size_t limit, const MessageRoom& room) {
  const auto left = limit > room.mac_bytes ? limit - room.mac_bytes : 0;
  if (room.block_bytes == 0) return left;
  const auto whole_blocks = left / room.block_bytes * room.block_bytes;
  return whole_blocks > 0 ? whole_blocks - 1 : 0;
}

void require_room(const CommandApdu& plain, std::size_t most, std::string_view protocol,
                  SecurityLevel level) {
  if (plain.data.size() <= most && !plain.extended()) return;
  throw Error({.kind = ErrorKind::usage,
               .code = "too-long-for-channel",
               .message = std::to_string(plain.data.size()) + " bytes of command data do not fit; " +
                          std::string(protocol) + " with " + level.text() + " carries " +
                          std::to_string(most),
               .advice = "split the data, or use a lower security level"});
}

void require_key(const StaticKeys& keys, KeyRole role, std::string_view protocol) {
  if (keys.key_bytes(role) > 0) return;
  throw Error({.kind = ErrorKind::usage,
               .code = "key-missing",
               .message = std::string(protocol) + " needs the " + std::string(name(role)) + " key",
               .advice = "give -enc_key, -mac_key and -kek_key"});
}

Bytes encrypt_with(const DataEncryption& encryption, ByteView blocks) {
  if (encryption) return encryption(blocks);
  throw Error({.kind = ErrorKind::usage,
               .code = "key-missing",
               .message = "keys and other sensitive data are encrypted under the DEK, and none was given",
               .advice = "give -kek_key to open_sc"});
}

Error channel_option(std::string message, std::string advice) {
  return Error({.kind = ErrorKind::usage,
                .code = "channel-option",
                .message = std::move(message),
                .advice = std::move(advice)});
}

Error wrong_answer(std::string_view protocol) {
  return Error(
      {.kind = ErrorKind::card,
       .code = "bad-response",
       .message = "the answer to INITIALIZE UPDATE does not have the length of " + std::string(protocol)});
}

Error channel_ended() {
  return Error({.kind = ErrorKind::security,
                .code = "channel-ended",
                .message = "the secure channel has ended with a response that was not the card's",
                .advice = "open a new channel"});
}

Error wrong_response_mac(std::string message) {
  return Error({.kind = ErrorKind::security,
                .code = "response-mac",
                .message = std::move(message),
                .advice = "something between gpsh and the card changed the response; open a new channel"});
}

}  // namespace gpsh::gp
