// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"

namespace gpsh::sessions {

/// One thing that a command or an answer says: a parameter, a field of the data, a TLV object.
struct ExplainedField {
  std::string name{};                    ///< "P1", "load file AID", "84 application AID"
  std::string value{};                   ///< hex, or a number; may be empty
  std::string meaning{};                 ///< in words; may be empty
  std::vector<ExplainedField> inside{};  ///< of a TLV object or a list

  friend bool operator==(const ExplainedField&, const ExplainedField&) = default;
};

using ExplainedFields = std::vector<ExplainedField>;

/// Whether values may be seen, or only what they are called and how long they are: keys, PINs and encrypted
/// STORE DATA.
enum class ValueDisplay { shown, lengths };

/// "5 bytes", "1 byte".
[[nodiscard]] std::string bytes_in_words(std::size_t count);
/// The bytes as hex; nothing for no bytes.
[[nodiscard]] ExplainedField hex_field(std::string name, ByteView bytes, std::string meaning = {});
/// The number of bytes in place of them.
[[nodiscard]] ExplainedField length_field(std::string name, std::size_t count);
/// The TLV objects in these bytes; nothing when they are none.
[[nodiscard]] std::optional<ExplainedFields> tlv_fields(ByteView bytes,
                                                        ValueDisplay display = ValueDisplay::shown);
/// The TLV objects in the bytes, else one field of this name with them all. Nothing for no bytes.
[[nodiscard]] ExplainedFields tlv_or_hex(std::string name, ByteView bytes);

void append(ExplainedFields& to, ExplainedFields more);

}  // namespace gpsh::sessions
