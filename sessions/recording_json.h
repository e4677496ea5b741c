// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "sessions/recording.h"

namespace gpsh::sessions {

// The lines of a recording as JSON objects, without check value and line end. Reading throws Error (file,
// "bad-recording") whose message says which field is wrong and not where the line stands.

[[nodiscard]] std::string header_text(const RecordingHeader& header);
[[nodiscard]] RecordingHeader header_of(std::string_view object);

[[nodiscard]] std::string event_text(const RecordedHappening& event);
[[nodiscard]] RecordedHappening event_of(std::string_view object);

/// The beginning of an exchange's object, up to the wire command and without closing brace: what can be
/// written before the card has answered. With exchange_tail() and a brace it is event_text().
[[nodiscard]] std::string exchange_head(const RecordedExchange& exchange);
[[nodiscard]] std::string exchange_tail(const RecordedExchange& exchange);

/// "T=0" or "T=1".
[[nodiscard]] std::string_view protocol_text(TransmissionProtocol protocol);

}  // namespace gpsh::sessions
