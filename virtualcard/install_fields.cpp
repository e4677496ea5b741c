// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/install_fields.h"

#include "core/error.h"
#include "core/tlv.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint32_t kApplicationSpecific = 0xC9;
constexpr std::uint32_t kSystemSpecific = 0xEF;
constexpr std::uint32_t kCode = 0xC6;
constexpr std::uint32_t kVolatile = 0xC7;
constexpr std::uint32_t kNonVolatile = 0xC8;
constexpr std::uint32_t kVolatileReserved = 0xD7;
constexpr std::uint32_t kNonVolatileReserved = 0xD8;
constexpr std::uint32_t kImplicitSelection = 0xCF;
constexpr std::uint32_t kRestrict = 0xD9;

Bytes read_short(ByteReader& reader) {
  const auto length = reader.u8();
  return to_bytes(reader.take(length));
}

Bytes read_long(ByteReader& reader) {
  std::size_t length = reader.u8();
  if (length == 0x81) {
    length = reader.u8();
  } else if (length == 0x82) {
    length = reader.u16();
  } else if (length > 0x80) {
    length = reader.remaining() + 1;  // no such form: fails below
  }
  return to_bytes(reader.take(length));
}

/// An amount of memory in 2 or 4 bytes.
std::optional<std::size_t> read_amount(ByteView value) {
  if (value.size() != 2 && value.size() != 4) return std::nullopt;
  std::size_t amount = 0;
  for (const auto byte : value) amount = amount << 8 | byte;
  return amount;
}

bool read_amount_into(std::size_t& amount, ByteView value) {
  const auto read = read_amount(value);
  if (read) amount = *read;
  return read.has_value();
}

bool read_system_specific(const Tlv& object, InstallParameters& parameters) {
  switch (object.tag) {
    case kCode: return read_amount_into(parameters.code, object.value);
    case kVolatile: return (parameters.volatile_bytes = read_amount(object.value)).has_value();
    case kNonVolatile: return (parameters.non_volatile = read_amount(object.value)).has_value();
    case kVolatileReserved: return read_amount_into(parameters.reserved.volatile_bytes, object.value);
    case kNonVolatileReserved: return read_amount_into(parameters.reserved.non_volatile, object.value);
    case kImplicitSelection:
      append(parameters.implicit_selection, object.value);
      return object.value.size() == 1;
    case kRestrict: parameters.restrict = true; return object.value.size() == 1;
    default: return true;
  }
}

}  // namespace

std::optional<InstallFields> read_install_fields(ByteView data, std::size_t leading) {
  try {
    ByteReader reader(data, "INSTALL data");
    InstallFields fields;
    for (std::size_t i = 0; i < leading; ++i) fields.leading.push_back(read_short(reader));
    fields.parameters = read_long(reader);
    fields.before_token = to_bytes(data.first(reader.offset()));
    fields.token = read_long(reader);
    if (!reader.empty()) return std::nullopt;
    return fields;
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::optional<InstallParameters> read_install_parameters(ByteView bytes) {
  try {
    InstallParameters parameters;
    ByteReader reader(bytes, "install parameters");
    while (!reader.empty()) {
      const auto object = read_tlv(reader);
      if (object.tag == kApplicationSpecific) parameters.application_specific = true;
      if (object.tag != kSystemSpecific) continue;
      ByteReader inside(object.value, "system specific parameters");
      while (!inside.empty()) {
        if (!read_system_specific(read_tlv(inside), parameters)) return std::nullopt;
      }
    }
    return parameters;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace gpsh::virtualcard
