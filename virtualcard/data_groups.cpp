// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/data_groups.h"

#include <algorithm>
#include <array>
#include <deque>

#include "core/error.h"
#include "core/tlv.h"
#include "virtualcard/data_objects.h"
#include "virtualcard/domain_keys.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint16_t kDataObjects = 0x0070;
constexpr std::uint16_t kKeyInformation = 0x00B9;
constexpr std::uint32_t kControlReference = 0xB9;
constexpr std::uint16_t kEncryptedGroups = 0x8000;

/// Which group brings a key component (GPCS 2.3.1 Tables 11-93 to 11-99).
struct ComponentGroup {
  std::uint8_t type;
  std::uint16_t group;
};
constexpr auto kComponentGroups = std::to_array<ComponentGroup>({
    {kDesKey, 0x8113},
    {kAesKey, 0x8113},
    {0xA1, 0x0010},
    {0xA0, 0x0011},
    {0xA3, 0x8112},
    {0xA6, 0x8121},
    {0xA8, 0x8122},
    {0xA7, 0x8123},
    {0xA5, 0x8124},
    {0xA4, 0x8125},
});

struct Group {
  std::uint16_t identifier = 0;
  ByteView value;
};

/// A length of one byte, or FF and two.
std::vector<Group> read_groups(ByteView data) {
  std::vector<Group> groups;
  ByteReader reader(data, "data groups");
  while (!reader.empty()) {
    const auto identifier = reader.u16();
    const auto first = reader.u8();
    const std::size_t length = first == 0xFF ? reader.u16() : first;
    groups.push_back({.identifier = identifier, .value = reader.take(length)});
  }
  return groups;
}

[[noreturn]] void malformed() {
  throw Error({.kind = ErrorKind::card, .code = "data-group", .message = "a data group is malformed"});
}

/// What a control reference template says of a component.
struct Described {
  std::uint8_t type = 0;
  std::size_t length = 0;
  std::uint8_t identifier = 0;
  std::uint8_t version = 0;
  std::optional<Bytes> check_value{};
  std::uint16_t group = 0;
};

std::uint8_t one_byte(const std::vector<Tlv>& fields, std::uint32_t tag) {
  const auto field = find_tlv(fields, tag);
  if (!field || field->value.size() != 1) malformed();
  return field->value.front();
}

Described read_template(ByteView value) {
  const auto fields = read_tlvs(value, "control reference template");
  Described described{.type = one_byte(fields, 0x80)};
  const auto length = find_tlv(fields, 0x81);
  if (!length || length->value.empty() || length->value.size() > 2 || !find_tlv(fields, 0x95)) malformed();
  for (const auto byte : length->value) described.length = described.length << 8 | byte;
  described.identifier = one_byte(fields, 0x82);
  described.version = one_byte(fields, 0x83);
  if (const auto check_value = find_tlv(fields, 0x84)) described.check_value = to_bytes(check_value->value);
  const auto known = std::ranges::find(kComponentGroups, described.type, &ComponentGroup::type);
  if (known == kComponentGroups.end()) malformed();
  described.group = known->group;
  return described;
}

/// Takes groups one after the other into a copy of the domain.
class GroupStore {
 public:
  GroupStore(const SecurityDomain& domain, const Card& card)
      : domain_(domain), profile_(card.profile), sensitive_data_(card.session().channel.sensitive_data()) {}

  /// A group that is no data object.
  std::optional<StatusWord> take(const Group& group) {
    if (group.identifier == kKeyInformation) {
      if (!described_.empty()) return kIncorrectData;
      for (const auto& object : read_tlvs(group.value, "key information")) {
        if (object.tag != kControlReference) malformed();
        described_.push_back(read_template(object.value));
      }
      return std::nullopt;
    }
    if (described_.empty()) {
      const bool component = std::ranges::find(kComponentGroups, group.identifier, &ComponentGroup::group) !=
                             kComponentGroups.end();
      return component ? kIncorrectData : kReferencedDataNotFound;
    }
    if (group.identifier != described_.front().group) return kIncorrectData;
    return take_component(group);
  }
  [[nodiscard]] bool complete() const { return described_.empty() && key_.components.empty(); }
  [[nodiscard]] const SecurityDomain& domain() const { return domain_; }

 private:
  [[nodiscard]] Key value_of(const Group& group, std::size_t length) const {
    const bool encrypted = (group.identifier & kEncryptedGroups) != 0;
    if (encrypted && group.value.size() % sensitive_data_.block_bytes() != 0) malformed();
    auto value = encrypted ? sensitive_data_.decrypt(group.value) : make_key(group.value);
    if (length > value.size() || (!encrypted && length != value.size())) malformed();
    value.resize(length);
    return value;
  }

  std::optional<StatusWord> take_component(const Group& group) {
    const auto described = described_.front();
    described_.pop_front();
    const auto value = value_of(group, described.length);
    if (group.identifier == 0x8113) {
      if (!described.check_value || !right_length(described.type, described.length)) return kIncorrectData;
      const auto expected = key_check_value(described.type, value);
      if (!equal_in_constant_time(*described.check_value, expected)) return wrong_check_value(profile_);
      key_.check_value = expected;
    }
    key_.components.push_back({.type = described.type, .value = value});
    const bool key_goes_on = !described_.empty() && described_.front().version == described.version &&
                             described_.front().identifier == described.identifier;
    return key_goes_on ? std::nullopt : finish_key(described);
  }

  std::optional<StatusWord> finish_key(const Described& described) {
    const auto keys = all_keys(domain_, profile_);
    const bool replaces = std::ranges::any_of(keys, [&](const auto& key) {
      return key.version == described.version && key.identifier == described.identifier;
    });
    const KeyChange change{.replaced_version = replaces ? described.version : std::uint8_t{0},
                           .version = described.version,
                           .first_identifier = described.identifier,
                           .keys = {std::exchange(key_, {})}};
    return change_keys(domain_, change, profile_);
  }

  SecurityDomain domain_;
  const Profile& profile_;
  SensitiveData sensitive_data_;
  std::deque<Described> described_;  ///< whose components are still to come
  NewKey key_;                       ///< what has come of the key
};

}  // namespace

std::optional<StatusWord> store_groups(ByteView data, SecurityDomain& domain, Card& card) {
  try {
    GroupStore store(domain, card);
    Bytes objects;
    for (const auto& group : read_groups(data)) {
      if (group.identifier == kDataObjects) {
        append(objects, group.value);
      } else if (const auto refused = store.take(group)) {
        return refused;
      }
    }
    if (!store.complete()) return kIncorrectData;
    if (!objects.empty()) {
      if (const auto refused = store_objects(objects, domain, card)) return refused;
    }
    domain.key_sets = store.domain().key_sets;
    domain.service_keys = store.domain().service_keys;
    return std::nullopt;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::card) throw;
    return kIncorrectData;
  }
}

}  // namespace gpsh::virtualcard
