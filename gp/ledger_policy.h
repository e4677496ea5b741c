// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/observer.h"
#include "core/status_word.h"
#include "gp/ledger.h"

/// What the ledger's entries mean. No input, no output: entries in, decisions and words out.
namespace gpsh::gp {

inline constexpr unsigned kWarnAfter = 2;    ///< failures in a row
inline constexpr unsigned kRefuseAfter = 3;  ///< failures in a row

/// Failures in a row that may belong to the key set an attempt at `place` would meet, at most. Entries of one
/// card belong together where the identity is equal, else where ATR, AID and card data are; what cannot be
/// told apart counts, but two entries known to be of two cards are never added up.
[[nodiscard]] unsigned failures_before(const std::vector<OpenAttempt>& open, const AttemptPlace& place);
/// The same for an attempt that is itself one of `open`, and does not count itself.
[[nodiscard]] unsigned failures_before(const std::vector<OpenAttempt>& open, const OpenAttempt& attempt);

/// What the success of `attempt` ends: itself, and the entries proven to be of the same card and key version.
[[nodiscard]] std::vector<AttemptId> ended_by_success(const std::vector<OpenAttempt>& open,
                                                      const OpenAttempt& attempt);

/// Whether an INITIALIZE UPDATE that was answered so counts. 6A88, 6A86, 6700, 6D00 and 6E00 say that the
/// card has no such key set or no such command: no key was touched.
[[nodiscard]] bool refusal_counts(StatusWord sw);

/// Before an attempt goes out, `failures` in a row behind it: "ledger-failures" from kWarnAfter on.
[[nodiscard]] std::optional<Remark> warning_before_attempt(unsigned failures);
/// After an attempt failed, `failures` in a row before it: "ledger-failures" from the second failure on.
[[nodiscard]] std::optional<Remark> warning_after_failure(unsigned failures);
/// Error (security, "ledger-refused"): `command` was not sent.
[[nodiscard]] Error ledger_refusal(unsigned failures, std::string_view command);

/// Error (file, "ledger-changed"): an attempt that is under way was removed by somebody else.
[[nodiscard]] Error ledger_changed();

}  // namespace gpsh::gp
