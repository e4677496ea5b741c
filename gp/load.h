// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "gp/card_session.h"
#include "gp/confirmation.h"

namespace gpsh::gp {

/// How far a load has come.
struct LoadProgress {
  std::size_t blocks = 0;
  std::size_t all_blocks = 0;
  std::size_t bytes = 0;  ///< of the load file, its tag and length included
  std::size_t all_bytes = 0;
};

struct LoadRequest {
  Bytes load_file{};            ///< the content of C4
  std::size_t block_bytes = 0;  ///< plain; 0, or more than the channel carries: as much as it carries
  std::function<void(const LoadProgress&)> progress{};  ///< told after each block; may be empty
};

/// How many LOAD commands a file of `file_bytes` takes in this session.
[[nodiscard]] std::size_t load_block_count(const CardSession& session, std::size_t file_bytes,
                                           std::size_t block_bytes = 0);

/// Throws Error (usage, "load-file-too-long") for a file that LOAD cannot carry: more than 65535 bytes, or
/// more than 256 blocks of this size.
void require_loadable(const CardSession& session, const LoadRequest& request);

/// LOAD, block after block (GPCS 2.3.1 section 11.6); Le stands on the last. Throws what require_loadable
/// throws before anything is sent; Error (card, "card-status") where the card refuses a block.
std::optional<Confirmation> load(CardSession& session, const LoadRequest& request);

}  // namespace gpsh::gp
