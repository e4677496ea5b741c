// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "core/apdu.h"

namespace gpsh::sessions {

/// Joins what a card gives in several answers: 6310 says that more is there, which the same GET STATUS with
/// "next occurrence", or the same GET DATA, asks for (GPCS 2.3.1 section 11.4.3.2).
class AnswerPages {
 public:
  /// Puts what was cut off the answer before in front of this one, and cuts off what goes on in the next, so
  /// that whole entries are left. Gives the number of bytes that were cut off. Any command and answer, both
  /// without secure messaging; the answer to another command is left as it is.
  std::size_t join(const CommandApdu& command, ResponseApdu& response);

 private:
  [[nodiscard]] bool continues(const CommandApdu& command) const;

  std::optional<CommandApdu> asked_{};  ///< the command that was answered 6310
  Bytes rest_{};
};

}  // namespace gpsh::sessions
