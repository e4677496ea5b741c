// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/observer.h"
#include "interpreter/diagnostic_sink.h"

namespace gpsh::interpreter {

/// Prints remarks, each at once; of APDUs it says nothing.
class RemarkObserver final : public Observer {
 public:
  /// `diagnostics` lives longer.
  explicit RemarkObserver(DiagnosticSink& diagnostics) : diagnostics_(diagnostics) {}

  void command(ByteView, ByteView, Framing) override {}
  void chained_command(ByteView) override {}
  void response(ByteView, Framing) override {}
  void unwrapped(ByteView) override {}
  void remark(const Remark& remark) override {
    diagnostics_.print(
        {.severity = remark.severity, .code = remark.code, .text = remark.text, .advice = remark.advice});
  }

 private:
  DiagnosticSink& diagnostics_;
};

}  // namespace gpsh::interpreter
