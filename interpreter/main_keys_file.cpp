// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_keys_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/error.h"
#include "core/system_reason.h"
#include "gp/secret.h"
#include "interpreter/hex_run.h"
#include "interpreter/main_text.h"

namespace gpsh::interpreter {
namespace {

namespace files = std::filesystem;
constexpr auto kForm = "write NAME = HEX on each line, or one JSON object of names and hex values";
constexpr std::string_view kBlanks = " \t\r";
/// What is shorter stands in many a word by chance.
constexpr std::size_t kShortestSecret = 8;
constexpr std::string_view kHidden = "<hidden>";
/// Of a key, where its name should stand.
constexpr std::size_t kDigitsOfAPart = 16;
constexpr std::size_t kMaxKeysFile = std::size_t{1} << 20;

[[noreturn]] void failed(std::string_view code, std::string message, std::string advice) {
  throw Error(
      {.kind = ErrorKind::file, .code = code, .message = std::move(message), .advice = std::move(advice)});
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// As a shell writes it: export NAME=HEX.
std::string without_export(const std::string& name) {
  constexpr std::string_view kExport = "export ";
  return name.starts_with(kExport) ? trimmed(name.substr(kExport.size())) : name;
}

void expect_private(const std::string& path) {
  std::error_code problem;
  const auto status = files::status(path, problem);
  if (problem)
    failed("unreadable-keys", "cannot read the keys of " + path + ": " + problem.message(), "check the path");
  constexpr auto kOthers = files::perms::group_all | files::perms::others_all;
  if ((status.permissions() & kOthers) == files::perms::none) return;
  failed("keys-readable", path + " is open to others than its owner, and it holds keys", "chmod 600 " + path);
}

bool is_key(const std::string& value) {
  const auto key = gp::Secret::from_hex(value);
  return key && (key->size() == 16 || key->size() == 24 || key->size() == 32);
}

using Keys = std::map<std::string, std::string>;

void add(Keys& keys, const std::string& place, std::pair<std::string, std::string> named) {
  // Then the name is what must not be shown.
  if (is_key(named.first)) failed("bad-keys", place + ": a key stands where its name should", kForm);
  if (!is_key(named.second)) {
    failed("bad-keys", fmt::format("{}: the value of {} is not a key", place, named.first),
           "give 16, 24 or 32 bytes as hex digits");
  }
  const auto name = named.first;
  if (!keys.insert(std::move(named)).second) {
    failed("bad-keys", fmt::format("{}: {} stands there twice", place, name), "leave one of them out");
  }
}

Keys keys_in_lines(const std::string& path, const std::string& text) {
  Keys keys;
  std::istringstream in(text);
  std::size_t number = 0;
  for (std::string raw; std::getline(in, raw);) {
    const auto place = fmt::format("{}:{}", path, ++number);
    const auto line = trimmed(raw.substr(0, raw.find('#')));
    if (line.empty()) continue;
    const auto sign = line.find('=');
    const auto name = without_export(trimmed(line.substr(0, sign)));
    if (sign == std::string::npos || name.empty())
      failed("bad-keys", place + ": the line names no key", kForm);
    if (longest_hex_run(name) >= kDigitsOfAPart)
      failed("bad-keys", place + ": a key stands where its name should", kForm);
    if (name.find_first_of(" \t,}\"") != std::string::npos)
      failed("bad-keys", fmt::format("{}: \"{}\" is no name that ${{}} can spell", place, name), kForm);
    add(keys, place, {name, trimmed(line.substr(sign + 1))});
  }
  return keys;
}

Keys keys_in_json(const std::string& path, const std::string& text) {
  const auto object = nlohmann::json::parse(text, nullptr, false);
  if (!object.is_object()) failed("bad-keys", path + " begins as JSON and is no JSON object", kForm);
  Keys keys;
  for (const auto& [name, value] : object.items()) {
    add(keys, path, {name, value.is_string() ? value.get<std::string>() : ""});
  }
  return keys;
}

void hide(std::string& text, const std::string& value) {
  for (auto at = text.find(value); at != std::string::npos; at = text.find(value, at + kHidden.size())) {
    text.replace(at, value.size(), kHidden);
  }
}

}  // namespace

KeysFile KeysFile::read(const std::string& path) {
  expect_private(path);
  const auto [text, problem] = read_text(path, kMaxKeysFile);
  if (problem != 0)
    failed("unreadable-keys", "cannot read the keys of " + path + ": " + system_reason(problem),
           "check the path");
  if (text.size() > kMaxKeysFile) {
    failed("bad-keys", fmt::format("{} has more than {} bytes", path, kMaxKeysFile), kForm);
  }
  KeysFile file;
  const auto start = text.find_first_not_of(" \t\r\n");
  const bool json = start != std::string::npos && text[start] == '{';
  file.keys_ = json ? keys_in_json(path, text) : keys_in_lines(path, text);
  return file;
}

Environment KeysFile::before(Environment otherwise) const {
  return [keys = *this, otherwise = std::move(otherwise)](const std::string& name) {
    const auto* key = keys.find(name);
    return key == nullptr ? otherwise(name) : std::optional(*key);
  };
}

const std::string* KeysFile::find(const std::string& name) const {
  const auto found = keys_.find(name);
  return found == keys_.end() ? nullptr : &found->second;
}

const std::string& KeysFile::learn(const std::string& name, std::string value) {
  return keys_.emplace(name, std::move(value)).first->second;
}

std::vector<std::string> KeysFile::names() const {
  std::vector<std::string> names;
  for (const auto& [name, value] : keys_) {
    if (!value.empty()) names.push_back(name);
  }
  return names;
}

void KeysFile::mask(std::vector<Diagnostic>& diagnostics) const {
  for (auto& diagnostic : diagnostics) {
    for (const auto& [name, value] : keys_) {
      if (value.size() < kShortestSecret) continue;
      for (auto* text : {&diagnostic.text, &diagnostic.advice, &diagnostic.gpshell_line}) hide(*text, value);
      for (auto& fact : diagnostic.facts) hide(fact, value);
    }
  }
}

}  // namespace gpsh::interpreter
