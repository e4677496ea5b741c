// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "core/observer.h"
#include "interpreter/exchange_writer.h"
#include "interpreter/output.h"

namespace gpsh::interpreter {

/// Prints the trace in its style, once it is on, and hands remarks on; a recorder hears all. Stops a run that
/// was interrupted before its next APDU. Explains the answer to JCOP's IDENTIFY where it passes by.
class ScriptObserver final : public Observer {
 public:
  struct Ports {
    Output& output;
    std::function<bool()> interrupted;
    std::function<void(const Remark&)> remark;
    Observer* recorder = nullptr;            ///< may be null
    const ExchangeWriter* writer = nullptr;  ///< null: the style stays TraceStyle::gpshell
    std::function<std::chrono::steady_clock::time_point()> clock = std::chrono::steady_clock::now;
  };
  explicit ScriptObserver(Ports ports) : ports_(std::move(ports)) {}

  void trace_on() { tracing_ = true; }
  void trace_off() { tracing_ = false; }
  [[nodiscard]] bool tracing() const { return tracing_; }
  /// Of the trace, on or off.
  void use(TraceStyle style) { style_ = style; }
  /// What comes belongs to this line of the script, until it has ended.
  void line_started(std::size_t number) { line_number_ = number; }
  void line_ended();
  /// Throws Error ("interrupted") once the run was asked to stop.
  void stop_if_interrupted() const;

  void command(ByteView plain, ByteView wire, Framing framing) override;
  void chained_command(ByteView wire) override;
  void response(ByteView wire, Framing framing) override;
  void unwrapped(ByteView plain) override;
  void remark(const Remark& remark) override;

 private:
  void line(std::string_view prefix, ByteView bytes);
  [[nodiscard]] bool in_words() const { return style_ != TraceStyle::gpshell && ports_.writer != nullptr; }
  void write_exchange();

  Ports ports_;
  bool tracing_ = false;
  TraceStyle style_ = TraceStyle::gpshell;
  std::size_t line_number_ = 0;
  std::optional<TracedExchange> exchange_{};  ///< under way, if it is to be put into words
  std::chrono::steady_clock::time_point sent_at_{};
  bool identify_asked_ = false;
};

}  // namespace gpsh::interpreter
