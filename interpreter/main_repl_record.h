// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/card_access.h"
#include "core/run_recorder.h"
#include "interpreter/main_record.h"

namespace gpsh::interpreter {

/// Stands between a session and its card, so that a recording can begin and end while the session goes on:
/// whenever no card is connected. A connection made during a recording must be gone before its end.
class SessionRecording final : public CardAccess, public RunRecorder {
 public:
  /// Makes the recording of a file over an access.
  using Make = std::function<std::unique_ptr<RunRecording>(const std::string& file, CardAccess& access)>;

  /// `always` hears everything, whether it is recorded or not. Both outlive this.
  SessionRecording(CardAccess& card, RunRecorder& always, Make make);

  /// Throws Error (file) when the file cannot be made; then nothing is recorded.
  void start(const std::string& file);
  /// Ends the recording as a run that ended well. Throws Error (file) when the end cannot be written.
  void stop();
  /// Empty: nothing is recorded.
  [[nodiscard]] const std::string& file() const { return file_; }

  void establish_context() override { access().establish_context(); }
  void release_context() override { access().release_context(); }
  [[nodiscard]] std::vector<ReaderInfo> list_readers() override { return access().list_readers(); }
  [[nodiscard]] std::unique_ptr<Connection> connect(const ConnectRequest& request,
                                                    Observer& observer) override {
    return access().connect(request, observer);
  }

  void command(ByteView plain, ByteView wire, Framing framing) override;
  void chained_command(ByteView wire) override;
  void response(ByteView wire, Framing framing) override;
  void unwrapped(ByteView plain) override;
  void remark(const Remark& remark) override;
  void command_started(const StartedCommand& command) override;
  void command_ended(const Error* failure) override;
  void run_ended(int) override {}

 private:
  [[nodiscard]] CardAccess& access();
  template <typename Tell>
  void tell(Tell tell);

  CardAccess& card_;
  RunRecorder& always_;
  Make make_;
  std::unique_ptr<RunRecording> recording_;
  std::string file_;
};

}  // namespace gpsh::interpreter
