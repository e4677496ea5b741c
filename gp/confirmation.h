// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "core/apdu.h"
#include "core/observer.h"

namespace gpsh::gp {

/// A receipt and what it is made over: the answer of a delegated DELETE, INSTALL or LOAD (GPCS 2.3.1 section
/// 11.1.6).
struct Confirmation {
  Bytes receipt{};
  Bytes counter{};
  Bytes domain_data{};   ///< SD unique data
  Bytes token_id{};      ///< may be empty
  Bytes token_digest{};  ///< may be empty

  friend bool operator==(const Confirmation&, const Confirmation&) = default;
};

/// Nothing for an empty answer or a first byte 00. Some cards leave out the outer length. Throws Error (card)
/// for anything else that is no confirmation.
[[nodiscard]] std::optional<Confirmation> parse_confirmation(ByteView data);

/// The same of a response to `command`; one that cannot be read is a remark ("confirmation-unreadable"): the
/// card has done what it was told.
[[nodiscard]] std::optional<Confirmation> read_confirmation(const ResponseApdu& response,
                                                            std::string_view command, Observer& observer);

}  // namespace gpsh::gp
