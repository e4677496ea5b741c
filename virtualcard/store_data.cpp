// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/store_data.h"

#include <optional>
#include <utility>

#include "virtualcard/data_groups.h"
#include "virtualcard/data_objects.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

// P1 (GPCS 2.3.1 Table 11-89).
constexpr std::uint8_t kLastBlock = 0x80;
constexpr std::uint8_t kEncryptionBits = 0x60;
constexpr std::uint8_t kEncryptionRfu = 0x40;
constexpr std::uint8_t kFormatBits = 0x18;
constexpr std::uint8_t kDgiFormat = 0x08;
constexpr std::uint8_t kTlvFormat = 0x10;
constexpr std::uint8_t kRfuBit = 0x04;
constexpr std::uint8_t kToleratedRfuBit = 0x02;

constexpr std::size_t kMaxBytes = 8192;

bool right_p1(std::uint8_t p1, const Profile& profile) {
  if ((p1 & kRfuBit) != 0 || (p1 & kFormatBits) == kFormatBits) return false;
  if ((p1 & kEncryptionBits) == kEncryptionRfu) return false;
  return (p1 & kToleratedRfuBit) == 0 || profile.tolerance.store_data_bit_02;
}

/// Nothing when the data are stored.
std::optional<StatusWord> store(const StoredBlocks& blocks, const Aid& target, Card& card) {
  auto& state = card.profile.card;
  auto* domain = state.find_domain(target);
  if (domain == nullptr) {
    state.stored_data = blocks.data;
    return std::nullopt;
  }
  switch (blocks.format) {
    case kDgiFormat: {
      const auto refused = store_groups(blocks.data, *domain, card);
      const bool personalized = state.personalize_with_keys(target);
      if (personalized && target == card.selected()) card.session().keys_made_personalized = true;
      return refused;
    }
    case kTlvFormat: return store_objects(blocks.data, *domain, card);
    default: break;
  }
  if (store_objects(blocks.data, *domain, card)) state.stored_data = blocks.data;
  return std::nullopt;
}

std::optional<StatusWord> take_block(const CommandApdu& command, const Card& card, StoredBlocks& blocks) {
  const auto format = static_cast<std::uint8_t>(command.p1 & kFormatBits);
  if (!right_p1(command.p1, card.profile) || command.p2 != blocks.next) return kIncorrectP1P2;
  if (blocks.next > 0 && format != blocks.format) return kIncorrectP1P2;
  if (blocks.data.size() + command.data.size() > kMaxBytes) return kNotEnoughMemory;
  blocks.format = format;
  append(blocks.data, command.data);
  ++blocks.next;
  return std::nullopt;
}

}  // namespace

ResponseApdu store_data(const CommandApdu& command, Card& card) {
  auto& session = card.session();
  auto blocks = std::exchange(session.stored, {});
  if (const auto refused = take_block(command, card, blocks)) return answer(*refused);
  if ((command.p1 & kLastBlock) == 0) {
    session.stored = std::move(blocks);
    return answer(kSuccess);
  }
  const auto target = session.personalized ? *session.personalized : card.selected();
  session.personalized.reset();
  return answer(store(blocks, target, card).value_or(kSuccess));
}

}  // namespace gpsh::virtualcard
