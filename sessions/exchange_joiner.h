// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>

#include "sessions/logged_exchange.h"

namespace gpsh::sessions {

/// Makes one exchange of what the transmission protocol made several: 61xx and GET RESPONSE, 6Cxx and the
/// same command with another Le (ISO/IEC 7816-3 section 12.2), the parts of a chained command. Secure
/// messaging sees the whole.
class ExchangeJoiner {
 public:
  explicit ExchangeJoiner(std::function<void(LoggedExchange)> sink) : sink_(std::move(sink)) {}

  void add(LoggedExchange exchange);
  void finish();

 private:
  bool continues(const LoggedExchange& next) const;
  void continue_with(LoggedExchange next);

  std::function<void(LoggedExchange)> sink_;
  std::optional<LoggedExchange> current_;
};

}  // namespace gpsh::sessions
