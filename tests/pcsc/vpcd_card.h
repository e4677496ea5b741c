// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <thread>

#include "core/bytes.h"

namespace gpsh::test {

/// A card in a virtual reader: connects to the vpcd driver on loopback and answers until it is destroyed,
/// which takes the card out of the reader.
class VpcdCard {
 public:
  /// The response to a command; nothing: the card leaves the reader instead of answering.
  using Answer = std::function<std::optional<Bytes>(ByteView command)>;
  static constexpr std::uint16_t kFirstReader = 35963;

  /// Throws std::system_error when the driver does not listen.
  VpcdCard(Bytes atr, Answer answer, std::uint16_t port = kFirstReader);
  ~VpcdCard();
  VpcdCard(const VpcdCard&) = delete;
  VpcdCard& operator=(const VpcdCard&) = delete;

  /// How often the reader reset the card or switched it off.
  [[nodiscard]] int resets() const { return resets_; }

 private:
  void serve();

  int socket_ = -1;
  Bytes atr_;
  Answer answer_;
  std::atomic<int> resets_ = 0;
  std::thread thread_;
};

}  // namespace gpsh::test
