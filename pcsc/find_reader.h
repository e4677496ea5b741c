// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/card_access.h"
#include "core/observer.h"

namespace gpsh::pcsc {

/// The reader a person means by `text`: the one with exactly this name; else the only one with `text` in its
/// name (upper and lower case alike); else the one with this number (1 is the first).
/// Throws Error (reader): no-reader when there are none at all, ambiguous-reader with the candidates,
/// no-such-reader with what is connected.
[[nodiscard]] ReaderInfo find_reader(const std::vector<ReaderInfo>& readers, std::string_view text);

/// Where find_reader() took `text` for part of the name of `found`, and it is the number of another reader:
/// the note "reader-by-name", which names both.
[[nodiscard]] std::optional<Remark> other_reader_meant(const std::vector<ReaderInfo>& readers,
                                                       std::string_view text, const ReaderInfo& found);

/// The reader with this number (1 is the first). Throws Error (reader): no-reader, no-such-reader.
[[nodiscard]] ReaderInfo reader_by_number(const std::vector<ReaderInfo>& readers, unsigned number);

}  // namespace gpsh::pcsc
