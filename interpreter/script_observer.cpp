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
  line("Command --> ", plain);
  line("Wrapped command --> ", wire);
  ports_.output.flush();
  if (ports_.recorder != nullptr) ports_.recorder->command(plain, wire, framing);
}

void ScriptObserver::chained_command(ByteView wire) {
  line("Chained command --> ", wire);
  ports_.output.flush();
  if (ports_.recorder != nullptr) ports_.recorder->chained_command(wire);
}

void ScriptObserver::response(ByteView wire, Framing framing) {
  line(framing == Framing::chained ? "Chained response <-- " : "Response <-- ", wire);
  if (ports_.recorder != nullptr) ports_.recorder->response(wire, framing);
}

void ScriptObserver::unwrapped(ByteView plain) {
  line("Unwrapped response <-- ", plain);
  if (ports_.recorder != nullptr) ports_.recorder->unwrapped(plain);
  if (!identify_asked_) return;
  remark({.severity = Severity::note, .code = "jcop-identify", .text = gp::explain_jcop_identify(plain)});
}

void ScriptObserver::remark(const Remark& remark) {
  ports_.output.flush();
  ports_.remark(remark);
  if (ports_.recorder != nullptr) ports_.recorder->remark(remark);
}

void ScriptObserver::line(std::string_view prefix, ByteView bytes) {
  if (!tracing_) return;
  ports_.output.raw(prefix);
  ports_.output.line(to_hex(bytes));
}

}  // namespace gpsh::interpreter
