// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/card_access.h"
#include "pcsc/context.h"
#include "pcsc/smart_card_api.h"
#include "pcsc/system_api.h"

namespace gpsh::pcsc {

/// The cards in this machine's readers. Listing and connecting establish the context if nobody did.
class PcscAccess final : public CardAccess {
 public:
  /// `api` outlives the object.
  explicit PcscAccess(SmartCardApi& api = system_api()) : api_(api) {}

  void establish_context() override;
  /// Open connections keep working.
  void release_context() override { context_.reset(); }
  /// Throws Error no-reader instead of returning an empty list.
  [[nodiscard]] std::vector<ReaderInfo> list_readers() override;
  /// A name that no reader has is looked up with find_reader; the note "reader-by-name" tells of one that
  /// could have meant another. Without name and number the error of the last reader tried is thrown.
  [[nodiscard]] std::unique_ptr<Connection> connect(const ConnectRequest& request,
                                                    Observer& observer) override;

 private:
  SmartCardApi& api_;
  std::shared_ptr<Context> context_;
};

}  // namespace gpsh::pcsc
