// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/bytes.h"
#include "tests/support/zip_builder.h"

namespace gpsh::test {

/// A component: tag, size, content.
inline Bytes component(std::uint8_t tag, ByteView content) {
  Bytes bytes{tag, static_cast<std::uint8_t>(content.size() >> 8), static_cast<std::uint8_t>(content.size())};
  append(bytes, content);
  return bytes;
}

/// A CAP file put together from its parts. As it is: package F0000000010001 version 1.2 with one applet,
/// F000000001000101.
struct SmallCap {
  std::string folder = "org/example/javacard/";
  Bytes header = component(1, hex("DECAFFED 010204 0201 07 F0000000010001"));
  Bytes applet = component(3, hex("01 08 F000000001000101 000C"));
  Bytes import = component(4, hex("01 0100 07 A0000000620101"));
  Bytes method = component(7, Bytes(60, 0x7A));
  Bytes descriptor = component(11, Bytes(20, 0xDD));
  std::vector<std::pair<std::string, Bytes>> more{};  ///< further members, whole path names

  [[nodiscard]] std::vector<std::pair<std::string, Bytes>> members() const {
    auto all = more;
    const auto add = [&](const char* name, const Bytes& content) {
      if (!content.empty()) all.emplace_back(folder + name, content);
    };
    add("Descriptor.cap", descriptor);
    add("Method.cap", method);
    add("Import.cap", import);
    add("Applet.cap", applet);
    add("Header.cap", header);
    return all;
  }
  [[nodiscard]] Bytes zipped() const { return zip_of(members()); }
  /// What is loaded of it.
  [[nodiscard]] Bytes load_file() const { return concat({header, import, applet, method, descriptor}); }
};

}  // namespace gpsh::test
