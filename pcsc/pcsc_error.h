// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "core/error.h"
#include "pcsc/smart_card_api.h"

namespace gpsh::pcsc {

/// What gpsh says about one PC/SC code.
struct CodeMeaning {
  Code code;
  std::string_view slug;     ///< Error's stable code
  std::string_view message;  ///< lower case, no full stop
  std::string_view advice;
};

/// All codes gpsh has words for.
[[nodiscard]] std::span<const CodeMeaning> code_meanings();

/// The Error (reader) of a code. The message begins with the reader's name where one is given; a code that is
/// not declared is shown with the PC/SC library's own text. native_code is always the code.
[[nodiscard]] Error pcsc_error(Code code, std::string_view reader = {});

/// The same words as `meaning`, but native_code says what PC/SC reported: for a code whose meaning depends on
/// what was done before.
[[nodiscard]] Error pcsc_error_as(Code meaning, Code reported, std::string_view reader);

}  // namespace gpsh::pcsc
