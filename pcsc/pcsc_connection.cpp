// SPDX-License-Identifier: Apache-2.0
#include "pcsc/pcsc_connection.h"

#include <utility>

#include "pcsc/codes.h"
#include "pcsc/pcsc_error.h"
#include "pcsc/t0_command.h"

namespace gpsh::pcsc {
namespace {

/// The service looks at its readers every few hundred milliseconds. Waiting for it also keeps the reader
/// usable: pcscd 1.9.9 does not see the next card if it was told to reset one it had not yet missed.
constexpr std::uint32_t kRemovalNoticedWithin = 1000;

void remark_shared(Observer& observer, const std::string& reader) {
  observer.remark(
      {.severity = Severity::note,
       .code = "shared-card",
       .text = reader + ": another program uses the card too; it is kept away during each command only",
       .advice = "close the other program to have the card alone"});
}

/// The two codes with which drivers report a card that went away during a command.
bool may_be_removal(Code code) {
  return code == codes::kNotTransacted || code == codes::kCommunicationError;
}

}  // namespace

std::unique_ptr<PcscConnection> PcscConnection::open(std::shared_ptr<Context> context,
                                                     const std::string& reader, ProtocolChoice protocol,
                                                     Observer& observer) {
  auto& api = context->api();
  ConnectMode mode{.share = ShareMode::exclusive, .protocol = protocol};
  auto answer = api.connect(context->handle(), reader, mode);
  if (answer.code == codes::kSharingViolation) {
    mode.share = ShareMode::shared;
    answer = api.connect(context->handle(), reader, mode);
  }
  if (answer.code != codes::kSuccess) throw pcsc_error(answer.code, reader);
  std::unique_ptr<PcscConnection> connection(
      new PcscConnection(std::move(context), mode, answer.value, reader));
  connection->refresh(answer.value.protocol);
  if (mode.share == ShareMode::shared) remark_shared(observer, reader);
  return connection;
}

PcscConnection::PcscConnection(std::shared_ptr<Context> context, ConnectMode mode, ConnectedCard card,
                               std::string reader)
    : context_(std::move(context)), mode_(mode), card_(card) {
  info_.reader = std::move(reader);
}

PcscConnection::~PcscConnection() {
  end_transaction();
  api().disconnect(card_.handle, Disposition::reset_card);
}

void PcscConnection::refresh(TransmissionProtocol protocol) {
  card_.protocol = protocol;
  info_.protocol = protocol;
  auto atr = api().atr(card_.handle);
  if (atr.code != codes::kSuccess) fail(atr.code);
  info_.atr = std::move(atr.value);
  untouched_ = true;
}

Bytes PcscConnection::transmit(ByteView apdu) {
  const bool own_transaction = mode_.share == ShareMode::shared && !in_transaction_;
  const Transaction bracket(own_transaction ? this : nullptr);
  const auto command = card_.protocol == TransmissionProtocol::t0 ? t0_command(apdu) : to_bytes(apdu);
  untouched_ = false;
  auto answer = api().transmit(card_, command);
  // Some drivers report success with no bytes at all for a card that went away during the command.
  if (answer.code == codes::kSuccess && answer.value.empty()) answer.code = codes::kNotTransacted;
  if (answer.code != codes::kSuccess) fail(answer.code);
  return std::move(answer.value);
}

void PcscConnection::reset() {
  const auto answer = api().reconnect(card_.handle, mode_, Disposition::reset_card);
  if (answer.code != codes::kSuccess) fail(answer.code);
  refresh(answer.value);
}

void PcscConnection::begin_transaction() {
  if (mode_.share == ShareMode::exclusive || in_transaction_) return;
  auto code = api().begin_transaction(card_.handle);
  if (code == codes::kResetCard && untouched_) {
    const auto answer = api().reconnect(card_.handle, mode_, Disposition::leave_card);
    if (answer.code != codes::kSuccess) fail(answer.code);
    refresh(answer.value);
    code = api().begin_transaction(card_.handle);
  }
  if (code != codes::kSuccess) fail(code);
  in_transaction_ = true;
}

void PcscConnection::end_transaction() noexcept {
  if (!in_transaction_) return;
  in_transaction_ = false;
  api().end_transaction(card_.handle);
}

void PcscConnection::fail(Code code) const {
  // There was a card when the connection was made.
  if (code == codes::kNoSmartcard) throw pcsc_error_as(codes::kRemovedCard, code, info_.reader);
  if (may_be_removal(code) &&
      api().wait_for_removal(context_->handle(), info_.reader, kRemovalNoticedWithin).value) {
    throw pcsc_error_as(codes::kRemovedCard, code, info_.reader);
  }
  throw pcsc_error(code, info_.reader);
}

}  // namespace gpsh::pcsc
