// SPDX-License-Identifier: Apache-2.0
#include "pcsc/pcsc_access.h"

#include "core/error.h"
#include "pcsc/find_reader.h"
#include "pcsc/pcsc_connection.h"

namespace gpsh::pcsc {
namespace {

ProtocolChoice choice_of(std::optional<TransmissionProtocol> protocol) {
  if (!protocol) return ProtocolChoice::any;
  return *protocol == TransmissionProtocol::t0 ? ProtocolChoice::t0 : ProtocolChoice::t1;
}

/// The readers a request allows, in the order in which they are tried; never empty.
std::vector<ReaderInfo> candidates(std::vector<ReaderInfo> readers, const ConnectRequest& request,
                                   Observer& observer) {
  if (!request.reader.empty()) {
    auto found = find_reader(readers, request.reader);
    if (const auto remark = other_reader_meant(readers, request.reader, found)) observer.remark(*remark);
    return {std::move(found)};
  }
  if (request.reader_number) return {reader_by_number(readers, *request.reader_number)};
  return readers;
}

}  // namespace

void PcscAccess::establish_context() {
  if (!context_) context_ = std::make_shared<Context>(api_);
}

std::vector<ReaderInfo> PcscAccess::list_readers() {
  establish_context();
  return context_->list_readers();
}

std::unique_ptr<Connection> PcscAccess::connect(const ConnectRequest& request, Observer& observer) {
  const auto readers = candidates(list_readers(), request, observer);
  const auto protocol = choice_of(request.protocol);
  for (std::size_t i = 0; i + 1 < readers.size(); ++i) {
    try {
      return PcscConnection::open(context_, readers[i].name, protocol, observer);
    } catch (const Error&) {
      // The next reader may hold the card; the last one's error is the one to tell.
    }
  }
  return PcscConnection::open(context_, readers.back().name, protocol, observer);
}

}  // namespace gpsh::pcsc
