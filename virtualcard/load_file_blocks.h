// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "core/aid.h"
#include "core/bytes.h"

namespace gpsh::virtualcard {

struct DapBlock {
  Aid domain;
  ByteView signature;
};

/// A whole load file (GPCS 2.3.1 Table 11-58); views into its bytes.
struct LoadFileBlocks {
  std::vector<DapBlock> daps{};
  ByteView data_block;
};

/// DAP blocks E2, then the load file data block C4, and nothing more. Nothing when it is not so.
[[nodiscard]] std::optional<LoadFileBlocks> read_load_file_blocks(ByteView load_file);

/// How many bytes the load file has by what its first bytes announce: the end of C4. Nothing before enough of
/// it is there to say, or when it cannot be read.
[[nodiscard]] std::optional<std::size_t> announced_size(ByteView beginning);

}  // namespace gpsh::virtualcard
