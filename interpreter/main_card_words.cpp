// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_card_words.h"

#include <fmt/format.h>

#include <iostream>

#include "interpreter/main_card.h"
#include "interpreter/reader_list.h"
#include "virtualcard/profile.h"

namespace gpsh::interpreter {

int list_readers_and_cards(const CommandLine& line) {
  auto card = open_card_source(line);
  card.access->establish_context();
  const auto readers = card.access->list_readers();
  std::cout << (line.format == "json" ? reader_list_json(readers) : reader_list(readers));
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
