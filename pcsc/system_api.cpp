// SPDX-License-Identifier: Apache-2.0
#include "pcsc/system_api.h"

// The only source that includes the platform's PC/SC header. Its integers differ: DWORD and LONG have 64 bits
// with pcsc-lite on Linux, 32 elsewhere, and pcsc-lite's codes are then positive.
#include <winscard.h>

#include <algorithm>
#include <utility>

#include "pcsc/codes.h"

#if defined(_WIN32)
#include <system_error>
#elif defined(__APPLE__)
#include <PCSC/pcsclite.h>
#else
#include <pcsclite.h>
#endif

namespace gpsh::pcsc {
namespace {

/// An extended response: 65536 bytes of data and the status word.
constexpr std::size_t kMaximumResponse = 65538;
constexpr std::size_t kMaximumAtr = 64;

template <typename Native>
constexpr Code to_code(Native native) {
  return static_cast<Code>(native);
}

static_assert(to_code(SCARD_E_NO_SERVICE) == codes::kNoService);
static_assert(to_code(SCARD_E_UNKNOWN_READER) == codes::kUnknownReader);
static_assert(to_code(SCARD_E_NO_READERS_AVAILABLE) == codes::kNoReadersAvailable);
static_assert(to_code(SCARD_E_SHARING_VIOLATION) == codes::kSharingViolation);
static_assert(to_code(SCARD_E_PROTO_MISMATCH) == codes::kProtocolMismatch);
static_assert(to_code(SCARD_E_NO_SMARTCARD) == codes::kNoSmartcard);
static_assert(to_code(SCARD_E_NOT_TRANSACTED) == codes::kNotTransacted);
static_assert(to_code(SCARD_F_COMM_ERROR) == codes::kCommunicationError);
static_assert(to_code(SCARD_W_UNRESPONSIVE_CARD) == codes::kUnresponsiveCard);
static_assert(to_code(SCARD_W_RESET_CARD) == codes::kResetCard);
static_assert(to_code(SCARD_W_REMOVED_CARD) == codes::kRemovedCard);

#if defined(_WIN32)
// The functions take TCHAR text by default; ours is bytes.
constexpr auto list_readers_call = &SCardListReadersA;
constexpr auto status_change_call = &SCardGetStatusChangeA;
constexpr auto connect_call = &SCardConnectA;
constexpr auto status_call = &SCardStatusA;
using ReaderState = SCARD_READERSTATEA;
#else
constexpr auto list_readers_call = &SCardListReaders;
constexpr auto status_change_call = &SCardGetStatusChange;
constexpr auto connect_call = &SCardConnect;
constexpr auto status_call = &SCardStatus;
using ReaderState = SCARD_READERSTATE;
#endif

SCARDCONTEXT native_context(ContextHandle context) {
  return static_cast<SCARDCONTEXT>(context);
}
SCARDHANDLE native_card(CardHandle card) {
  return static_cast<SCARDHANDLE>(card);
}

DWORD native_share(ShareMode share) {
  return share == ShareMode::exclusive ? SCARD_SHARE_EXCLUSIVE : SCARD_SHARE_SHARED;
}

DWORD native_protocols(ProtocolChoice choice) {
  switch (choice) {
    case ProtocolChoice::t0: return SCARD_PROTOCOL_T0;
    case ProtocolChoice::t1: return SCARD_PROTOCOL_T1;
    case ProtocolChoice::any: break;
  }
  return SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1;
}

DWORD native_disposition(Disposition disposition) {
  return disposition == Disposition::reset_card ? SCARD_RESET_CARD : SCARD_LEAVE_CARD;
}

TransmissionProtocol from_native_protocol(DWORD protocol) {
  return protocol == SCARD_PROTOCOL_T0 ? TransmissionProtocol::t0 : TransmissionProtocol::t1;
}

/// The names of a multi-string: each ends with a zero, the list with an empty one.
std::vector<std::string> split_names(const std::string& names) {
  std::vector<std::string> readers;
  for (std::size_t start = 0; start < names.size() && names[start] != '\0';) {
    const auto end = std::min(names.find('\0', start), names.size());
    readers.push_back(names.substr(start, end - start));
    start = end + 1;
  }
  return readers;
}

ReaderState state_of(const std::string& reader) {
  ReaderState state{};
  state.szReader = reader.c_str();
  state.dwCurrentState = SCARD_STATE_UNAWARE;
  return state;
}

class SystemApi final : public SmartCardApi {
 public:
  Answer<ContextHandle> establish_context() override {
    SCARDCONTEXT context{};
    const auto code = to_code(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context));
    return {code, static_cast<ContextHandle>(context)};
  }

