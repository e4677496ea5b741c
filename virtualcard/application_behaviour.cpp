// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/application_behaviour.h"

#include <algorithm>

namespace gpsh::virtualcard {
namespace {

bool matches(std::string_view pattern, std::string_view text) {
  const bool open_end = pattern.ends_with('*');
  if (open_end) pattern.remove_suffix(1);
  if (open_end ? text.size() < pattern.size() : text.size() != pattern.size()) return false;
  return std::ranges::equal(pattern, text.substr(0, pattern.size()),
                            [](char wanted, char digit) { return wanted == '.' || wanted == digit; });
}

}  // namespace

const PatternAnswer* ApplicationBehaviour::find_answer(const CommandApdu& command) const {
  const auto text = to_hex(command.header()) + to_hex(command.data);
  const auto found =
      std::ranges::find_if(answers, [&](const auto& answer) { return matches(answer.pattern, text); });
  return found == answers.end() ? nullptr : &*found;
}

}  // namespace gpsh::virtualcard
