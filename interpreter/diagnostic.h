// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/observer.h"
#include "interpreter/source.h"

namespace gpsh::interpreter {

/// A message as data; a renderer makes text or JSON of it. Codes are stable: tests and users refer to them.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string_view code{};           ///< shown as gpsh.CODE
  std::string text{};                ///< one sentence, no full stop
  std::optional<Span> span{};        ///< absent: not about a place in the script
  std::vector<std::string> facts{};  ///< the cause in detail: what was sent, what came back
  std::string advice{};              ///< what to do next; may be empty
  ErrorKind kind = ErrorKind::usage;
  std::string gpshell_line{};  ///< what GPShell prints for it on stdout; empty where it prints nothing
};

[[nodiscard]] bool has_errors(const std::vector<Diagnostic>& diagnostics);

/// note, warning or error.
[[nodiscard]] std::string_view severity_word(Severity severity);

[[nodiscard]] std::size_t count(const std::vector<Diagnostic>& diagnostics, Severity severity);

/// The message of an Error, placed at `span`.
[[nodiscard]] Diagnostic diagnose(const Error& error, std::optional<Span> span);

/// The message about a path that cannot even be looked at.
[[nodiscard]] Diagnostic diagnose_path(const std::filesystem::filesystem_error& error);

/// The message of an exception that is no Error, which only a fault of gpsh can throw.
[[nodiscard]] Diagnostic diagnose_fault(const std::exception& fault);

/// 0 good, 1 the card or channel said no, 2 script or usage, 3 no reader or card, 70 a fault of gpsh.
[[nodiscard]] int exit_code(ErrorKind kind);

}  // namespace gpsh::interpreter