  Code release_context(ContextHandle context) override {
    return to_code(SCardReleaseContext(native_context(context)));
  }

  Answer<std::vector<std::string>> list_readers(ContextHandle context) override {
    DWORD length = 0;
    auto code = to_code(list_readers_call(native_context(context), nullptr, nullptr, &length));
    if (code != codes::kSuccess) return {code, {}};
    std::string names(length, '\0');
    code = to_code(list_readers_call(native_context(context), nullptr, names.data(), &length));
    return {code, split_names(names)};
  }

  Answer<Bytes> atr_in_reader(ContextHandle context, const std::string& reader) override {
    auto state = state_of(reader);
    const auto code = to_code(status_change_call(native_context(context), 0, &state, 1));
    if (code != codes::kSuccess || (state.dwEventState & SCARD_STATE_PRESENT) == 0) return {code, {}};
    return {code, Bytes(state.rgbAtr, state.rgbAtr + state.cbAtr)};
  }

  Answer<bool> wait_for_removal(ContextHandle context, const std::string& reader,
                                std::uint32_t milliseconds) override {
    auto state = state_of(reader);
    auto code = to_code(status_change_call(native_context(context), 0, &state, 1));
    if (code == codes::kSuccess && (state.dwEventState & SCARD_STATE_PRESENT) != 0) {
      state.dwCurrentState = state.dwEventState;
      code = to_code(status_change_call(native_context(context), milliseconds, &state, 1));
    }
    return {code, code == codes::kSuccess && (state.dwEventState & SCARD_STATE_PRESENT) == 0};
  }

  Answer<ConnectedCard> connect(ContextHandle context, const std::string& reader, ConnectMode mode) override {
    SCARDHANDLE card{};
    DWORD protocol = 0;
    const auto code = to_code(connect_call(native_context(context), reader.c_str(), native_share(mode.share),
                                           native_protocols(mode.protocol), &card, &protocol));
    return {code, {static_cast<CardHandle>(card), from_native_protocol(protocol)}};
  }

  Answer<TransmissionProtocol> reconnect(CardHandle card, ConnectMode mode,
                                         Disposition disposition) override {
    DWORD protocol = 0;
    const auto code =
        to_code(SCardReconnect(native_card(card), native_share(mode.share), native_protocols(mode.protocol),
                               native_disposition(disposition), &protocol));
    return {code, from_native_protocol(protocol)};
  }

  Code disconnect(CardHandle card, Disposition disposition) override {
    return to_code(SCardDisconnect(native_card(card), native_disposition(disposition)));
  }

  Answer<Bytes> atr(CardHandle card) override {
    Bytes bytes(kMaximumAtr);
    auto length = static_cast<DWORD>(bytes.size());
    DWORD name_length = 0;
    DWORD state = 0;
    DWORD protocol = 0;
    const auto code = to_code(
        status_call(native_card(card), nullptr, &name_length, &state, &protocol, bytes.data(), &length));
    bytes.resize(std::min(bytes.size(), static_cast<std::size_t>(length)));
    return {code, std::move(bytes)};
  }

  Answer<Bytes> transmit(const ConnectedCard& card, ByteView command) override {
    Bytes response(kMaximumResponse);
    auto length = static_cast<DWORD>(response.size());
    const auto* header = card.protocol == TransmissionProtocol::t0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
    const auto code =
        to_code(SCardTransmit(native_card(card.handle), header, command.data(),
                              static_cast<DWORD>(command.size()), nullptr, response.data(), &length));
    response.resize(std::min(response.size(), static_cast<std::size_t>(length)));
    return {code, std::move(response)};
  }

  Code begin_transaction(CardHandle card) override {
    return to_code(SCardBeginTransaction(native_card(card)));
  }

  Code end_transaction(CardHandle card) override {
    return to_code(SCardEndTransaction(native_card(card), SCARD_LEAVE_CARD));
  }
};

}  // namespace

SmartCardApi& system_api() {
  static SystemApi api;
  return api;
}

std::string native_text(Code code) {
#if defined(_WIN32)
  return std::system_category().message(static_cast<int>(code));
#else
  return pcsc_stringify_error(static_cast<LONG>(code));
#endif
}

}  // namespace gpsh::pcsc
