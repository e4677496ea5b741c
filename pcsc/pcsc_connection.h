// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "core/connection.h"
#include "core/observer.h"
#include "pcsc/context.h"
#include "pcsc/smart_card_api.h"

namespace gpsh::pcsc {

/// A card in a reader. Exclusive where PC/SC allows it; else shared, with a transaction around each script
/// command (or each APDU outside of one). Destroying it disconnects with a reset, and so does the PC/SC
/// service when the program dies. Throws Error (reader) with the code of pcsc_error; on T=0 also Error
/// (usage), see t0_command.
class PcscConnection final : public Connection {
 public:
  /// `reader` is the exact name. A card that must be shared is remarked as note "shared-card".
  [[nodiscard]] static std::unique_ptr<PcscConnection> open(std::shared_ptr<Context> context,
                                                            const std::string& reader,
                                                            ProtocolChoice protocol, Observer& observer);
  ~PcscConnection() override;
  PcscConnection(const PcscConnection&) = delete;
  PcscConnection& operator=(const PcscConnection&) = delete;

  Bytes transmit(ByteView apdu) override;
  void reset() override;
  [[nodiscard]] ConnectionInfo describe() const override { return info_; }

  /// Waits while another program has a transaction with the card.
  void begin_transaction() override;
  void end_transaction() noexcept override;

 private:
  PcscConnection(std::shared_ptr<Context> context, ConnectMode mode, ConnectedCard card, std::string reader);
  void refresh(TransmissionProtocol protocol);
  [[nodiscard]] SmartCardApi& api() const { return context_->api(); }
  [[noreturn]] void fail(Code code) const;

  std::shared_ptr<Context> context_;
  ConnectMode mode_;
  ConnectedCard card_;
  ConnectionInfo info_;
  bool in_transaction_ = false;
  bool untouched_ = true;  ///< no APDU since connecting or resetting: a reset by others loses nothing
};

}  // namespace gpsh::pcsc
