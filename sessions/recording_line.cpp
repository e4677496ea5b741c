// SPDX-License-Identifier: Apache-2.0
#include "sessions/recording_line.h"

#include "core/bytes.h"
#include "gp/digest.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kCheckBytes = 8;
constexpr std::string_view kBefore = ",\"check\":\"";
constexpr std::string_view kAfter = "\"}";
constexpr std::size_t kSealLength = kBefore.size() + 2 * kCheckBytes + kAfter.size();

std::string check_value(const std::string& last, std::string_view opened) {
  Bytes all(last.begin(), last.end());
  all.insert(all.end(), opened.begin(), opened.end());
  return to_lower_hex(ByteView(gp::sha256(all)).first(kCheckBytes));
}

}  // namespace

std::string LineSeal::check_after(std::string_view opened) {
  last_ = check_value(last_, opened);
  return std::string(kBefore) + last_ + std::string(kAfter);
}

std::string LineSeal::seal(std::string_view object) {
  const auto opened = object.substr(0, object.size() - 1);
  return std::string(opened) + check_after(opened);
}

std::optional<std::string> LineSeal::open(std::string_view line) {
  if (line.size() < kSealLength) return std::nullopt;
  const auto opened = line.substr(0, line.size() - kSealLength);
  if (check_after(opened) != line.substr(opened.size())) return std::nullopt;
  return std::string(opened) + "}";
}

}  // namespace gpsh::sessions
