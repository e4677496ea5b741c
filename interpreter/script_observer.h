// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "core/observer.h"
#include "interpreter/output.h"

namespace gpsh::interpreter {

/// Prints the trace as GPShell does, once it is on, and hands remarks on; a recorder hears all. Stops a run
/// that was interrupted before its next APDU. Explains the answer to JCOP's IDENTIFY where it passes by.
class ScriptObserver final : public Observer {
 public:
  struct Ports {
    Output& output;
    std::function<bool()> interrupted;
    std::function<void(const Remark&)> remark;
    Observer* recorder = nullptr;  ///< may be null
  };
  explicit ScriptObserver(Ports ports) : ports_(std::move(ports)) {}

  void trace_on() { tracing_ = true; }
  void trace_off() { tracing_ = false; }
  [[nodiscard]] bool tracing() const { return tracing_; }
  /// Throws Error ("interrupted") once the run was asked to stop.
  void stop_if_interrupted() const;

  void command(ByteView plain, ByteView wire, Framing framing) override;
  void chained_command(ByteView wire) override;
  void response(ByteView wire, Framing framing) override;
  void unwrapped(ByteView plain) override;
  void remark(const Remark& remark) override;

 private:
  void line(std::string_view prefix, ByteView bytes);

  Ports ports_;
  bool tracing_ = false;
  bool identify_asked_ = false;
};

}  // namespace gpsh::interpreter
