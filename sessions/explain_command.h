// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/apdu.h"
#include "sessions/explain_field.h"

namespace gpsh::sessions {

/// What a plain command says: P1, P2 and its data, by the specification of the command. Data that is not
/// formed as it should be stands as hex. With ValueDisplay::lengths no value of STORE DATA is shown; those of
/// PUT KEY and of the commands with a PIN never are. Any command will do.
[[nodiscard]] ExplainedFields command_fields(const CommandApdu& command,
                                             ValueDisplay display = ValueDisplay::shown);

// The parts of command_fields().

/// P1 and P2 (GPCS 2.3.1 section 11; ISO/IEC 7816-4 for SELECT).
[[nodiscard]] ExplainedFields parameter_fields(const CommandApdu& command);
/// The data of INSTALL (GPCS 2.3.1 section 11.5.2.3). Throws Error (card) where its lengths do not add up.
[[nodiscard]] ExplainedFields install_fields(const CommandApdu& command);
/// The data of PUT KEY (GPCS 2.3.1 section 11.8.2.3): versions, types, lengths and check values. Throws Error
/// (card) where its lengths do not add up.
[[nodiscard]] ExplainedFields put_key_fields(const CommandApdu& command);
/// The data of STORE DATA (GPCS 2.3.1 section 11.11.2.3), by the structure that its P1 names.
[[nodiscard]] ExplainedFields store_data_fields(const CommandApdu& command, ValueDisplay display);

}  // namespace gpsh::sessions
