// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "core/bytes.h"
#include "virtualcard/card_state.h"

namespace gpsh::virtualcard {

/// The data field of INSTALL (GPCS 2.3.1 Tables 11-42 to 11-47).
struct InstallFields {
  std::vector<Bytes> leading;  ///< those with a length of one byte, in order
  Bytes parameters;
  Bytes token;
  Bytes before_token;  ///< all up to the token's length
};

/// `leading` fields, then the parameters and the token with lengths of 1 to 3 bytes, and nothing more. 80
/// alone is the length 128. Nothing when the lengths do not add up.
[[nodiscard]] std::optional<InstallFields> read_install_fields(ByteView data, std::size_t leading);

/// The parameters this card knows (GPCS 2.3.1 Tables 11-48 to 11-52).
struct InstallParameters {
  bool application_specific = false;          ///< C9 is there
  std::size_t code = 0;                       ///< C6, bytes at least for a load file
  std::optional<std::size_t> non_volatile;    ///< C8, at least for a load file, at most for an application
  std::optional<std::size_t> volatile_bytes;  ///< C7
  Memory reserved{};                          ///< D8 and D7
  Bytes implicit_selection{};                 ///< every CF
  bool restrict = false;                      ///< D9 is there
};

/// Nothing when a tag or a value is not as the tables have it. Tags they do not name are passed over.
[[nodiscard]] std::optional<InstallParameters> read_install_parameters(ByteView parameters);

}  // namespace gpsh::virtualcard
