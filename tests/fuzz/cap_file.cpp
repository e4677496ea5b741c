// SPDX-License-Identifier: Apache-2.0
// Any bytes as a CAP file, as a raw load file of Java Card, and as the components of an archive.
#include "gp/cap_file.h"
#include "core/error.h"

namespace {

using namespace gpsh;

void read(const auto& parse) {
  try {
    const auto file = parse();
    static_cast<void>(file.load_file(gp::Wire::gpsh, gp::CapDescriptor::omitted));
  } catch (const Error&) {
    return;
  }
}

Bytes framed(std::uint8_t tag, ByteView content) {
  Bytes bytes{tag, static_cast<std::uint8_t>(content.size() >> 8), static_cast<std::uint8_t>(content.size())};
  append(bytes, content);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  const auto header = hex("010011 DECAFFED 010204 0001 07 F0000000010001");
  read([&] { return gp::parse_cap_file(input, "fuzz"); });
  read([&] { return gp::parse_cap_file(concat({hex("504B0304"), input}), "fuzz"); });
  read([&] { return gp::parse_cap_file(concat({header, input}), "fuzz"); });
  const auto half = input.first(size / 2);
  const auto rest = input.subspan(size / 2);
  read([&] {
    return gp::parse_cap_members({{"Header.cap", framed(1, concat({hex("DECAFFED"), half}))}}, "fuzz");
  });
  read([&] {
    return gp::parse_cap_members(
        {{"Header.cap", header}, {"Applet.cap", framed(3, half)}, {"Import.cap", framed(4, rest)}}, "fuzz");
  });
  return 0;
}
