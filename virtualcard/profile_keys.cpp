// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/profile_keys.h"

#include <algorithm>

#include "virtualcard/json_choice.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::size_t kAes128Bytes = 16;
constexpr std::size_t kAes192Bytes = 24;
constexpr std::size_t kAes256Bytes = 32;

SecureChannelOptions read_options(const JsonField& field) {
  field.allow_only({"protocol", "i"});
  const SecureChannelOptions options{
      .protocol = choose<Protocol>(
          field.at("protocol"),
          {{"SCP01", Protocol::scp01}, {"SCP02", Protocol::scp02}, {"SCP03", Protocol::scp03}}),
      .i = field.at("i").byte()};
  if (!options.specified()) {
    field.at("i").complain("is not a parameter i that " + field.at("protocol").text() + " has");
  }
  return options;
}

Key read_key(const JsonField& field, KeyType type) {
  if (type == KeyType::des) return make_key(field.bytes({kDoubleDesKeyBytes, kDoubleDesKeyBytes}));
  const auto bytes = field.bytes({kAes128Bytes, kAes256Bytes});
  const auto size = bytes.size();
  if (size != kAes128Bytes && size != kAes192Bytes && size != kAes256Bytes) {
    field.complain("must have 16, 24 or 32 bytes, has " + std::to_string(size));
  }
  return make_key(bytes);
}

const SecureChannelOptions& options_for(KeyType type, const JsonField& set,
                                        const std::vector<SecureChannelOptions>& channels) {
  const auto found = std::ranges::find(channels, type, &SecureChannelOptions::key_type);
  if (found == channels.end()) set.complain("has keys that no protocol of secure_channel uses");
  return *found;
}

KeySet read_key_set(const JsonField& set, const std::vector<SecureChannelOptions>& channels) {
  set.allow_only({"version", "type", "enc", "mac", "dek", "sequence_counter"});
  const auto version = set.at("version").byte();
  if (version == 0) set.at("version").complain("must not be 00, which stands for the first key set");
  const auto type = set.has("type")
                        ? choose<KeyType>(set.at("type"), {{"DES", KeyType::des}, {"AES", KeyType::aes}})
                        : channels.front().key_type();
  const auto& options = options_for(type, set, channels);
  const auto counter = set.at("sequence_counter").number({0, options.last_sequence_counter()});
  KeySet keys{.version = version,
              .type = type,
              .enc = read_key(set.at("enc"), type),
              .mac = read_key(set.at("mac"), type),
              .dek = read_key(set.at("dek"), type),
              .sequence_counter = static_cast<std::uint32_t>(counter)};
  if (keys.enc.size() != keys.mac.size() || keys.enc.size() != keys.dek.size()) {
    set.complain("must have three keys of one length");
  }
  if (options.one_base_key() && (keys.enc != keys.mac || keys.enc != keys.dek)) {
    set.complain("must have one base key as enc, mac and dek");
  }
  return keys;
}

}  // namespace

std::vector<SecureChannelOptions> read_secure_channels(const JsonField& field) {
  if (!field.is_array()) return {read_options(field)};
  std::vector<SecureChannelOptions> channels;
  for (const auto& element : field.elements()) channels.push_back(read_options(element));
  if (channels.empty()) field.complain("must have at least one protocol");
  const bool all_explicit = std::ranges::all_of(channels, &SecureChannelOptions::explicit_initiation);
  if (channels.size() > 1 && !all_explicit) field.complain("must have implicit initiation alone");
  return channels;
}

std::vector<KeySet> read_key_sets(const JsonField& field, const std::vector<SecureChannelOptions>& channels) {
  std::vector<KeySet> sets;
  for (const auto& element : field.elements()) {
    auto set = read_key_set(element, channels);
    if (std::ranges::find(sets, set.version, &KeySet::version) != sets.end()) {
      element.at("version").complain("is there already");
    }
    sets.push_back(std::move(set));
  }
  if (sets.empty()) field.complain("must have at least one key set");
  return sets;
}

}  // namespace gpsh::virtualcard
