// SPDX-License-Identifier: Apache-2.0
#include "sessions/recording_access.h"

#include <utility>

#include "core/error.h"
#include "sessions/public_key_watch.h"

namespace gpsh::sessions {
namespace {

/// Does what was asked; a failure is written down on its way out.
template <typename Action>
auto told(RecordingWriter& writer, CardCall call, Action&& action) {
  try {
    return action();
  } catch (const Error& error) {
    writer.call_failed(call, error);
    throw;
  }
}

/// A connection, every APDU of it written down.
class RecordingConnection final : public Connection {
 public:
  struct Parts {
    std::unique_ptr<Connection> inner;
    RecordingWriter& writer;
    RecordingAccess::Clock clock;
    Observer& observer;
  };
  explicit RecordingConnection(Parts parts) : parts_(std::move(parts)), watch_(parts_.observer) {}

  Bytes transmit(ByteView apdu) override {
    watch_.sending(apdu);
    parts_.writer.sending(apdu);
    const auto started = parts_.clock();
    const auto spent = [&] {
      return std::chrono::duration_cast<std::chrono::microseconds>(parts_.clock() - started);
    };
    auto response = answer(apdu, spent);
    parts_.writer.answered(response, spent());
    watch_.answered(response);
    return response;
  }

  void reset() override {
    told(parts_.writer, CardCall::reset, [&] { parts_.inner->reset(); });
  }
  [[nodiscard]] ConnectionInfo describe() const override { return parts_.inner->describe(); }
  void begin_transaction() override {
    told(parts_.writer, CardCall::transaction, [&] { parts_.inner->begin_transaction(); });
  }
  void end_transaction() noexcept override { parts_.inner->end_transaction(); }

 private:
  template <typename Spent>
  Bytes answer(ByteView apdu, const Spent& spent) {
    try {
      return parts_.inner->transmit(apdu);
    } catch (const Error& error) {
      parts_.writer.not_answered(error, spent());
      throw;
    }
  }

  Parts parts_;
  PublicKeyWatch watch_;
};

}  // namespace

RecordingAccess::RecordingAccess(CardAccess& inner, RecordingWriter& writer, Clock clock)
    : inner_(inner), writer_(writer), clock_(std::move(clock)) {}

void RecordingAccess::establish_context() {
  told(writer_, CardCall::establish_context, [&] { inner_.establish_context(); });
}

void RecordingAccess::release_context() {
  told(writer_, CardCall::release_context, [&] { inner_.release_context(); });
}

std::vector<ReaderInfo> RecordingAccess::list_readers() {
  auto readers = told(writer_, CardCall::list_readers, [&] { return inner_.list_readers(); });
  writer_.listed(readers);
  return readers;
}

std::unique_ptr<Connection> RecordingAccess::connect(const ConnectRequest& request, Observer& observer) {
  auto connection = told(writer_, CardCall::connect, [&] { return inner_.connect(request, observer); });
  writer_.connected(connection->describe());
  return std::make_unique<RecordingConnection>(RecordingConnection::Parts{
      .inner = std::move(connection), .writer = writer_, .clock = clock_, .observer = observer});
}

}  // namespace gpsh::sessions
