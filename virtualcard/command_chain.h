// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <variant>

#include "core/apdu.h"

namespace gpsh::virtualcard {

/// Commands that carry one data field together (GPCS 2.3.1 section 11.1.5.1).
class CommandChain {
 public:
  enum class Position { more, last };

  /// The command with the data of all up to here. 6985 when its header is not that of the commands before,
  /// 6A86 when the data exceed what the card holds; both end the chain.
  [[nodiscard]] std::variant<CommandApdu, StatusWord> join(const CommandApdu& command, Position position);
  /// Another command has come.
  void abort() { *this = CommandChain(); }
  [[nodiscard]] bool begun() const { return begun_; }

 private:
  static constexpr std::size_t kMaxBytes = 4096;

  bool begun_ = false;
  CommandApdu joined_;
};

}  // namespace gpsh::virtualcard
