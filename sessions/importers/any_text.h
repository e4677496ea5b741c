// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "sessions/importers/log_entry.h"
#include "sessions/log_lines.h"

namespace gpsh::sessions {

/// The last resort, for text that no format fits: hex that is a command of the specifications by its form,
/// and on a later line hex that can be its response.
class AnyTextReader {
 public:
  explicit AnyTextReader(std::function<void(WholeEntry)> sink) : sink_(std::move(sink)) {}

  void line(const LogLine& line);

 private:
  enum class Awaited { nothing, any_response, initialize_update_answer };

  [[nodiscard]] bool can_answer(ByteView run) const;

  std::function<void(WholeEntry)> sink_;
  Awaited awaited_ = Awaited::nothing;
  std::size_t commands_ = 0;
};

}  // namespace gpsh::sessions
