// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/put_key.h"

#include "core/error.h"
#include "core/tlv.h"
#include "virtualcard/domain_keys.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kSeveralKeys = 0x80;
constexpr std::uint8_t kSevenBits = 0x7F;
constexpr std::uint32_t kKeyIdentifier = 0xD0;
constexpr std::uint32_t kKeyVersion = 0xD2;

}  // namespace

ResponseApdu put_key(const CommandApdu& command, Card& card) {
  if (command.data.empty()) return answer(kIncorrectData);
  const auto& channel = card.session().channel;
  const auto sensitive_data = channel.sensitive_data();
  auto read = read_key_fields(ByteView(command.data).subspan(1),
                              {.sensitive_data = sensitive_data,
                               .profile = card.profile,
                               .amendment_d = channel.protocol() == Protocol::scp03});
  if (const auto* refused = std::get_if<StatusWord>(&read)) return answer(*refused);
  KeyChange change{.replaced_version = static_cast<std::uint8_t>(command.p1 & kSevenBits),
                   .version = command.data.front(),
                   .first_identifier = static_cast<std::uint8_t>(command.p2 & kSevenBits),
                   .keys = std::get<std::vector<NewKey>>(std::move(read))};
  if (change.keys.size() > 1 && (command.p2 & kSeveralKeys) == 0) return answer(kIncorrectData);
  if (const auto refused = change_keys(*card.selected_domain(), change, card.profile))
    return answer(*refused);
  if (card.profile.card.personalize_with_keys(card.selected())) card.session().keys_made_personalized = true;
  Bytes data{change.version};
  for (const auto& key : change.keys) append(data, key.check_value);
  return answer(std::move(data));
}

bool is_delete_key(const CommandApdu& command) {
  return !command.data.empty() &&
         (command.data.front() == kKeyIdentifier || command.data.front() == kKeyVersion);
}

ResponseApdu delete_key(const CommandApdu& command, Card& card) {
  // A key has no related objects, so to delete those too changes nothing (GPCS 2.3.1 section 11.2.2.2).
  if (command.p1 != 0x00 || (command.p2 & kSevenBits) != 0) return answer(kIncorrectP1P2);
  KeyName name;
  try {
    for (const auto& object : read_tlvs(command.data, "DELETE data")) {
      auto* const part = object.tag == kKeyIdentifier ? &name.identifier
                         : object.tag == kKeyVersion  ? &name.version
                                                      : nullptr;
      if (part == nullptr || *part || object.value.size() != 1) return answer(kIncorrectData);
      *part = object.value.front();
    }
  } catch (const Error&) {
    return answer(kIncorrectData);
  }
  if (const auto refused = remove_keys(*card.selected_domain(), name, card.profile)) return answer(*refused);
  return answer(Bytes{0x00});
}

}  // namespace gpsh::virtualcard
