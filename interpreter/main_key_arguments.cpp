// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_key_arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "core/error.h"

namespace gpsh::interpreter {
namespace {

gp::Secret nth_key(const std::vector<std::string>& texts, std::size_t n, const std::string& option) {
  return n < texts.size() ? key_argument(texts[n], option) : gp::Secret();
}

/// "your key" where there is one, else with its number.
std::string words_of(std::size_t number, std::size_t count) {
  return count == 1 ? "your key" : "your key " + std::to_string(number);
}

}  // namespace

gp::Secret key_argument(const std::string& text, const std::string& option) {
  auto key = gp::Secret::from_hex(text);
  if (key && (key->size() == 16 || key->size() == 24 || key->size() == 32)) return std::move(*key);
  throw Error({.kind = ErrorKind::usage,
               .code = "key-value",
               .message = "the value of " + option + " is not a key",
               .advice = "give 16, 24 or 32 bytes as hex digits"});
}

void add_key_arguments(CLI::App& app, KeyArguments& arguments) {
  const auto add = [&app](const char* name, std::vector<std::string>& values, const char* what) {
    app.add_option(name, values, what)->type_name("HEX")->allow_extra_args(false);
  };
  add("--key", arguments.keys, "a key, or master key, for ENC, MAC and DEK; repeatable");
  add("--enc", arguments.enc, "ENC key of a set");
  add("--mac", arguments.mac, "MAC key of a set");
  add("--dek", arguments.dek, "DEK of a set");
  app.add_option("--derivation", arguments.derivations,
                 "also this derivation: a name, or a template with $0 to $9 and $k; repeatable")
      ->type_name("NAME")
      ->allow_extra_args(false);
}

std::vector<gp::CandidateKeys> given_candidates(const KeyArguments& arguments) {
  const auto sets = std::max({arguments.enc.size(), arguments.mac.size(), arguments.dek.size()});
  const auto count = arguments.keys.size() + sets;
  std::vector<gp::CandidateKeys> candidates;
  const auto add = [&](gp::KeySet keys) {
    candidates.push_back(
        {.name = "given", .words = words_of(candidates.size() + 1, count), .keys = std::move(keys)});
  };
  for (const auto& text : arguments.keys) {
    auto key = key_argument(text, "--key");
    add({.enc = key.clone(), .mac = key.clone(), .dek = std::move(key)});
  }
  for (std::size_t n = 0; n < sets; ++n) {
    add({.enc = nth_key(arguments.enc, n, "--enc"),
         .mac = nth_key(arguments.mac, n, "--mac"),
         .dek = nth_key(arguments.dek, n, "--dek")});
  }
  return candidates;
}

std::vector<gp::Diversification> derivations_of(const KeyArguments& arguments) {
  auto derivations = gp::known_diversifications();
  for (const auto& text : arguments.derivations) {
    auto derivation = gp::Diversification::parse(text);
    const bool known = std::ranges::find(derivations, derivation) != derivations.end();
    if (!known) derivations.push_back(std::move(derivation));
  }
  return derivations;
}

}  // namespace gpsh::interpreter
