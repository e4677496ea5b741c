// SPDX-License-Identifier: Apache-2.0
#include "tests/support/code_sources.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <vector>

#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

namespace files = std::filesystem;

bool in_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool in_code(char c) {
  return std::islower(static_cast<unsigned char>(c)) != 0 ||
         std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '-';
}

/// Where the expression at `at` ends: at a comma, a semicolon or a closing bracket that is not its own.
std::size_t end_of_expression(std::string_view text, std::size_t at) {
  int depth = 0;
  bool quoted = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted && c == '\\') ++at;
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '(' || c == '{') ++depth;
    if (c == ')' || c == '}') --depth;
    if (depth < 0 || (depth == 0 && (c == ',' || c == ';'))) break;
  }
  return std::min(at, text.size());
}

/// The literals of an expression that can be its value: all but those in brackets.
std::vector<std::string> literals_of(std::string_view expression) {
  std::vector<std::string> found;
  int depth = 0;
  for (std::size_t at = 0; at < expression.size(); ++at) {
    if (expression[at] == '(') ++depth;
    if (expression[at] == ')') --depth;
    if (expression[at] != '"') continue;
    const auto end = std::min(expression.find('"', at + 1), expression.size());
    const auto literal = expression.substr(at + 1, end - at - 1);
    if (depth == 0 && !literal.empty() && std::ranges::all_of(literal, in_code)) found.emplace_back(literal);
    at = end;
  }
  return found;
}

std::vector<std::size_t> places_of(std::string_view text, std::string_view word) {
  std::vector<std::size_t> places;
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    if (at == 0 || !in_name(text[at - 1])) places.push_back(at + word.size());
  }
  return places;
}

/// A function whose parameter number `position` is the code.
struct CodeFunction {
  std::string name;
  std::size_t position;
  auto operator<=>(const CodeFunction&) const = default;
};

std::set<CodeFunction> functions_with_code(std::string_view text) {
  std::set<CodeFunction> functions;
  for (const auto end : places_of(text, "std::string_view code")) {
    const auto open = text.rfind('(', end);
    if (open == std::string_view::npos || end >= text.size() || in_name(text[end])) continue;
    const auto before = text.substr(open + 1, end - open - 1);
    if (before.find_first_of(");{") != std::string_view::npos) continue;  // a member
    auto begin = open;
    while (begin > 0 && in_name(text[begin - 1])) --begin;
    functions.insert({.name = std::string(text.substr(begin, open - begin)),
                      .position = static_cast<std::size_t>(std::ranges::count(before, ','))});
  }
  return functions;
}

std::string_view argument_of(std::string_view text, std::size_t at, std::size_t position) {
  for (; position > 0; --position) at = std::min(end_of_expression(text, at) + 1, text.size());
  return text.substr(at, end_of_expression(text, at) - at);
}

}  // namespace

CodesInSources codes_in(std::string_view text, const std::string& file) {
  CodesInSources codes;
  const auto take = [&](std::string_view expression) {
    for (auto& literal : literals_of(expression)) codes.emplace(std::move(literal), file);
  };
  for (const auto at : places_of(text, "code = ")) take(argument_of(text, at, 0));
  for (const auto at : places_of(text, "CodeMeaning{")) take(argument_of(text, at, 1));
  for (const auto& function : functions_with_code(text))
    for (const auto at : places_of(text, function.name + "(")) take(argument_of(text, at, function.position));
  return codes;
}

CodesInSources codes_in_sources() {
  constexpr std::array kFolders = {"core", "gp", "pcsc", "sessions", "virtualcard", "interpreter"};
  CodesInSources codes;
  for (const auto* folder : kFolders) {
    for (const auto& entry : files::recursive_directory_iterator(source_file(folder))) {
      const auto& path = entry.path();
      const bool explains =
          path.parent_path().filename() == "run_codes" || path.filename() == "code_table.cpp";
      if (explains || (path.extension() != ".cpp" && path.extension() != ".h")) continue;
      codes.merge(codes_in(read_file(path), files::relative(path, source_file(".")).string()));
    }
  }
  return codes;
}

}  // namespace gpsh::test
