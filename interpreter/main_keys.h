// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}  // namespace CLI

namespace gpsh::interpreter {

/// gpsh keys kcv|derive, as typed.
struct KeysCommand {
  bool derive = false;  ///< else check values
  std::vector<std::string> keys{};
  std::string derivation{};
  std::string data{};      ///< hex, 10 bytes of diversification data
  std::string protocol{};  ///< SCP01, SCP02, SCP03; empty: SCP03 where the method or the key is for AES
  std::string format = "text";
};

/// Adds kcv and derive with their options; `chosen` is called when one of them was given. `command` outlives
/// the parsing.
void add_keys_words(CLI::App& app, KeysCommand& command, const std::function<void()>& chosen);

/// Prints check values, never a key; 0. Throws Error (usage): "key-value", "key-derivation", "key-length",
/// "derivation-protocol", "derivation-data".
[[nodiscard]] int run_keys(const KeysCommand& command);

}  // namespace gpsh::interpreter
