// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/procedure_bytes.h"

#include <algorithm>
#include <utility>

namespace gpsh::virtualcard {
namespace {

constexpr std::size_t kHeaderBytes = 4;
constexpr std::size_t kStatusBytes = 2;
constexpr std::size_t kMaxPiece = 256;
constexpr std::uint8_t kGetResponse = 0xC0;

/// 256 is written as 00.
std::uint8_t length_byte(std::size_t count) {
  return static_cast<std::uint8_t>(std::min(count, kMaxPiece));
}

std::size_t data_bytes(const Bytes& response) {
  return response.size() < kStatusBytes ? 0 : response.size() - kStatusBytes;
}

bool asks_for_response(ByteView tpdu) {
  return tpdu[1] == kGetResponse && tpdu[2] == 0x00 && tpdu[3] == 0x00;
}

}  // namespace

std::optional<Bytes> ProcedureBytes::fetch(ByteView tpdu) {
  if (pending_.empty()) return std::nullopt;
  const bool only_length = tpdu.size() == kHeaderBytes + 1;
  const bool fetches =
      only_length && (header_.empty() ? asks_for_response(tpdu) : equal(header_, tpdu.first(kHeaderBytes)));
  if (!fetches) {
    pending_.clear();
    return std::nullopt;
  }
  const auto le = tpdu.back() == 0x00 ? kMaxPiece : tpdu.back();
  const auto there = std::min(data_bytes(pending_), kMaxPiece);
  if (le > there) return Bytes{0x6C, length_byte(there)};
  return give(le);
}

Bytes ProcedureBytes::give(std::size_t wanted) {
  if (wanted == data_bytes(pending_)) return std::exchange(pending_, {});
  Bytes piece(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(wanted));
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(wanted));
  header_.clear();
  append(piece, {0x61, length_byte(data_bytes(pending_))});
  return piece;
}

Bytes ProcedureBytes::announce(Bytes response) {
  if (data_bytes(response) == 0) return response;
  header_.clear();
  pending_ = std::move(response);
  return {0x61, length_byte(data_bytes(pending_))};
}

Bytes ProcedureBytes::correct_length(ByteView tpdu, Bytes response) {
  if (data_bytes(response) == 0 || tpdu.size() < kHeaderBytes) return response;
  header_ = to_bytes(tpdu.first(kHeaderBytes));
  pending_ = std::move(response);
  return {0x6C, length_byte(data_bytes(pending_))};
}

}  // namespace gpsh::virtualcard
