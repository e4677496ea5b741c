// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "core/bytes.h"

namespace gpsh::interpreter {

/// How the trace of a run looks.
enum class TraceStyle {
  gpshell,  ///< the bytes, in the lines of GPShell
  explain,  ///< what they say, for a person
  json,     ///< the same as one JSON object a line
};

/// One command of a run and what became of it.
struct TracedExchange {
  std::size_t line = 0;             ///< of the script; 0: of none
  Bytes plain{};                    ///< the command before secure messaging
  Bytes wire{};                     ///< and after it
  std::size_t apdus = 1;            ///< a long command is cut into several
  std::optional<Bytes> answer{};    ///< without secure messaging; nothing: it was not accepted
  std::optional<Bytes> received{};  ///< as it came; nothing: none did
  std::chrono::microseconds duration{};
};

/// Puts an exchange into words: no key, PIN or encrypted data is in them.
class ExchangeWriter {
 public:
  virtual ~ExchangeWriter() = default;
  /// Whole lines. Never called with TraceStyle::gpshell. Any bytes will do as command and answer.
  [[nodiscard]] virtual std::string write(const TracedExchange& exchange, TraceStyle style) const = 0;
};

}  // namespace gpsh::interpreter
