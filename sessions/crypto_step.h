// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/bytes.h"

namespace gpsh::sessions {

/// Whether what is computed on the way is kept, for those who want to see it.
enum class Teaching { off, on };

/// Whose bytes these are. Those of an application may be a key, a PIN or personal data: then only their
/// length is shown.
enum class Whose { protocol, application };

/// One value of a computation, or several in a row with what they are made of.
struct StepValue {
  std::string name{};  ///< "ICV", "input", "in the log"
  Bytes bytes{};
  std::string words{};  ///< where it comes from, or what it means; may be empty
  Whose whose = Whose::protocol;
  std::vector<StepValue> parts{};  ///< of which it is the concatenation; `bytes` is then empty
};

/// One computation of a secure channel: a key, a cryptogram, a MAC, a decryption.
struct CryptoStep {
  std::string name{};    ///< "C-MAC"
  std::string method{};  ///< how it is computed, with the section of the specification
  std::vector<StepValue> values{};
};

using CryptoSteps = std::vector<CryptoStep>;

/// The bytes that a cipher takes, "input" unless named otherwise, of these parts; those without bytes are
/// left out.
[[nodiscard]] StepValue step_input(std::vector<StepValue> parts, std::string name = "input");
/// "result", and "in the log" with whether they are equal; where the log's is the front of a longer result,
/// that is what is compared. Nothing but the result where the log has none.
void append_result(CryptoStep& step, ByteView result, ByteView logged);

}  // namespace gpsh::sessions
