// SPDX-License-Identifier: Apache-2.0
#include "gp/key_management.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "gp/channel_keys.h"
#include "gp/expect_ok.h"
#include "gp/lost_answer.h"
#include "gp/put_key.h"

namespace gpsh::gp {
namespace {

constexpr std::size_t kKeysOfASet = 3;
constexpr std::string_view kDelete = "DELETE [key]";
constexpr StatusWord kConditionsNotSatisfied{0x6985};

/// One of SCP02's implementations has one base key; such a card answers one check value (GPCS 2.3.1 Table
/// E-1).
bool has_one_base_key(const ChannelInfo* channel) {
  return channel != nullptr && channel->protocol == Scp02::kNumber && (channel->i & Scp02::kThreeKeys) == 0;
}

void require_three_keys(const KeySet& keys) {
  for (const auto& [key, name] :
       {std::pair(&keys.enc, "ENC"), std::pair(&keys.mac, "MAC"), std::pair(&keys.dek, "DEK")}) {
    if (!key->empty()) continue;
    throw Error({.kind = ErrorKind::usage,
                 .code = "new-keys-missing",
                 .message = std::string("the new ") + name + " key is missing",
                 .advice =
                     "give -enc_key, -mac_key and -kek_key, or -key with -keyDerivation; nothing was sent "
                     "to the card"});
  }
  if (keys.enc.size() == keys.mac.size() && keys.mac.size() == keys.dek.size()) return;
  throw Error({.kind = ErrorKind::usage,
               .code = "key-length",
               .message = "the new keys have different lengths: ENC " + std::to_string(keys.enc.size()) +
                          ", MAC " + std::to_string(keys.mac.size()) + ", DEK " +
                          std::to_string(keys.dek.size()) + " bytes",
               .advice = "give three keys of one length; nothing was sent to the card"});
}

/// The type that fits the protocol, so that the new set can open the same kind of channel.
std::uint8_t type_of(const CardSession& session, const NewKeySet& request) {
  if (request.mode == CardMode::open_platform_201) return kDesCbcKey;
  if (request.key_type != 0) return request.key_type;
  const auto* channel = session.channel();
  return channel != nullptr && channel->protocol == Scp03::kNumber ? kAesKey : kDesKey;
}

void warn_of_own_keys(CardSession& session, const std::string& text, const char* advice) {
  session.observer().remark(
      {.severity = Severity::warning, .code = "key-set-in-use", .text = text, .advice = advice});
}

void report_new_keys(CardSession& session, const NewKeySet& request, std::uint8_t type) {
  const auto protocol = type == kAesKey ? Scp03::kNumber : Scp02::kNumber;
  session.observer().remark({.severity = Severity::note,
                             .code = "new-keys",
                             .text = "key version " + std::to_string(request.new_version) +
                                     " now holds the new keys, check values " +
                                     check_values(request.keys, protocol),
                             .advice = "open a channel with them before the old ones are deleted"});
}

void append_selector(Bytes& data, std::uint8_t tag, std::optional<std::uint8_t> value) {
  if (value) append(data, {tag, 0x01, *value});
}

/// An identifier alone stands for a key of every version.
bool deletes_own_keys(const ChannelInfo* channel, const KeySelection& selection) {
  if (channel == nullptr) return false;
  return !selection.version || *selection.version == channel->key_version;
}

/// The advice of DELETE is about card content; what a card says of keys differs.
void require_deleted(StatusWord sw, const CommandApdu& command) {
  if (sw.ok()) return;
  auto facts = refusal(sw, kDelete, command).facts();
  if (sw == kConditionsNotSatisfied) {
    facts.advice =
        "the keys may be those of the open channel, or the last the card has: open the channel with another "
        "key set first, after put_sc_key if there is none";
  }
  throw Error(std::move(facts));
}

}  // namespace

std::vector<Bytes> put_secure_channel_keys(CardSession& session, const NewKeySet& request) {
  require_three_keys(request.keys);
  PutKeyRequest put{.replaced_version = request.replaced_version,
                    .new_version = request.new_version,
                    .p2 = kSeveralKeysFromFirst,
                    .confirmed = has_one_base_key(session.channel()) ? 1 : kKeysOfASet};
  require_key_versions(put);
  const auto type = type_of(session, request);
  const auto encryption = key_encryption(session, request.current_kek);
  for (const auto* key : {&request.keys.enc, &request.keys.mac, &request.keys.dek}) {
    put.keys.push_back(symmetric_key_field(*key, type, request.format, encryption));
  }
  if (type == kAesKey) put.format = request.format;
  const bool replaces = request.replaced_version != 0;  // an implicit channel's version is 0 too: unknown
  if (replaces && session.channel() != nullptr &&
      session.channel()->key_version == request.replaced_version) {
    warn_of_own_keys(session,
                     "PUT KEY replaces key version " + std::to_string(request.replaced_version) +
                         ", which opened this channel",
                     "from then on only the new keys open it");
  }
  put_key(session, put);
  report_new_keys(session, request, type);
  std::vector<Bytes> sent;
  for (const auto& key : put.keys) sent.push_back(key.check_value);
  return sent;
}

void delete_key(CardSession& session, const KeySelection& selection) {
  if (!selection.version && !selection.identifier) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "key-selection",
                 .message = "there is neither a key version nor a key identifier to delete",
                 .advice = "give -keyver, -keyind or both; nothing was sent to the card"});
  }
  CommandApdu command{
      .cla = 0x80, .ins = 0xE4, .p1 = 0x00, .p2 = 0x80, .data = {}, .le = CommandApdu::kShortMaximum};
  append_selector(command.data, 0xD0, selection.identifier);
  append_selector(command.data, 0xD2, selection.version);
  if (deletes_own_keys(session.channel(), selection)) {
    warn_of_own_keys(session,
                     std::string(selection.identifier ? "DELETE takes a key" : "DELETE takes the keys") +
                         " of version " + std::to_string(session.channel()->key_version) +
                         ", which opened this channel",
                     "make sure another key set opens the card");
  }
  const auto response = with_lost_answer_advice(
      kDelete, "the card may have deleted it: get_key_information_templates shows which keys it has",
      [&] { return session.transmit(command, kDelete); });
  require_deleted(response.sw, command);
}

Bytes put_receipt_key(CardSession& session, const ReceiptKey& request) {
  const auto type = request.key_type != 0 ? request.key_type : kAesKey;
  PutKeyRequest put{.replaced_version = request.replaced_version,
                    .new_version = request.new_version,
                    .confirmed = 1,
                    .framing = Framing::chained};
  require_key_versions(put);
  put.keys.push_back(symmetric_key_field(request.key, type, request.format, channel_key_encryption(session)));
  if (type == kAesKey) put.format = request.format;
  put_key(session, put);
  return put.keys.front().check_value;
}

}  // namespace gpsh::gp
