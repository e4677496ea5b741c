// SPDX-License-Identifier: Apache-2.0
#include "gp/security_level.h"

#include <array>
#include <string_view>

#include "core/bytes.h"

namespace gpsh::gp {
namespace {

struct Flag {
  std::uint8_t bit;
  std::string_view name;
};

constexpr std::array kFlags = {Flag{0x01, "C-MAC"}, Flag{0x02, "C-DEC"}, Flag{0x10, "R-MAC"},
                               Flag{0x20, "R-ENC"}};

}  // namespace

std::string SecurityLevel::text() const {
  std::string text;
  unsigned unnamed = value_;
  const auto add = [&text](std::string_view name) {
    if (!text.empty()) text += " + ";
    text += name;
  };
  for (const auto& flag : kFlags) {
    if ((value_ & flag.bit) == 0) continue;
    add(flag.name);
    unnamed &= ~static_cast<unsigned>(flag.bit);
  }
  if (unnamed != 0) add(to_hex(static_cast<std::uint8_t>(unnamed)));
  return text.empty() ? "none" : text;
}

}  // namespace gpsh::gp
