// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_card_words.h"

#include <fmt/format.h>

#include <iostream>

#include "interpreter/main_card.h"
#include "virtualcard/profile.h"

namespace gpsh::interpreter {
int list_readers_and_cards(const CommandLine& line) {
  auto card = open_card_source(line);
  card.access->establish_context();
  std::size_t number = 0;
  for (const auto& reader : card.access->list_readers()) {
    std::cout << fmt::format("{:>2}  {}\n    {}\n", ++number, reader.name,
                             reader.atr.empty() ? "no card" : "card with ATR " + to_hex(reader.atr));
  }
  return 0;
}

int list_profiles() {
  for (const auto& name : virtualcard::profile_names()) {
    std::cout << fmt::format("{:<20} {}\n", name, virtualcard::load_profile(name).description);
  }
  return 0;
}

int show_profile(const CommandLine& line) {
  std::cout << virtualcard::profile_text(line.profile);
  return 0;
}

}  // namespace gpsh::interpreter
