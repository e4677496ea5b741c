// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_card_words.h"

#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "interpreter/main_card.h"
#include "interpreter/reader_list.h"
#include "virtualcard/profile_document.h"

namespace gpsh::interpreter {

using nlohmann::ordered_json;

int list_readers_and_cards(const CommandLine& line) {
  auto card = open_card_source(line);
  card.access->establish_context();
  const auto readers = card.access->list_readers();
  std::cout << (line.format == "json" ? reader_list_json(readers) : reader_list(readers));
  return 0;
}

int list_profiles(const CommandLine& line) {
  auto list = ordered_json::array();
  std::string text;
  for (const auto& name : virtualcard::profile_names()) {
    const auto profile = virtualcard::load_profile(name);
    list.push_back({{"name", name}, {"description", profile.description}});
    text += fmt::format("{:<20} {}\n", name, profile.description);
  }
  std::cout << (line.format == "json" ? list.dump(2) + "\n" : text);
  return 0;
}

int show_profile(const CommandLine& line) {
  // A file is read as a card first: what is shown can be used.
  static_cast<void>(virtualcard::load_profile(line.profile));
  std::cout << virtualcard::load_profile_text(line.profile);
  return 0;
}

}  // namespace gpsh::interpreter
