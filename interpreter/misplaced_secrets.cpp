// SPDX-License-Identifier: Apache-2.0
#include "interpreter/misplaced_secrets.h"

#include <algorithm>
#include <cctype>

#include "core/suggest.h"
#include "interpreter/hex_run.h"
#include "interpreter/option_words.h"

namespace gpsh::interpreter {
namespace {

/// Four bytes: as much as half a DES key cut in two.
constexpr std::size_t kDigitsOfAPart = 8;
/// No message quotes what is shorter; as a part of other words it would be replaced everywhere, and empty for
/// ever.
constexpr std::size_t kShortestReplaced = 4;
/// In a comment, where AIDs and other hex may stand too.
constexpr std::size_t kDigitsOfAKey = 32;

bool takes_secrets(const CommandInfo& command) {
  return std::ranges::find(command.options, Secrecy::secret, &OptionInfo::secrecy) != command.options.end();
}

/// Whether a key may stand on a line of this command where no option says so.
bool may_hold_secrets(const CommandInfo* command) {
  if (command == nullptr || command->rest == Rest::ignored) return true;
  return takes_secrets(*command);
}

/// What stands where the next word is.
enum class Place { option, open_value, secret_value, behind_secret };

Place place_behind(const OptionInfo& option) {
  if (option.arity == Arity::flag) return Place::option;
  return option.secrecy == Secrecy::secret ? Place::secret_value : Place::open_value;
}

/// The option that was meant; it may be written with its value: -key=40.
const OptionInfo* option_meant(const std::string& text) {
  const auto name = text.substr(0, text.find('='));
  if (const auto* known = find_option_of_any_command(name)) return known;
  const auto near = suggest(name, all_option_names());
  return near ? find_option_of_any_command(*near) : nullptr;
}

/// Whether an option is meant rather than a value; its dash may be forgotten.
bool begins_option(const std::string& text) {
  return text.starts_with('-') || find_option_of_any_command("-" + text.substr(0, text.find('='))) != nullptr;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

class Walk {
 public:
  Walk(const Source& source, BoundLine& bound) : source_(source), bound_(bound) {}

  /// The first word of a line whose command nobody knows: a wrapped line may begin with an option or a key.
  void pass_first(const Word& word, const std::string& text) {
    if (!word.problem && begins_option(text)) {
      pass_option(word, text);
    } else {
      hide_part(word, as_written(word, text));
    }
  }

  void pass(const Word& word, const std::string& text) {
    const auto here = std::exchange(place_, Place::option);
    const bool cut = here == Place::behind_secret && !begins_option(text);
    if (here == Place::secret_value || cut) {
      place_ = Place::behind_secret;
      hide(word, as_written(word, text));
    } else if (word.problem) {
      hide_part(word, as_written(word, text));
    } else if (here == Place::open_value) {
      if (is_refused(word)) hide_part(word, text);
    } else {
      pass_option(word, text);
    }
  }

 private:
  /// What a word in a wrong form means is not known.
  [[nodiscard]] std::string as_written(const Word& word, const std::string& text) const {
    return word.problem ? std::string(source_.text(word.span)) : text;
  }
  void pass_option(const Word& word, const std::string& text) {
    if (text == kNoStop) return;
    const auto* meant = option_meant(text);
    const auto equals = text.find('=');
    const bool with_value = equals != std::string::npos;
    if (with_value && meant != nullptr && meant->secrecy == Secrecy::secret) {
      hide(word, text, text.substr(equals + 1));
    } else if (!hide_part(word, text) && meant != nullptr && !with_value) {
      place_ = place_behind(*meant);
    }
  }
  [[nodiscard]] bool is_refused(const Word& word) const {
    return std::ranges::any_of(bound_.diagnostics, [&](const Diagnostic& diagnostic) {
      return diagnostic.severity == Severity::error && diagnostic.span &&
             diagnostic.span->offset == word.span.offset;
    });
  }
  bool hide_part(const Word& word, const std::string& text) {
    const bool part = longest_hex_run(text) >= kDigitsOfAPart;
    if (part) hide(word, text);
    return part;
  }
  void hide(const Word& word, const std::string& text) { hide(word, text, text); }
  void hide(const Word& word, const std::string& text, const std::string& value) {
    const auto known = std::ranges::any_of(
        bound_.secrets, [&](const SecretText& secret) { return secret.span.offset == word.span.offset; });
    if (known || !hide_value(word, value, nullptr, bound_) || text.size() < kShortestReplaced) return;
    const auto shown = has_variable(word) ? word.literal() : std::string(kMask);
    for (auto& diagnostic : bound_.diagnostics) {
      for (auto* told : {&diagnostic.text, &diagnostic.advice, &diagnostic.gpshell_line})
        replace_all(*told, text, shown);
    }
    if (bound_.info == nullptr) replace_all(bound_.name, text, shown);
  }

  const Source& source_;
  BoundLine& bound_;
  Place place_ = Place::option;
};

void hide_keys_in(Span comment, const Source& source, BoundLine& bound) {
  const auto text = source.text(comment);
  const auto is_digit = [](unsigned char c) { return std::isxdigit(c) != 0; };
  for (auto from = std::ranges::find_if(text, is_digit); from != text.end();) {
    const auto to = std::find_if_not(from, text.end(), is_digit);
    const std::string run(from, to);
    const auto offset = comment.offset + static_cast<std::size_t>(from - text.begin());
    if (run.size() >= kDigitsOfAKey) {
      Word word;
      word.span = {offset, run.size()};
      hide_value(word, run, nullptr, bound);
    }
    from = std::find_if(to, text.end(), is_digit);
  }
}

}  // namespace

void hide_misplaced_secrets(const Source& source, const ScriptLine& line, const Environment& environment,
                            BoundLine& bound) {
  if (!may_hold_secrets(bound.info)) return;
  const bool wrong = !bound.diagnostics.empty();
  Walk walk(source, bound);
  const auto& first = line.words.front();
  if (bound.info == nullptr) walk.pass_first(first, expand(first, environment));
  for (auto word = line.words.begin() + 1; word != line.words.end(); ++word) {
    if (word->starts_comment()) {
      hide_keys_in({word->span.offset, line.span.offset + line.span.length - word->span.offset}, source,
                   bound);
      return;
    }
    if (wrong) walk.pass(*word, expand(*word, environment));
  }
}

}  // namespace gpsh::interpreter
