// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.h"

namespace gpsh::interpreter {

/// GPShell's number and text for one failure, as scripts and people know them from its error lines.
struct GpshellError {
  std::uint32_t code = 0;
  std::string message;
};

/// 0x8020SSSS, or 0x8021SSSS where SELECT and EXTERNAL AUTHENTICATE give the status word another meaning.
[[nodiscard]] GpshellError gpshell_status(StatusWord sw, std::uint8_t ins);
/// Of any failure: status word, PC/SC code or one of the library's own codes.
[[nodiscard]] GpshellError gpshell_error(const Error& error);
/// LABEL 0xCCCCCCCC (MESSAGE), as GPShell prints a failure on stdout; some failures have another label or
/// form.
[[nodiscard]] std::string gpshell_error_line(std::string_view label, const Error& error);

}  // namespace gpsh::interpreter
