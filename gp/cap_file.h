// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/aid.h"
#include "core/bytes.h"
#include "gp/wire.h"

namespace gpsh::gp {

/// A package that a CAP file is or imports: AID and version (JCVM 2.2.2 section 6.3).
struct CapPackage {
  Aid aid;
  std::uint8_t major = 0;
  std::uint8_t minor = 0;

  friend bool operator==(const CapPackage&, const CapPackage&) = default;
};

/// One component with its tag and size in front (JCVM 2.2.2 section 6.1).
struct CapComponent {
  std::uint8_t tag = 0;
  Bytes bytes{};

  friend bool operator==(const CapComponent&, const CapComponent&) = default;
};

/// A member of an unpacked archive: its path name and content.
struct CapMember {
  std::string path;
  Bytes content;
};

/// How the components lay in the file; a raw load file is loaded as it is.
enum class CapForm { archive, raw };
/// What is left out of a load file.
enum class CapDescriptor { loaded, omitted };

/// A CAP file, or a raw load file (IJC: the components one after the other).
struct CapFile {
  /// LOAD counts its blocks in one byte, so more than this is never loaded.
  static constexpr std::size_t kMaxLoadFile = 65535;
  /// Bytes of a whole file, other members included; a larger one is not read.
  static constexpr std::size_t kMaxFile = 16U << 20;

  CapForm form = CapForm::archive;
  std::optional<CapPackage> package{};  ///< nothing: a raw load file that is not of Java Card
  std::vector<Aid> applets{};           ///< in the order of the file; none: a library
  std::vector<CapPackage> imports{};
  std::vector<CapComponent> components{};  ///< in the order of loading

  /// The bytes that LOAD carries within its C4 object. GPShell drops the StaticResources of an archive, so
  /// Wire::gpshell does.
  [[nodiscard]] Bytes load_file(Wire wire, CapDescriptor descriptor = CapDescriptor::loaded) const;
};

/// Reads a CAP file (it begins with PK) or a raw load file; `name` is for messages. Components are found by
/// the end of their path name; Debug is left out. Throws Error (file): "cap-unzip" for an archive that cannot
/// be unpacked; "cap-structure" for a missing Header, a wrong magic number, a component whose size is not the
/// one it says, one that is there twice, an AID outside 5..16 bytes; "load-file-too-long" past kMaxLoadFile.
[[nodiscard]] CapFile parse_cap_file(ByteView bytes, std::string_view name);

/// The same from an archive that is unpacked already; members that are no components are passed over.
[[nodiscard]] CapFile parse_cap_members(const std::vector<CapMember>& members, std::string_view name);

}  // namespace gpsh::gp
