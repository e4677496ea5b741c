// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/bytes.h"

namespace gpsh::gp {

/// A date of the card production life cycle data: the last digit of a year, and a day of that year.
struct CplcDate {
  std::uint8_t year_digit = 0;
  std::uint16_t day = 0;  ///< 1 to 366

  /// Nothing for 0000, and for digits or days that are none.
  [[nodiscard]] static std::optional<CplcDate> from_bytes(std::uint16_t digits);
  /// "2019-05-03": in the last year that ends in the digit and is not after `last_year`. Nothing where that
  /// year has no such day, or for a year before 10.
  [[nodiscard]] std::optional<std::string> text(int last_year) const;

  friend bool operator==(const CplcDate&, const CplcDate&) = default;
};

/// Card production life cycle data (GET DATA 9F7F; Open Platform 2.0.1), 42 bytes. Dates stand as they are on
/// the card, four digits: see CplcDate.
struct Cplc {
  std::uint16_t ic_fabricator = 0;
  std::uint16_t ic_type = 0;
  std::uint16_t operating_system = 0;
  std::uint16_t operating_system_release_date = 0;
  std::uint16_t operating_system_release_level = 0;
  std::uint16_t ic_fabrication_date = 0;
  std::uint32_t ic_serial_number = 0;
  std::uint16_t ic_batch = 0;
  std::uint16_t module_fabricator = 0;
  std::uint16_t module_packaging_date = 0;
  std::uint16_t icc_manufacturer = 0;
  std::uint16_t embedding_date = 0;
  std::uint16_t pre_personalizer = 0;
  std::uint16_t pre_personalization_date = 0;
  std::uint32_t pre_personalization_equipment = 0;
  std::uint16_t personalizer = 0;
  std::uint16_t personalization_date = 0;
  std::uint32_t personalization_equipment = 0;

  friend bool operator==(const Cplc&, const Cplc&) = default;
};

/// With or without the tag; bytes after the 42 are ignored. Throws Error (card, "bad-response") for fewer.
[[nodiscard]] Cplc parse_cplc(ByteView data);

/// One field of a Cplc as it is shown.
struct CplcField {
  std::string name;                ///< "IC fabricator", "IC fabrication date"
  std::string hex;                 ///< 4 or 8 digits
  std::optional<CplcDate> date{};  ///< of dates that are set
};
/// All fields in the card's order.
[[nodiscard]] std::vector<CplcField> cplc_fields(const Cplc& cplc);

}  // namespace gpsh::gp
