// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "gp/diversification.h"
#include "gp/doctor.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}  // namespace CLI

namespace gpsh::interpreter {

/// The keys for words that read logs, as typed; each option can be repeated. --enc, --mac and --dek given for
/// the n-th time make the n-th set.
struct KeyArguments {
  std::vector<std::string> keys{};  ///< --key
  std::vector<std::string> enc{};
  std::vector<std::string> mac{};
  std::vector<std::string> dek{};
  std::vector<std::string> derivations{};
};

/// Adds --key, --enc, --mac, --dek and --derivation. `arguments` outlives the parsing.
void add_key_arguments(CLI::App& app, KeyArguments& arguments);

/// A key as typed behind `option`. Throws Error (usage, "key-value"), which does not say the value.
[[nodiscard]] gp::Secret key_argument(const std::string& text, const std::string& option);

/// The sets that were given, called "given". Throws Error (usage, "key-value") for a value that is no key; it
/// does not say the value.
[[nodiscard]] std::vector<gp::CandidateKeys> given_candidates(const KeyArguments& arguments);
/// All derivations with a name, and those of --derivation. Throws Error (usage, "key-derivation").
[[nodiscard]] std::vector<gp::Diversification> derivations_of(const KeyArguments& arguments);

}  // namespace gpsh::interpreter
