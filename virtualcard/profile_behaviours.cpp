// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/profile_behaviours.h"

#include <algorithm>

#include "virtualcard/json_choice.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::size_t kMaxAnswerBytes = 256;

/// Upper-case hex digits and dots, at the end perhaps a star.
std::string read_pattern(const JsonField& field) {
  auto pattern = field.text();
  std::ranges::transform(pattern, pattern.begin(),
                         [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
  const auto end = pattern.ends_with('*') ? pattern.end() - 1 : pattern.end();
  const auto digit = [](char c) {
    return std::string_view("0123456789ABCDEF.").find(c) != std::string::npos;
  };
  if (pattern.empty() || !std::all_of(pattern.begin(), end, digit)) {
    field.complain("must be hex digits and dots, with * at the end where more may follow");
  }
  return pattern;
}

PatternAnswer read_answer(const JsonField& field) {
  field.allow_only({"command", "gives", "answer", "sw", "needs"});
  PatternAnswer answer{.pattern = read_pattern(field.at("command"))};
  if (field.has("gives")) {
    answer.kind = choose<AnswerKind>(
        field.at("gives"),
        {{"fixed", AnswerKind::fixed}, {"echo", AnswerKind::echo}, {"counter", AnswerKind::counter}});
  }
  if (field.has("answer")) {
    if (answer.kind != AnswerKind::fixed) field.at("answer").complain("is for a fixed answer only");
    answer.data = field.at("answer").bytes({0, kMaxAnswerBytes});
  }
  if (field.has("sw")) answer.sw = StatusWord(field.at("sw").u16());
  if (field.has("needs")) {
    answer.needs = choose<AnswerNeeds>(
        field.at("needs"), {{"nothing", AnswerNeeds::nothing}, {"session", AnswerNeeds::session}});
  }
  return answer;
}

ApplicationBehaviour read_behaviour(const JsonField& field) {
  field.allow_only({"module", "secure_channel", "answers"});
  ApplicationBehaviour behaviour{.module = field.at("module").aid()};
  if (field.has("secure_channel")) behaviour.secure_channel = field.at("secure_channel").boolean();
  for (const auto& answer : field.at("answers").elements()) behaviour.answers.push_back(read_answer(answer));
  return behaviour;
}

}  // namespace

std::vector<ApplicationBehaviour> read_behaviours(const JsonField& field) {
  std::vector<ApplicationBehaviour> behaviours;
  for (const auto& element : field.elements()) behaviours.push_back(read_behaviour(element));
  return behaviours;
}

}  // namespace gpsh::virtualcard
