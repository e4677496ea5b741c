// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/install.h"

#include <algorithm>
#include <array>

#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

/// A role of INSTALL by P1 and P2 (GPCS 2.3.1 Table 11-41 and section 11.5.2.2).
struct Role {
  std::uint8_t p1;
  std::uint8_t p2;
  ResponseApdu (*run)(const CommandApdu&, Card&);
};

constexpr std::array kRoles{Role{0x02, 0x00, install_for_load},
                            Role{0x04, 0x00, install_for_install},
                            Role{0x08, 0x00, install_for_make_selectable},
                            Role{0x0C, 0x00, install_for_install},
                            Role{0x0E, 0x01, install_for_load},
                            Role{0x0E, 0x03, install_for_install},
                            Role{0x10, 0x00, install_for_extradition},
                            Role{0x20, 0x00, install_for_personalization},
                            Role{0x40, 0x00, install_for_registry_update}};

}  // namespace

ResponseApdu install(const CommandApdu& command, Card& card) {
  const auto role = std::ranges::find_if(
      kRoles, [&](const auto& entry) { return entry.p1 == command.p1 && entry.p2 == command.p2; });
  return role == kRoles.end() ? answer(kIncorrectP1P2) : role->run(command, card);
}

}  // namespace gpsh::virtualcard
