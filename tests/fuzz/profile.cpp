// SPDX-License-Identifier: Apache-2.0
// Any text as the profile of a virtual card, as a change of a built-in one, and as a file that keeps a card.
// What is accepted makes a card that answers, and whose state is read again as it was written.
#include "virtualcard/profile.h"

#include <cstdlib>

#include "core/error.h"
#include "tests/virtualcard/fixed_random.h"
#include "virtualcard/card_json.h"
#include "virtualcard/profile_document.h"
#include "virtualcard/virtual_card.h"

namespace {

using namespace gpsh;

nlohmann::json state_of(const virtualcard::CardState& card) {
  return virtualcard::with_card_state(nlohmann::json::object(), card);
}

void use_card(const virtualcard::Profile& profile) {
  test::FixedRandom random("5A17C3");
  virtualcard::VirtualCard card(profile, random);
  for (const auto* apdu :
       {"00A4040000", "8050000008000102030405060700", "8050010010000102030405060708090A0B0C0D0E0F00",
        "80F28002024F0000", "80F24000024F0000", "80F21002024F0000", "80CA006600", "80CA00E000", "80CA9F7F00",
        "80CAFF2100"}) {
    if (card.transmit(hex(apdu)).size() < 2) std::abort();
  }
}

/// Whether the text is a profile.
bool read(std::string_view text) {
  try {
    use_card(virtualcard::parse_profile(text, "fuzz"));
    return true;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::file || std::string_view(error.what()).empty()) std::abort();
    return false;
  }
}

/// What a state file keeps of a card is what it gives back. Whatever is not read here is a fault of gpsh.
void keep(std::string_view name, std::string_view change) {
  auto document = virtualcard::profile_document(name);
  const auto patch = nlohmann::json::parse(change, nullptr, false);
  if (!patch.is_object() || patch.contains("extends")) return;
  document.merge_patch(patch);
  document["kind"] = "state";
  const auto profile = virtualcard::read_profile(document, "fuzz");
  const auto kept = virtualcard::with_card_state(document, profile.card);
  const auto again = virtualcard::read_profile(kept, "kept");
  if (state_of(again.card) != state_of(profile.card)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string rest(data + 1, data + size);
  if (data[0] >= 0xF0) {
    read(rest);
    return 0;
  }
  const auto names = virtualcard::profile_names();
  const auto& name = names.at(data[0] % names.size());
  // A change of a built-in profile reaches more than a whole text.
  const auto change = rest.starts_with('{') ? rest : "{" + rest + "}";
  auto extended = R"({"extends":")" + name + R"(",)" + change.substr(1);
  if (read(extended)) keep(name, change);
  return 0;
}
