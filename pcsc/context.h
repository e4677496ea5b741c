// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/card_access.h"
#include "pcsc/smart_card_api.h"

namespace gpsh::pcsc {

/// A session with the PC/SC service, for as long as the object lives. Connections hold it too, so it ends
/// after the last of them. All functions throw Error (reader).
class Context {
 public:
  /// `api` outlives the context.
  explicit Context(SmartCardApi& api);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  /// The readers in PC/SC's order with the ATRs of their cards; cards are not disturbed. No reader at all is
  /// Error no-reader.
  [[nodiscard]] std::vector<ReaderInfo> list_readers() const;

  [[nodiscard]] SmartCardApi& api() const { return api_; }
  [[nodiscard]] ContextHandle handle() const { return handle_; }

 private:
  SmartCardApi& api_;
  ContextHandle handle_ = 0;
};

}  // namespace gpsh::pcsc
