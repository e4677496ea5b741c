// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/bind.h"

namespace gpsh::interpreter {

/// Walks the words after a command's name as options and values, and collects what is wrong on the bound
/// line.
class OptionWords {
 public:
  struct Value {
    std::string text;
    const Word* word;
  };

  OptionWords(const ScriptLine& line, const Environment& environment, Strictness strictness, BoundLine& bound)
      : line_(line), environment_(environment), strictness_(strictness), bound_(bound) {}

  /// The next option's name; nothing at the line's end or at a comment.
  [[nodiscard]] std::optional<std::string> next_option();
  /// The value of the current option; nothing, with a diagnostic, when there is none.
  [[nodiscard]] std::optional<Value> value();
  /// Notes where the value of an option of this command stands.
  void remember(std::string_view option, const Value& value);
  /// Whether the current option's value was given before on this line: a warning.
  void warn_if_repeated();
  /// An option that this command does not have: ignored with a warning where another has it, else unknown.
  void foreign_option();
  void report(const ValueProblem& problem, const Value& value);
  /// Masks the value from now on.
  void hide(const Value& value, const gp::Secret* key);

 private:
  [[nodiscard]] std::string expand(const Word& word) const;
  [[nodiscard]] bool usable(const Word& word);
  void unknown_option();
  /// Whether blanks cut a hex value in two or more: then its other pieces are passed, with one diagnostic.
  bool hex_in_pieces();
  [[nodiscard]] std::optional<std::string_view> option_near(const std::string& name) const;
  [[nodiscard]] std::string advice_on_unknown(const std::string& name) const;
  void add(Severity severity, Diagnostic diagnostic);

  const ScriptLine& line_;
  const Environment& environment_;
  Strictness strictness_;
  BoundLine& bound_;
  std::size_t next_ = 1;
  const Word* option_word_ = nullptr;
  std::string option_;
  std::size_t value_at_ = 0;  ///< where the value stands that was read last; 0: none yet
  bool after_hex_ = false;    ///< that is the word before this option, of hex digits alone
  std::vector<std::string> seen_;
};

/// Whether a word has ${VARIABLES}: then nothing secret stands in the text.
[[nodiscard]] bool has_variable(const Word& word);

/// Masks a value in echo and messages from now on, unless it is a public test key, for which this is false.
/// `text` is the word with its variables replaced, `key` what it was read as, if it was.
bool hide_value(const Word& word, const std::string& text, const gp::Secret* key, BoundLine& bound);

/// A word with its variables replaced; an unset variable stays as it is written.
[[nodiscard]] std::string expand(const Word& word, const Environment& environment);

}  // namespace gpsh::interpreter
