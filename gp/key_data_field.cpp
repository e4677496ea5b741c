// SPDX-License-Identifier: Apache-2.0
#include "gp/key_data_field.h"

#include <botan/secmem.h>

#include "core/error.h"
#include "core/tlv.h"
#include "gp/aes.h"
#include "gp/crypto.h"
#include "gp/scp03.h"
#include "gp/secret_access.h"

namespace gpsh::gp {
namespace {

bool is_des(std::uint8_t type) {
  return type >= kDesKey && type <= kLastDesKey;
}

Bytes check_value(const Secret& key, std::uint8_t type) {
  if (type == kAesKey) return kcv_aes(key);
  if (is_des(type)) return kcv_3des(key);
  throw Error({.kind = ErrorKind::usage,
               .code = "key-type",
               .message = "key type " + to_hex(type) + " is neither triple DES (80 to 84) nor AES (88)",
               .advice = "leave -keyType out to get the type that fits the channel"});
}

/// Padded to whole blocks, in scrubbed memory. Which bytes pad is free (GPCS 2.3.1 section 11.8.2.3.2); 80
/// and zeros are GPShell's.
Bytes encrypted(const Secret& key, const KeyEncryption& encryption) {
  const auto view = SecretAccess::view(key);
  Botan::secure_vector<std::uint8_t> padded(view.begin(), view.end());
  if (padded.size() % encryption.block_bytes != 0) {
    padded.push_back(0x80);
    while (padded.size() % encryption.block_bytes != 0) padded.push_back(0x00);
  }
  return encryption.encrypt(padded);
}

}  // namespace

bool is_symmetric_key_type(std::uint8_t type) {
  return type == kAesKey || is_des(type);
}

std::string_view key_format_name(KeyFormat format) {
  return format == KeyFormat::gpshell ? "gpshell" : "lengthPrefixed";
}

KeyEncryption channel_key_encryption(const CardSession& session) {
  const auto* channel = session.channel();
  const bool aes = channel != nullptr && channel->protocol == Scp03::kNumber;
  const auto block_bytes = aes ? kAesBlockBytes : kDesBlockBytes;
  // A channel without a DEK is found before anything is sent for the new keys' sake.
  static_cast<void>(session.encrypt_sensitive(Bytes(block_bytes)));
  return {.encrypt = [&session](ByteView blocks) { return session.encrypt_sensitive(blocks); },
          .block_bytes = block_bytes};
}

KeyEncryption static_key_encryption(const Secret& kek) {
  return {.encrypt = data_encryption_with(kek, Chaining::ecb), .block_bytes = kDesBlockBytes};
}

KeyEncryption key_encryption(CardSession& session, const Secret* current_kek) {
  if (current_kek == nullptr) return channel_key_encryption(session);
  const auto* channel = session.channel();
  if (channel != nullptr && channel->protocol == Scp01::kNumber) return static_key_encryption(*current_kek);
  session.observer().remark(
      {.severity = Severity::warning,
       .code = "unused-kek",
       .text = "-current_kek is not used: only SCP01 encrypts new keys under a static key",
       .advice = "leave it out; the DEK of the channel is used"});
  return channel_key_encryption(session);
}

KeyDataField symmetric_key_field(const Secret& key, std::uint8_t type, KeyFormat format,
                                 const KeyEncryption& encryption) {
  KeyDataField field{.bytes = {type}, .check_value = check_value(key, type)};
  const auto data = encrypted(key, encryption);
  const bool with_length =
      data.size() != key.size() || (type == kAesKey && format == KeyFormat::length_prefixed);
  Bytes block;
  if (with_length) append_length(block, key.size());
  append(block, data);
  append_length(field.bytes, block.size());
  append(field.bytes, block);
  append_length(field.bytes, field.check_value.size());
  append(field.bytes, field.check_value);
  return field;
}

}  // namespace gpsh::gp
