// SPDX-License-Identifier: Apache-2.0
#include "sessions/recording_json.h"

#include <array>
#include <limits>

#include "sessions/recording_fields.h"

namespace gpsh::sessions {
namespace {

using nlohmann::ordered_json;

template <typename Value, std::size_t count>
using Words = std::array<std::pair<std::string_view, Value>, count>;

constexpr std::uint64_t kAnyNumber = std::numeric_limits<std::int64_t>::max();

constexpr Words<gp::Wire, 2> kWires = {{{"gpsh", gp::Wire::gpsh}, {"gpshell", gp::Wire::gpshell}}};
constexpr Words<TransmissionProtocol, 2> kProtocols = {
    {{"T=0", TransmissionProtocol::t0}, {"T=1", TransmissionProtocol::t1}}};
constexpr Words<CardCall, 6> kCalls = {{{"establish_context", CardCall::establish_context},
                                        {"release_context", CardCall::release_context},
                                        {"list_readers", CardCall::list_readers},
                                        {"connect", CardCall::connect},
                                        {"reset", CardCall::reset},
                                        {"transaction", CardCall::transaction}}};
constexpr Words<ErrorKind, 7> kKinds = {{{"syntax", ErrorKind::syntax},
                                         {"usage", ErrorKind::usage},
                                         {"file", ErrorKind::file},
                                         {"reader", ErrorKind::reader},
                                         {"card", ErrorKind::card},
                                         {"security", ErrorKind::security},
                                         {"internal", ErrorKind::internal}}};

template <typename Value, std::size_t count>
std::string_view word_of(const Words<Value, count>& words, Value value) {
  for (const auto& [word, each] : words) {
    if (each == value) return word;
  }
  return {};
}

template <typename Value, std::size_t count>
Value chosen(const RecordingFields& fields, const char* name, const Words<Value, count>& words) {
  return fields.choice<Value>(name, words);
}

std::string dumped(const ordered_json& object) {
  return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

/// Without its braces.
std::string inner(const ordered_json& object) {
  const auto text = dumped(object);
  return text.substr(1, text.size() - 2);
}

ordered_json json_of(const RecordedFailure& failure) {
  ordered_json object = {{"kind", word_of(kKinds, failure.facts.kind)},
                         {"code", failure.code},
                         {"message", failure.facts.message},
                         {"advice", failure.facts.advice}};
  if (failure.facts.native_code) object["native_code"] = *failure.facts.native_code;
  if (!failure.facts.native_text.empty()) object["native_text"] = failure.facts.native_text;
  return object;
}

RecordedFailure failure_of(const RecordingFields& fields) {
  RecordedFailure failure{.code = fields.text("code"), .facts = {}};
  failure.facts.kind = chosen(fields, "kind", kKinds);
  failure.facts.message = fields.text("message");
  failure.facts.advice = fields.text("advice");
  if (!fields.missing("native_code")) {
    failure.facts.native_code =
        static_cast<std::uint32_t>(fields.number("native_code", std::numeric_limits<std::uint32_t>::max()));
  }
  failure.facts.native_text = fields.text_or_empty("native_text");
  return failure;
}

ordered_json json_of(const ConnectionInfo& card) {
  return {
      {"reader", card.reader}, {"atr", to_hex(card.atr)}, {"protocol", word_of(kProtocols, card.protocol)}};
}

ConnectionInfo connection_of(const RecordingFields& fields) {
  return {.reader = fields.text("reader"),
          .protocol = chosen(fields, "protocol", kProtocols),
          .atr = fields.bytes("atr")};
}

ordered_json begun(std::string_view event) {
  return {{"event", event}};
}

ordered_json json_of(const RecordedCommand& command) {
  auto object = begun("command");
  object["line"] = command.script_line;
  object["text"] = command.text;
  return object;
}

ordered_json json_of(const RecordedUnwrapped& unwrapped) {
  auto object = begun("unwrapped");
  object["response"] = to_hex(unwrapped.response);
  return object;
}

ordered_json json_of(const RecordedConnection& connection) {
  auto object = begun("connection");
  object.update(json_of(connection.card));
  return object;
}

ordered_json json_of(const RecordedReaders& list) {
  auto object = begun("readers");
  auto& readers = object["readers"] = ordered_json::array();
  for (const auto& reader : list.readers) {
    readers.push_back({{"name", reader.name}, {"atr", to_hex(reader.atr)}});
  }
  return object;
}

ordered_json json_of(const RecordedCallFailure& failed) {
  auto object = begun("failure");
  object["call"] = word_of(kCalls, failed.call);
  object["failure"] = json_of(failed.failure);
  return object;
}

ordered_json json_of(const RecordedResult& result) {
  auto object = begun("result");
  object["status"] = result.code.empty() ? "ok" : "failed";
  if (!result.code.empty()) object["code"] = result.code;
  if (result.sw) object["sw"] = result.sw->text();
  return object;
}

ordered_json json_of(const RecordedEnd& end) {
  auto object = begun("end");
  object["exit"] = end.exit_code;
  return object;
}

std::string text_of(const RecordedExchange& exchange) {
  return exchange_head(exchange) + exchange_tail(exchange) + "}";
}

std::string text_of(const auto& event) {
  return dumped(json_of(event));
}

RecordedExchange exchange_of(const RecordingFields& fields) {
  RecordedExchange exchange{
      .apdus = {.plain_command = {}, .wire_command = fields.bytes("wire"), .wire_response = {}}};
  if (exchange.apdus.wire_command.empty()) throw RecordingFields::wrong("wire", "it is empty");
  if (!fields.missing("plain")) exchange.apdus.plain_command = fields.bytes("plain");
  if (!fields.missing("hidden")) exchange.hidden = fields.number("hidden", 65535);
  exchange.duration = std::chrono::microseconds(fields.number("us", kAnyNumber));
  if (fields.missing("failure")) {
    exchange.apdus.wire_response = fields.bytes("response");
  } else {
    exchange.failure = failure_of(fields.object("failure"));
  }
  return exchange;
}

RecordedReaders readers_of(const RecordingFields& fields) {
  RecordedReaders list;
  for (const auto& reader : fields.objects("readers")) {
    list.readers.push_back({.name = reader.text("name"), .atr = reader.bytes("atr")});
  }
  return list;
}

RecordedResult result_of(const RecordingFields& fields) {
  const auto status = fields.text("status");
  if (status == "ok") return {};
  if (status != "failed") throw RecordingFields::wrong("status", "it is neither \"ok\" nor \"failed\"");
  RecordedResult result{.code = fields.text("code"), .sw = {}};
  if (result.code.empty()) throw RecordingFields::wrong("code", "it is empty");
  if (fields.missing("sw")) return result;
  const auto sw = fields.bytes("sw");
  if (sw.size() != 2) throw RecordingFields::wrong("sw", "it is no status word");
  result.sw = StatusWord(static_cast<std::uint16_t>(sw.front() << 8 | sw.back()));
  return result;
}

RecordedOptions options_of(const RecordingFields& fields) {
  return {.wire = chosen(fields, "wire", kWires),
          .lenient = fields.flag("lenient"),
          .no_check = fields.flag("no_check"),
          .force = fields.flag("force")};
}

}  // namespace

std::string_view protocol_text(TransmissionProtocol protocol) {
  return word_of(kProtocols, protocol);
}

std::string header_text(const RecordingHeader& header) {
  ordered_json object = {{"format", "gpsh-recording"}, {"version", kRecordingVersion}, {"gpsh", header.gpsh}};
  object["script"] = header.script ? ordered_json(*header.script) : ordered_json();
  object["script_sha256"] =
      header.script_sha256.empty() ? ordered_json() : ordered_json(header.script_sha256);
  object["options"] = {{"wire", word_of(kWires, header.options.wire)},
                       {"lenient", header.options.lenient},
                       {"no_check", header.options.no_check},
                       {"force", header.options.force}};
  if (header.card) {
    object.update(json_of(*header.card));
  } else {
    for (const auto* name : {"reader", "atr", "protocol"}) object[name] = nullptr;
  }
  if (header.imported_from) object["imported_from"] = *header.imported_from;
  return dumped(object);
}

RecordingHeader header_of(std::string_view object) {
  const auto fields = RecordingFields::parse(object);
  if (fields.text("format") != "gpsh-recording") {
    throw RecordingFields::wrong("format", "it is not \"gpsh-recording\"");
  }
  const auto version = fields.number("version", kAnyNumber);
  if (version != kRecordingVersion) {
    throw Error({.kind = ErrorKind::file,
                 .code = "recording-version",
                 .message = "it has version " + std::to_string(version) + " of the format, this gpsh reads " +
                            std::to_string(kRecordingVersion),
                 .advice = "use the gpsh that made it, or a later one"});
  }
  RecordingHeader header{.gpsh = fields.text("gpsh"),
                         .script = {},
                         .script_sha256 = fields.text_or_empty("script_sha256"),
                         .options = options_of(fields.object("options")),
                         .card = {},
                         .imported_from = {}};
  if (!fields.missing("imported_from")) header.imported_from = fields.text("imported_from");
  if (!fields.missing("script")) header.script = fields.text("script");
  if (!fields.missing("reader")) header.card = connection_of(fields);
  return header;
}

std::string exchange_head(const RecordedExchange& exchange) {
  auto object = begun("exchange");
  if (!exchange.apdus.plain_command.empty()) object["plain"] = to_hex(exchange.apdus.plain_command);
  if (exchange.hidden > 0) object["hidden"] = exchange.hidden;
  object["wire"] = to_hex(exchange.apdus.wire_command);
  return "{" + inner(object);
}

std::string exchange_tail(const RecordedExchange& exchange) {
  ordered_json object;
  if (exchange.failure) {
    object["failure"] = json_of(*exchange.failure);
  } else {
    object["response"] = to_hex(exchange.apdus.wire_response);
  }
  object["us"] = exchange.duration.count();
  return "," + inner(object);
}

std::string event_text(const RecordedHappening& event) {
  return std::visit([](const auto& each) { return text_of(each); }, event);
}

RecordedHappening event_of(std::string_view object) {
  const auto fields = RecordingFields::parse(object);
  const auto event = fields.text("event");
  if (event == "command") {
    return RecordedCommand{.script_line = fields.number("line", kAnyNumber), .text = fields.text("text")};
  }
  if (event == "exchange") return exchange_of(fields);
  if (event == "unwrapped") return RecordedUnwrapped{.response = fields.bytes("response")};
  if (event == "connection") return RecordedConnection{.card = connection_of(fields)};
  if (event == "readers") return readers_of(fields);
  if (event == "failure") {
    return RecordedCallFailure{.call = chosen(fields, "call", kCalls),
                               .failure = failure_of(fields.object("failure"))};
  }
  if (event == "result") return result_of(fields);
  if (event == "end") return RecordedEnd{.exit_code = static_cast<int>(fields.number("exit", 255))};
  throw RecordingFields::wrong("event", "\"" + event + "\" is none");
}

}  // namespace gpsh::sessions
