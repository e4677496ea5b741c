// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.h"

namespace gpsh::sessions {

/// A status word that a tool shows apart from the data of the answer.
struct ApartStatusWord {
  std::string_view data{};  ///< what stands in front of it
  std::string digits{};     ///< four
};

/// "6F10 [9000]", "4502CAFE SW=9000", "(SW1SW2: 0x9000)"; nothing where anything but hex stands in front.
[[nodiscard]] std::optional<ApartStatusWord> status_word_apart(std::string_view text);

/// The four digits of a text that starts "SW: 9000", "SW=0x9000", "SW1 SW2: 90 00" or "Status: 9000".
[[nodiscard]] std::optional<std::string> labelled_status_word(std::string_view text);

/// Whether collected digits and blanks end in this status word already.
[[nodiscard]] bool repeats(std::string_view digits_and_blanks, std::string_view status_word);

/// Whether bytes can be an answer: SW1 is 6x or 9x (ISO/IEC 7816-3 section 10.3.3).
[[nodiscard]] bool ends_in_status_word(ByteView response);

/// The text without a bracket like "(12 ms)" at its end.
[[nodiscard]] std::string_view without_duration(std::string_view text);

}  // namespace gpsh::sessions
