// SPDX-License-Identifier: Apache-2.0
#include "gp/cplc.h"

#include <array>
#include <chrono>

#include "core/error.h"
#include "core/tlv.h"

namespace gpsh::gp {
namespace {

constexpr std::string_view kWhat = "card production life cycle data";
constexpr std::uint32_t kTag = 0x9F7F;
constexpr int kDecade = 10;
constexpr int kDaysOfAYear = 366;

/// Cards send the tag as a rule; the plain value is 42 bytes that begin with the fabricator.
ByteView value_of(ByteView data) {
  ByteReader reader(data, kWhat);
  const auto tag = make_tlv(kTag, {});
  const bool tagged = data.size() >= 2 && equal(data.first(2), ByteView(tag).first(2));
  return tagged ? read_tlv(reader).value : data;
}

std::uint32_t u32(ByteReader& reader) {
  const std::uint32_t high = reader.u16();
  return high << 16 | reader.u16();
}

Cplc read(ByteView value) {
  ByteReader reader(value, kWhat);
  Cplc cplc;
  cplc.ic_fabricator = reader.u16();
  cplc.ic_type = reader.u16();
  cplc.operating_system = reader.u16();
  cplc.operating_system_release_date = reader.u16();
  cplc.operating_system_release_level = reader.u16();
  cplc.ic_fabrication_date = reader.u16();
  cplc.ic_serial_number = u32(reader);
  cplc.ic_batch = reader.u16();
  cplc.module_fabricator = reader.u16();
  cplc.module_packaging_date = reader.u16();
  cplc.icc_manufacturer = reader.u16();
  cplc.embedding_date = reader.u16();
  cplc.pre_personalizer = reader.u16();
  cplc.pre_personalization_date = reader.u16();
  cplc.pre_personalization_equipment = u32(reader);
  cplc.personalizer = reader.u16();
  cplc.personalization_date = reader.u16();
  cplc.personalization_equipment = u32(reader);
  return cplc;
}

Bytes big_endian(std::uint32_t value, int bytes) {
  Bytes result;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    result.push_back(static_cast<std::uint8_t>(value >> shift));
  }
  return result;
}

CplcField plain(std::string name, std::uint16_t value) {
  return {.name = std::move(name), .hex = to_hex(big_endian(value, 2))};
}

CplcField dated(std::string name, std::uint16_t value) {
  return {.name = std::move(name), .hex = to_hex(big_endian(value, 2)), .date = CplcDate::from_bytes(value)};
}

CplcField wide(std::string name, std::uint32_t value) {
  return {.name = std::move(name), .hex = to_hex(big_endian(value, 4))};
}

}  // namespace

std::optional<CplcDate> CplcDate::from_bytes(std::uint16_t digits) {
  std::array<int, 4> decimal{};
  for (std::size_t n = 0; n < decimal.size(); ++n) decimal.at(n) = digits >> (12 - 4 * n) & 0xF;
  for (const auto digit : decimal) {
    if (digit >= kDecade) return std::nullopt;
  }
  const auto day = decimal[1] * 100 + decimal[2] * 10 + decimal[3];
  if (day == 0 || day > kDaysOfAYear) return std::nullopt;
  return CplcDate{.year_digit = static_cast<std::uint8_t>(decimal[0]),
                  .day = static_cast<std::uint16_t>(day)};
}

std::optional<std::string> CplcDate::text(int last_year) const {
  if (last_year < kDecade) return std::nullopt;
  const int back = (last_year - year_digit) % kDecade;
  const auto year = std::chrono::year(last_year - (back + kDecade) % kDecade);
  const std::chrono::year_month_day date(std::chrono::sys_days(year / 1 / 1) + std::chrono::days(day - 1));
  if (date.year() != year) return std::nullopt;
  const auto two_digits = [](unsigned number) {
    return (number < kDecade ? "0" : "") + std::to_string(number);
  };
  return std::to_string(static_cast<int>(year)) + "-" + two_digits(static_cast<unsigned>(date.month())) +
         "-" + two_digits(static_cast<unsigned>(date.day()));
}

Cplc parse_cplc(ByteView data) {
  try {
    return read(value_of(data));
  } catch (const Error& error) {
    throw Error({.kind = ErrorKind::card,
                 .code = "bad-response",
                 .message = "the card production life cycle data cannot be read: " + error.facts().message});
  }
}

std::vector<CplcField> cplc_fields(const Cplc& cplc) {
  return {plain("IC fabricator", cplc.ic_fabricator),
          plain("IC type", cplc.ic_type),
          plain("operating system", cplc.operating_system),
          dated("operating system release date", cplc.operating_system_release_date),
          plain("operating system release level", cplc.operating_system_release_level),
          dated("IC fabrication date", cplc.ic_fabrication_date),
          wide("IC serial number", cplc.ic_serial_number),
          plain("IC batch identifier", cplc.ic_batch),
          plain("IC module fabricator", cplc.module_fabricator),
          dated("IC module packaging date", cplc.module_packaging_date),
          plain("ICC manufacturer", cplc.icc_manufacturer),
          dated("IC embedding date", cplc.embedding_date),
          plain("IC pre-personalizer", cplc.pre_personalizer),
          dated("IC pre-personalization date", cplc.pre_personalization_date),
          wide("IC pre-personalization equipment", cplc.pre_personalization_equipment),
          plain("IC personalizer", cplc.personalizer),
          dated("IC personalization date", cplc.personalization_date),
          wide("IC personalization equipment", cplc.personalization_equipment)};
}

}  // namespace gpsh::gp
