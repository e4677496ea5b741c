// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/apdu.h"
#include "virtualcard/profile.h"

namespace gpsh::virtualcard {

/// What GET STATUS asks for (GPCS 2.3.1 section 11.4.2).
struct RegistryQuery {
  std::uint8_t elements = 0;          ///< P1: 80 ISD, 40 applications, 20 load files, 10 with their modules
  bool tlv = true;                    ///< P2 bit 02: templates E3; else the older fixed fields
  Bytes aid{};                        ///< the first bytes of the AIDs wanted; empty: all
  std::vector<std::uint32_t> tags{};  ///< the tag list 5C; empty: all fields

  friend bool operator==(const RegistryQuery&, const RegistryQuery&) = default;
};

/// The entries that fit a query, handed out an answer at a time.
class RegistryListing {
 public:
  /// `viewer`: the security domain that is asked (GPCS 2.3.1 section 11.4.2.3).
  RegistryListing(RegistryQuery query, const Profile& profile, const Aid& viewer);

  [[nodiscard]] const RegistryQuery& query() const { return query_; }
  /// As many whole entries as `limit` bytes hold, with 9000 or 6310 when more are left; 6A88 when there are
  /// none. An entry longer than `limit` is cut.
  [[nodiscard]] ResponseApdu next(std::size_t limit);

 private:
  RegistryQuery query_;
  std::deque<Bytes> entries_;
};

}  // namespace gpsh::virtualcard
