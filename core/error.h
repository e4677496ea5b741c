// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/bytes.h"
#include "core/status_word.h"

namespace gpsh {

/// Who has to act on an error; main maps it to the exit code.
enum class ErrorKind {
  syntax,    ///< the script's text
  usage,     ///< a value or an order of commands that cannot work
  file,      ///< a file that cannot be read or is not what it should be
  reader,    ///< no service, no reader, no card
  card,      ///< the card refused or answered something unreadable
  security,  ///< a cryptogram or MAC is wrong
  internal,  ///< a fault of gpsh itself
};

/// What went over the wire when an error happened.
struct Exchange {
  std::string command;           ///< the specification's name: "GET STATUS", "INSTALL [for load]"
  Bytes apdu;                    ///< the plain command
  std::optional<StatusWord> sw;  ///< absent when no answer came
};

/// Everything an Error says; given with designated initialisers.
struct ErrorFacts {
  ErrorKind kind = ErrorKind::internal;
  std::string_view code{};  ///< stable, a string literal: "card-cryptogram"; shown as gpsh.card-cryptogram
  std::string message{};    ///< one sentence without a final full stop
  std::string advice{};     ///< what to do next; may be empty
  std::optional<Exchange> exchange{};
  std::optional<std::uint32_t> native_code{};  ///< the PC/SC code or errno behind it
  std::string native_text{};                   ///< the other library's own words for it; may be empty
};

/// The only exception of gpsh. Thrown where the failure is known, caught once a command by execute.
class Error final : public std::exception {
 public:
  explicit Error(ErrorFacts facts) : facts_(std::move(facts)) {}

  [[nodiscard]] const ErrorFacts& facts() const noexcept { return facts_; }
  [[nodiscard]] ErrorKind kind() const noexcept { return facts_.kind; }
  [[nodiscard]] std::string_view code() const noexcept { return facts_.code; }
  [[nodiscard]] const char* what() const noexcept override { return facts_.message.c_str(); }

 private:
  ErrorFacts facts_;
};

}  // namespace gpsh
