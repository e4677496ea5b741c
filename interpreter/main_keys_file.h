// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "interpreter/bind.h"
#include "interpreter/check.h"

namespace gpsh::interpreter {

/// The keys of --keys FILE, and those that were learnt later, by the names that ${NAME} asks for.
class KeysFile {
 public:
  /// No file: nothing has a name.
  KeysFile() = default;
  /// Reads lines NAME = HEX, # begins a comment, or one JSON object {"NAME": "HEX"}; keys have 16, 24 or 32
  /// bytes. Throws Error (file): "unreadable-keys"; "keys-readable" when others than the owner can read or
  /// write the file; "bad-keys" with the line. No message says a value.
  [[nodiscard]] static KeysFile read(const std::string& path);

  /// A key of the file, else what `otherwise` knows.
  [[nodiscard]] Environment before(Environment otherwise) const;
  /// Null for an unknown name. Valid as long as this.
  [[nodiscard]] const std::string* find(const std::string& name) const;
  /// A value of any kind for a name that is unknown; returns it.
  const std::string& learn(const std::string& name, std::string value);
  /// Those that have a value.
  [[nodiscard]] std::vector<std::string> names() const;
  /// Replaces every value, but short ones, that stands in a message by <hidden>.
  void mask(std::vector<Diagnostic>& diagnostics) const;

 private:
  std::map<std::string, std::string> keys_;
};

}  // namespace gpsh::interpreter
