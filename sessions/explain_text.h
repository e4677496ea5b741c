// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "sessions/explain.h"

namespace gpsh::sessions {

/// Several lines, ended by a line end: "FILE:LINE: NAME", below it indented what the command says, what is
/// known of secure messaging and what it computed, the answer and what it says. Without a line number the
/// first line has the name alone.
[[nodiscard]] std::string explain_text(const ExplainedExchange& exchange, std::string_view file);
[[nodiscard]] std::string explain_text(const ExplainedRemark& remark, std::string_view file);

/// One JSON object on one line: kind ("exchange" or "remark") and what the structs have; fields as {name,
/// value, meaning, fields}, what is empty left out.
[[nodiscard]] std::string explain_json(const ExplainedExchange& exchange);
[[nodiscard]] std::string explain_json(const ExplainedRemark& remark);

}  // namespace gpsh::sessions
