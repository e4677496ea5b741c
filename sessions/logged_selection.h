// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/aid.h"
#include "core/bytes.h"

namespace gpsh::sessions {

/// Follows a log and knows which application is selected and what the card says of SCP02 there. Any bytes
/// will do as input: what cannot be read says nothing.
class LoggedSelection {
 public:
  /// The next command and its answer with status word.
  void exchange(ByteView command, ByteView response);

  /// What the selected application may be called: by tag 84 of its FCI, then as it was asked for.
  [[nodiscard]] const std::vector<Aid>& applications() const { return applications_; }
  /// The sequence counter that it said since it was selected, of GET DATA 00C1 with or without its tag.
  [[nodiscard]] const std::optional<Bytes>& sequence_counter() const { return sequence_counter_; }
  /// SCP02's i in tag 64 of the FCI, else of GET DATA 0066.
  [[nodiscard]] std::optional<std::uint8_t> scp02_i() const { return in_fci_ ? in_fci_ : in_card_data_; }

 private:
  void select(ByteView typed, ByteView fci);

  std::vector<Aid> applications_;
  std::optional<std::uint8_t> in_fci_;
  std::optional<std::uint8_t> in_card_data_;
  std::optional<Bytes> sequence_counter_;
};

}  // namespace gpsh::sessions
