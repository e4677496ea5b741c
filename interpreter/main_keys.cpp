// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_keys.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "gp/crypto.h"
#include "gp/protocol_choice.h"
#include "interpreter/main_key_arguments.h"

namespace gpsh::interpreter {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kTripleDesBytes = 16;
constexpr std::size_t kDerivationDataBytes = 10;
constexpr std::uint8_t kScp02 = 2;
constexpr std::uint8_t kScp03 = 3;

/// What may be said of a key.
struct KeyFacts {
  std::size_t bytes = 0;
  std::optional<std::string> triple_des{};  ///< check value; a key of another length is for AES alone
  std::string aes{};
  std::optional<std::string_view> public_name{};
};

KeyFacts facts_of(const gp::Secret& key) {
  KeyFacts facts{
      .bytes = key.size(), .aes = to_hex(gp::kcv_aes(key)), .public_name = gp::public_test_key_name(key)};
  if (key.size() == kTripleDesBytes) facts.triple_des = to_hex(gp::kcv_3des(key));
  return facts;
}

std::string in_words(const KeyFacts& facts) {
  auto text = fmt::format("{} bytes: ", facts.bytes);
  if (facts.triple_des) text += fmt::format("3DES {}, ", *facts.triple_des);
  text += "AES " + facts.aes;
  if (facts.public_name) text += fmt::format(" (the {})", *facts.public_name);
  return text + "\n";
}

ordered_json json_of(const KeyFacts& facts) {
  return {{"bytes", facts.bytes},
          {"kcv_3des", facts.triple_des ? ordered_json(*facts.triple_des) : ordered_json()},
          {"kcv_aes", facts.aes},
          {"public_test_key", facts.public_name.has_value()}};
}

int print_check_values(const KeysCommand& command) {
  std::vector<KeyFacts> all;
  for (const auto& text : command.keys) all.push_back(facts_of(key_argument(text, "--key")));
  if (command.format == "json") {
    auto list = ordered_json::array();
    for (const auto& facts : all) list.push_back(json_of(facts));
    std::cout << list.dump(2) << "\n";
  } else {
    for (std::size_t at = 0; at < all.size(); ++at) {
      if (all.size() > 1) std::cout << "key " << at + 1 << ", ";
      std::cout << in_words(all[at]);
    }
  }
  return 0;
}

Bytes derivation_data(const std::string& text) {
  auto data = from_hex(text);
  if (data && data->size() == kDerivationDataBytes) return std::move(*data);
  throw Error({.kind = ErrorKind::usage,
               .code = "derivation-data",
               .message = "the value of --data is not 10 bytes in hex",
               .advice = "give the first 10 bytes of the card's answer to INITIALIZE UPDATE"});
}

std::uint8_t protocol_of(const KeysCommand& command, const gp::Diversification& method,
                         const gp::Secret& master) {
  if (!command.protocol.empty()) return static_cast<std::uint8_t>(command.protocol.back() - '0');
  return method.counter_mode() || master.size() != kTripleDesBytes ? kScp03 : kScp02;
}

int print_derived(const KeysCommand& command) {
  const auto master = key_argument(command.keys.front(), "--key");
  const auto method = gp::Diversification::parse(command.derivation);
  const auto data = derivation_data(command.data);
  const auto protocol = protocol_of(command, method, master);
  const auto keys = gp::diversify(method, master, data, protocol);
  const auto check_value = [&](const gp::Secret& key) {
    return to_hex(protocol == kScp03 ? gp::kcv_aes(key) : gp::kcv_3des(key));
  };
  const auto name = gp::protocol_name(protocol);
  if (command.format == "json") {
    const ordered_json object = {{"derivation", method.name()},
                                 {"protocol", name},
                                 {"enc", check_value(keys.enc)},
                                 {"mac", check_value(keys.mac)},
                                 {"dek", check_value(keys.dek)}};
    std::cout << object.dump(2) << "\n";
  } else {
    std::cout << fmt::format("{} for {}: ENC {}, MAC {}, DEK {} ({} check values)\n", method.name(), name,
                             check_value(keys.enc), check_value(keys.mac), check_value(keys.dek),
                             protocol == kScp03 ? "AES" : "3DES");
  }
  return 0;
}

void add_format(CLI::App& app, KeysCommand& command) {
  app.add_option("--format", command.format, "text or json")->check(CLI::IsMember({"text", "json"}));
}

}  // namespace

void add_keys_words(CLI::App& app, KeysCommand& command, const std::function<void()>& chosen) {
  app.require_subcommand(1);
  auto* kcv = app.add_subcommand("kcv", "the check values of keys");
  kcv->add_option("--key", command.keys, "a key; repeatable")
      ->type_name("HEX")
      ->required()
      ->allow_extra_args(false);
  add_format(*kcv, command);
  kcv->callback(chosen);
  auto* derive = app.add_subcommand("derive", "the check values of the keys that come from a master key");
  derive->add_option("--key", command.keys, "the master key")->type_name("HEX")->required()->expected(1);
  derive
      ->add_option("--derivation", command.derivation,
                   "none, visa1, visa, visa2, emvcps11, kdf3, or a template with $0 to $9 and $k")
      ->type_name("NAME")
      ->required();
  derive->add_option("--data", command.data, "10 bytes of diversification data, as INITIALIZE UPDATE answers")
      ->type_name("HEX")
      ->required();
  derive->add_option("--protocol", command.protocol, "SCP01, SCP02 or SCP03; default: as method and key say")
      ->check(CLI::IsMember({"SCP01", "SCP02", "SCP03"}, CLI::ignore_case));
  add_format(*derive, command);
  derive->callback([&command, chosen] {
    command.derive = true;
    chosen();
  });
}

int run_keys(const KeysCommand& command) {
  return command.derive ? print_derived(command) : print_check_values(command);
}

}  // namespace gpsh::interpreter
