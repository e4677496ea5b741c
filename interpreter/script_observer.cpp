// SPDX-License-Identifier: Apache-2.0
#include "interpreter/script_observer.h"

#include "core/error.h"
#include "gp/jcop_identify.h"

namespace gpsh::interpreter {

void ScriptObserver::stop_if_interrupted() const {
  if (!ports_.interrupted()) return;
  throw Error({.kind = ErrorKind::card,
               .code = "interrupted",
               .message = "stopped on request, before the next APDU was sent",
               .advice = "what ran before stays on the card"});
}

void ScriptObserver::command(ByteView plain, ByteView wire, Framing framing) {
  stop_if_interrupted();
  identify_asked_ = gp::is_jcop_identify(plain);
  write_exchange();
  if (tracing_ && in_words()) {
    exchange_ = {.line = line_number_, .plain = to_bytes(plain), .wire = to_bytes(wire)};
    if (framing == Framing::chained) exchange_->apdus = 0;  // each is told of
    sent_at_ = ports_.clock();
  }
  line("Command --> ", plain);
  line("Wrapped command --> ", wire);
  ports_.output.flush();
  if (ports_.recorder != nullptr) ports_.recorder->command(plain, wire, framing);
}

void ScriptObserver::chained_command(ByteView wire) {
  line("Chained command --> ", wire);
  if (exchange_) ++exchange_->apdus;
  ports_.output.flush();
  if (ports_.recorder != nullptr) ports_.recorder->chained_command(wire);
}

void ScriptObserver::response(ByteView wire, Framing framing) {
  line(framing == Framing::chained ? "Chained response <-- " : "Response <-- ", wire);
  if (exchange_) exchange_->received = to_bytes(wire);
  if (ports_.recorder != nullptr) ports_.recorder->response(wire, framing);
}

void ScriptObserver::unwrapped(ByteView plain) {
  line("Unwrapped response <-- ", plain);
  if (exchange_) exchange_->answer = to_bytes(plain);
  write_exchange();
  if (ports_.recorder != nullptr) ports_.recorder->unwrapped(plain);
  if (!identify_asked_) return;
  remark({.severity = Severity::note, .code = "jcop-identify", .text = gp::explain_jcop_identify(plain)});
}

void ScriptObserver::remark(const Remark& remark) {
  ports_.output.flush();
  ports_.remark(remark);
  if (ports_.recorder != nullptr) ports_.recorder->remark(remark);
}

/// A command whose answer did not come, or was not accepted, is written when the next one or the end comes.
void ScriptObserver::line_ended() {
  write_exchange();
  line_number_ = 0;
}

void ScriptObserver::write_exchange() {
  if (!exchange_) return;
  exchange_->duration = std::chrono::duration_cast<std::chrono::microseconds>(ports_.clock() - sent_at_);
  ports_.output.raw(ports_.writer->write(*exchange_, style_));
  exchange_.reset();
}

void ScriptObserver::line(std::string_view prefix, ByteView bytes) {
  if (!tracing_ || in_words()) return;
  ports_.output.raw(prefix);
  ports_.output.line(to_hex(bytes));
}

}  // namespace gpsh::interpreter
