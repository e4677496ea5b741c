// SPDX-License-Identifier: Apache-2.0
#include "interpreter/option_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/suggest.h"
#include "gp/crypto.h"
#include "gp/keys.h"
#include "interpreter/gpshell_option_errors.h"
#include "interpreter/hex_run.h"
#include "interpreter/lookalikes.h"

namespace gpsh::interpreter {
namespace {

bool is_hex(const Word& word) {
  const auto text = word.literal();
  return !text.empty() && longest_hex_run(text) == text.size();
}

bool bare_comment_sign(const Word& word) {
  const auto text = word.literal();
  return !word.quoted && (text == "//" || text == "#");
}

}  // namespace

std::string expand(const Word& word, const Environment& environment) {
  std::string text;
  for (const auto& piece : word.pieces) {
    if (piece.kind == Word::Piece::Kind::text) {
      text += piece.text;
    } else {
      text += environment(piece.text).value_or("${" + piece.text + "}");
    }
  }
  return text;
}

bool has_variable(const Word& word) {
  return std::ranges::find(word.pieces, Word::Piece::Kind::variable, &Word::Piece::kind) != word.pieces.end();
}

bool hide_value(const Word& word, const std::string& text, const gp::Secret* key, BoundLine& bound) {
  std::optional<gp::Secret> own;
  if (key == nullptr) {
    own = gp::Secret::from_hex(text);
    if (own && !own->empty()) key = &*own;
  }
  if (key != nullptr && gp::is_public_test_key(*key)) return false;
  if (has_variable(word)) return true;
  SecretText secret{.span = word.span, .check_value_3des = {}, .check_value_aes = {}};
  if (key != nullptr) {
    if (key->size() == gp::kTripleDesKeyBytes) secret.check_value_3des = to_hex(gp::kcv_3des(*key));
    if (key->size() == 16 || key->size() == 24 || key->size() == 32) {
      secret.check_value_aes = to_hex(gp::kcv_aes(*key));
    }
  }
  bound.secrets.push_back(std::move(secret));
  return true;
}

std::string OptionWords::expand(const Word& word) const {
  return interpreter::expand(word, environment_);
}

bool OptionWords::usable(const Word& word) {
  if (!word.problem) return true;
  add(Severity::error, {.code = word.problem->code,
                        .text = std::string(word.problem->text),
                        .span = word.problem->span,
                        .advice = std::string(word.problem->advice),
                        .kind = ErrorKind::syntax});
  return false;
}

std::optional<std::string> OptionWords::next_option() {
  while (next_ < line_.words.size()) {
    const auto& word = line_.words[next_];
    if (word.starts_comment()) return std::nullopt;
    after_hex_ = next_ > 1 && value_at_ == next_ - 1 && is_hex(line_.words[value_at_]);
    ++next_;
    if (!usable(word)) continue;
    option_word_ = &word;
    option_ = expand(word);
    return option_;
  }
  return std::nullopt;
}

std::optional<OptionWords::Value> OptionWords::value() {
  if (next_ == line_.words.size() || bare_comment_sign(line_.words[next_])) {
    add(Severity::error, {.code = "missing-value",
                          .text = fmt::format("option {} needs a value", option_),
                          .span = option_word_->span,
                          .advice = fmt::format("see gpsh help {}", bound_.name),
                          .gpshell_line = fmt::format("Error: option {} not followed by data", option_)});
    return std::nullopt;
  }
  value_at_ = next_;
  const auto& word = line_.words[next_++];
  if (!usable(word)) return std::nullopt;
  return Value{.text = expand(word), .word = &word};
}

void OptionWords::remember(std::string_view option, const Value& value) {
  bound_.options.push_back({option, value.word->span});
}

void OptionWords::warn_if_repeated() {
  if (std::ranges::find(seen_, option_) != seen_.end()) {
    add(Severity::warning, {.code = "repeated-option",
                            .text = fmt::format("option {} is given twice, the last value counts", option_),
                            .span = option_word_->span,
                            .advice = "remove one of them"});
  }
  seen_.push_back(option_);
}

void OptionWords::foreign_option() {
  const auto* other = find_option_of_any_command(option_);
  if (other == nullptr) {
    unknown_option();
    return;
  }
  const auto* option_word = option_word_;
  if (other->arity == Arity::one_value) {
    const auto given = value();
    if (!given) return;
    if (other->secrecy == Secrecy::secret) hide(*given, nullptr);
    if (auto problem = other->validate(given->text)) report(*problem, *given);
  }
  add(Severity::warning, {.code = "unused-option",
                          .text = fmt::format("{} does nothing with option {}", bound_.name, other->name),
                          .span = option_word->span,
                          .advice = "remove it; GPShell ignores it too"});
}

std::optional<std::string_view> OptionWords::option_near(const std::string& name) const {
  if (name.starts_with('-')) {
    if (auto near = suggest(name, option_names(*bound_.info))) return near;
  }
  // A short one is near to many.
  constexpr std::size_t kShort = 4;
  if (name.starts_with('-') && name.size() <= kShort) return std::nullopt;
  return suggest(name, all_option_names());
}

/// What to do about an option that nobody has.
std::string OptionWords::advice_on_unknown(const std::string& name) const {
  if (auto advice = advice_on_lookalike(option_)) return *std::move(advice);
  const auto near = option_near(name);
  if (near && name != option_) return fmt::format("write {} VALUE, with a blank between", *near);
  if (near) return fmt::format("did you mean {}?", *near);
  const auto takes = [&](const OptionInfo& option) {
    return option.arity == Arity::one_value && !option.validate(option_);
  };
  const auto& options = bound_.info->options;
  const auto only = std::ranges::find_if(options, takes);
  const bool one = std::ranges::count_if(options, takes) == 1;
  if (!option_.starts_with('-') && one) {
    const auto value = only->secrecy == Secrecy::secret ? "VALUE" : option_;
    return fmt::format("did you mean {} {}?", only->name, value);
  }
  return fmt::format("see gpsh help {}", bound_.name);
}

bool OptionWords::hex_in_pieces() {
  if (!after_hex_ || !is_hex(*option_word_)) return false;
  const auto first = value_at_;
  while (next_ < line_.words.size() && is_hex(line_.words[next_])) ++next_;
  add(strictness_ == Strictness::lenient ? Severity::warning : Severity::error,
      {.code = "unknown-option",
       .text = fmt::format("the value of {} has blanks in it", line_.words[first - 1].literal()),
       .span = option_word_->span,
       .advice = "write its bytes without blanks between them",
       .gpshell_line = fmt::format("Error: unknown option {}", option_)});
  return true;
}

void OptionWords::unknown_option() {
  if (hex_in_pieces()) return;
  const auto name = option_.substr(0, option_.starts_with('-') ? option_.find('=') : std::string::npos);
  const auto severity = strictness_ == Strictness::lenient ? Severity::warning : Severity::error;
  add(severity, {.code = "unknown-option",
                 .text = fmt::format("unknown option {}", option_),
                 .span = option_word_->span,
                 .advice = advice_on_unknown(name),
                 .gpshell_line = fmt::format("Error: unknown option {}", option_)});
  const bool value_follows = name == option_ && next_ < line_.words.size() &&
                             !line_.words[next_].starts_comment() &&
                             !line_.words[next_].literal().starts_with('-');
  if (value_follows) ++next_;
}

void OptionWords::report(const ValueProblem& problem, const Value& value) {
  add(problem.severity,
      {.code = problem.code,
       .text = fmt::format("{}: {}", option_, problem.text),
       .span = value.word->span,
       .advice = problem.advice,
       .gpshell_line = problem.severity == Severity::error ? gpshell_option_error(option_, value.text) : ""});
}

void OptionWords::hide(const Value& value, const gp::Secret* key) {
  hide_value(*value.word, value.text, key, bound_);
}

void OptionWords::add(Severity severity, Diagnostic diagnostic) {
  diagnostic.severity = severity;
  bound_.diagnostics.push_back(std::move(diagnostic));
}

}  // namespace gpsh::interpreter
