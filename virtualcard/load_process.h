// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

#include "core/aid.h"
#include "core/bytes.h"
#include "virtualcard/card_state.h"

namespace gpsh::virtualcard {

/// How a load ends: with the last LOAD, or with a further INSTALL (GPCS 2.3.1 section 9.3.4).
enum class LoadKind { load_only, load_install_make_selectable };

/// What INSTALL [for load] began and LOAD goes on with.
struct LoadProcess {
  Aid load_file;
  Aid domain;  ///< that the load file will belong to
  LoadKind kind = LoadKind::load_only;
  Bytes hash{};                      ///< of the load file data block; empty: none was given
  std::size_t next_block = 0;        ///< beyond FF: none is left
  Bytes received{};                  ///< the load file so far
  std::optional<LoadFile> loaded{};  ///< complete, waits for the last INSTALL of the combined process
  Bytes token_identifier{};          ///< that the receipt will name; empty: none
  Bytes signed_part{};               ///< of the combined process: what its token covers so far
};

}  // namespace gpsh::virtualcard
