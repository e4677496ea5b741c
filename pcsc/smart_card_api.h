// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/connection.h"

namespace gpsh::pcsc {

/// A PC/SC return code; 0 is success. The same 32 bits on every platform (PC/SC part 5 leaves them to the
/// implementations, which agree on those of Windows).
using Code = std::uint32_t;
using ContextHandle = std::intptr_t;
using CardHandle = std::intptr_t;

/// What a call gave; `value` means nothing unless `code` is kSuccess.
template <typename T>
struct Answer {
  Code code = 0;
  T value{};
};

enum class ShareMode { exclusive, shared };
enum class Disposition { leave_card, reset_card };
enum class ProtocolChoice { any, t0, t1 };

/// A card as SCardConnect hands it out.
struct ConnectedCard {
  CardHandle handle = 0;
  TransmissionProtocol protocol = TransmissionProtocol::t1;
};

/// How to connect, or to connect again.
struct ConnectMode {
  ShareMode share = ShareMode::exclusive;
  ProtocolChoice protocol = ProtocolChoice::any;
};

/// The part of the PC/SC C API gpsh uses, call by call, in standard types. It decides nothing, so that all
/// decisions can be tested with a fake. Never throws.
class SmartCardApi {
 public:
  virtual ~SmartCardApi() = default;

  virtual Answer<ContextHandle> establish_context() = 0;
  virtual Code release_context(ContextHandle context) = 0;
  virtual Answer<std::vector<std::string>> list_readers(ContextHandle context) = 0;
  /// The ATR of the card in a reader, without connecting to it; empty without a card.
  virtual Answer<Bytes> atr_in_reader(ContextHandle context, const std::string& reader) = 0;
  /// Waits until no card is in the reader, but no longer than the milliseconds given; whether it came so.
  virtual Answer<bool> wait_for_removal(ContextHandle context, const std::string& reader,
                                        std::uint32_t milliseconds) = 0;
  virtual Answer<ConnectedCard> connect(ContextHandle context, const std::string& reader,
                                        ConnectMode mode) = 0;
  /// Takes up a card that was reset, or with reset_card resets it now.
  virtual Answer<TransmissionProtocol> reconnect(CardHandle card, ConnectMode mode,
                                                 Disposition disposition) = 0;
  virtual Code disconnect(CardHandle card, Disposition disposition) = 0;
  virtual Answer<Bytes> atr(CardHandle card) = 0;
  virtual Answer<Bytes> transmit(const ConnectedCard& card, ByteView command) = 0;
  virtual Code begin_transaction(CardHandle card) = 0;
  virtual Code end_transaction(CardHandle card) = 0;
};

}  // namespace gpsh::pcsc
