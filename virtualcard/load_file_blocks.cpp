// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/load_file_blocks.h"

#include "core/error.h"
#include "core/tlv.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kDapBlock = 0xE2;
constexpr std::uint8_t kDataBlock = 0xC4;
constexpr std::uint32_t kDomainAid = 0x4F;
constexpr std::uint32_t kSignature = 0xC3;

std::optional<DapBlock> read_dap(ByteView value) {
  ByteReader reader(value, "DAP block");
  const auto aid = read_tlv(reader);
  const auto signature = read_tlv(reader);
  const auto domain = Aid::from_bytes(aid.value);
  if (aid.tag != kDomainAid || signature.tag != kSignature || !reader.empty()) return std::nullopt;
  if (!domain || !domain->registered_length() || signature.value.empty()) return std::nullopt;
  return DapBlock{.domain = *domain, .signature = signature.value};
}

/// A length in BER.
std::size_t read_length(ByteReader& reader) {
  const auto first = reader.u8();
  if (first < 0x80) return first;
  std::size_t length = 0;
  for (int left = first & 0x7F; left > 0 && left < 4; --left) length = length << 8 | reader.u8();
  return length;
}

}  // namespace

std::optional<LoadFileBlocks> read_load_file_blocks(ByteView load_file) {
  try {
    ByteReader reader(load_file, "load file");
    LoadFileBlocks blocks;
    while (!reader.empty()) {
      const auto object = read_tlv(reader);
      if (object.tag == kDataBlock) {
        if (!reader.empty() || object.value.empty()) return std::nullopt;
        blocks.data_block = object.value;
        return blocks;
      }
      const auto dap = object.tag == kDapBlock ? read_dap(object.value) : std::nullopt;
      if (!dap) return std::nullopt;
      blocks.daps.push_back(*dap);
    }
  } catch (const Error&) {
    return std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::size_t> announced_size(ByteView beginning) {
  try {
    ByteReader reader(beginning, "load file");
    while (true) {
      const auto tag = reader.u8();
      const auto length = read_length(reader);
      if (tag == kDataBlock) return reader.offset() + length;
      reader.take(length);
    }
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace gpsh::virtualcard
