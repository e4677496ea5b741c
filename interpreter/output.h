// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string_view>

namespace gpsh::interpreter {

enum class OutputFormat { text, json };

/// What a script run says on stdout. Lines are flushed before a command goes to the card and after each
/// script command, so that nothing printed is lost with the process.
class Output {
 public:
  explicit Output(std::ostream& stream) : stream_(stream) {}

  void raw(std::string_view text) { stream_ << text; }
  void line(std::string_view text) { stream_ << text << '\n'; }
  void flush() { stream_.flush(); }

 private:
  std::ostream& stream_;
};

}  // namespace gpsh::interpreter
