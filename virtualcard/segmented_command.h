// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/apdu.h"

namespace gpsh::virtualcard {

/// A command that comes in segments (GPCS 2.3.1 section 11.1.5.1): DELETE, INSTALL and PUT KEY with bit 8 of
/// P1 set in all but the last. The session's security is over the whole.
class SegmentedCommand {
 public:
  /// The whole command, when this is its last segment or all of it. Else what the segment is answered:
  /// 9000 for one that others follow, 6985 for one that does not continue what came before, 6A86 for more
  /// than 4096 bytes; both end the chain.
  struct Step {
    std::optional<CommandApdu> whole{};
    StatusWord sw{};
  };
  [[nodiscard]] Step add(const CommandApdu& segment);

 private:
  std::optional<CommandApdu> begun_;
};

}  // namespace gpsh::virtualcard
