// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "core/aid.h"
#include "core/bytes.h"

namespace gpsh::virtualcard {

/// A package with its version.
struct CapPackage {
  Aid aid;
  std::uint8_t major = 0;
  std::uint8_t minor = 0;
};

/// What the card takes from a load file data block (Java Card Virtual Machine Specification 3.0.5, chapter
/// 6).
struct CapComponents {
  CapPackage package;
  std::vector<CapPackage> imports{};
  std::vector<Aid> applets{};
};

/// The components of a CAP file one after another, Header first, each at most once. Nothing when they cannot
/// be read: a wrong magic, a length that does not add up, applets announced that are not there.
[[nodiscard]] std::optional<CapComponents> read_cap_components(ByteView block);

}  // namespace gpsh::virtualcard
