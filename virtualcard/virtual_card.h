// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "core/connection.h"
#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

inline constexpr std::string_view kReaderName = "gpsh Virtual Card 00";

/// A GlobalPlatform card in memory (GPCS 2.3.1, SCP01 to SCP03). Answers every byte string. `random` outlives
/// the card. Not thread-safe.
class VirtualCard final : public Connection {
 public:
  VirtualCard(Profile profile, RandomSource& random);

  Bytes transmit(ByteView apdu) override;
  void reset() override;
  [[nodiscard]] ConnectionInfo describe() const override;

  /// What the card keeps without power, as it is now.
  [[nodiscard]] const CardState& state() const { return card_.profile.card; }

 private:
  [[nodiscard]] ResponseApdu process(CommandApdu command);
  [[nodiscard]] ResponseApdu process_on_channel(const CommandApdu& command);

  Card card_;
};

}  // namespace gpsh::virtualcard
