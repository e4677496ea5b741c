// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/apdu.h"
#include "sessions/explain_field.h"

namespace gpsh::sessions {

/// What the answer's data says as the answer to this command, both without secure messaging. Data that is not
/// formed as it should be stands as hex. Any answer will do.
[[nodiscard]] ExplainedFields response_fields(const CommandApdu& command, const ResponseApdu& response);

/// The answer to GET DATA for this tag. Throws Error (card) for what cannot be read.
[[nodiscard]] ExplainedFields card_object_fields(std::uint16_t tag, ByteView data);

}  // namespace gpsh::sessions
