// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "virtualcard/profile.h"

namespace gpsh::test {

inline constexpr std::string_view kSelectIssuer = "00A4040000";
inline constexpr std::string_view kSelectDomain = "00A4040008A000000151535041";

inline Aid aid(std::string_view text) {
  return *Aid::from_bytes(hex(text));
}
inline Aid domain_aid() {
  return aid("A000000151535041");
}

/// generic-scp02 with a personalised supplementary security domain of these privileges and keys of its own,
/// key version 20. The applet belongs to it.
inline virtualcard::Profile profile_with_domain(std::string_view privileges = "808000") {
  const std::string text = R"({"kind": "profile", "extends": "generic-scp02", "name": "p", "applications": [
    {"aid": "A000000151535041", "life_cycle": "0F", "privileges": ")" +
                           std::string(privileges) +
                           R"(", "load_file": "A0000000035350", "module": "A000000003535041",
     "key_sets": [{"version": "20", "enc": "505152535455565758595A5B5C5D5E5F",
       "mac": "606162636465666768696A6B6C6D6E6F", "dek": "707172737475767778797A7B7C7D7E7F",
       "sequence_counter": 7}]},
    {"aid": "D0D1D2D3D4D50101", "life_cycle": "07", "privileges": "000000",
     "load_file": "D0D1D2D3D4D501", "domain": "A000000151535041"}]})";
  return virtualcard::parse_profile(text, "p.json");
}

inline virtualcard::KeySet domain_keys(const virtualcard::CardState& card) {
  return card.find_domain(domain_aid())->default_key_set();
}

}  // namespace gpsh::test
