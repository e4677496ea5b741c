// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/data_objects.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "core/tlv.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint32_t kAidTag = 0x4F;
constexpr std::size_t kMaxValueBytes = 250;  // GET DATA gives it with tag and length
constexpr std::array<std::uint32_t, 7> kKept = {0x42, 0x45, 0x66, 0x67, 0x5F50, 0xDE, 0xFE};

bool kept(std::uint32_t tag) {
  const bool proprietary = tag >= 0xDF1F && tag <= 0xDF7F;
  return proprietary || std::ranges::find(kKept, tag) != kKept.end();
}

/// The Issuer Security Domain's new AID; absent when it cannot have it.
std::optional<Aid> new_aid(ByteView value, const SecurityDomain& domain, const CardState& state) {
  const auto aid = Aid::from_bytes(value);
  if (&domain != &state.issuer_security_domain.domain || !aid) return std::nullopt;
  if (value.size() < Aid::kRegisteredBytes) return std::nullopt;
  const bool taken = state.find_application(*aid) != nullptr || state.find_load_file(*aid) != nullptr;
  return taken ? std::nullopt : aid;
}

void rename_issuer_security_domain(const Aid& aid, CardState& state) {
  const auto old = state.issuer_security_domain.aid;
  const auto follow = [&](auto& entry) {
    if (entry.associated_domain == old) entry.associated_domain = aid;
  };
  std::ranges::for_each(state.applications, follow);
  std::ranges::for_each(state.load_files, follow);
  state.issuer_security_domain.aid = aid;
}

}  // namespace

std::optional<StatusWord> store_objects(ByteView data, SecurityDomain& domain, Card& card) {
  auto& state = card.profile.card;
  auto stored = domain.data;
  std::optional<Aid> aid;
  try {
    const auto objects = read_tlvs(data, "STORE DATA");
    if (objects.empty()) return kIncorrectData;
    for (const auto& object : objects) {
      if (object.tag == kAidTag) {
        aid = new_aid(object.value, domain, state);
        if (!aid) return kIncorrectData;
      } else if (kept(object.tag) && object.value.size() <= kMaxValueBytes) {
        stored[static_cast<std::uint16_t>(object.tag)] = to_bytes(object.value);
      } else {
        return kIncorrectData;
      }
    }
  } catch (const Error&) {
    return kIncorrectData;
  }
  domain.data = std::move(stored);
  if (aid) rename_issuer_security_domain(*aid, state);
  return std::nullopt;
}

}  // namespace gpsh::virtualcard
