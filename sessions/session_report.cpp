// SPDX-License-Identifier: Apache-2.0
#include "sessions/session_report.h"

#include <algorithm>
#include <map>
#include <utility>

#include "sessions/log_text.h"
#include "sessions/recorded_log.h"
#include "sessions/recording_reader.h"

namespace gpsh::sessions {
namespace {

/// Lines in the log, and what belongs there.
struct FoundAt {
  std::map<std::size_t, WireCost> costs{};
  std::map<std::size_t, std::vector<std::string>> wrong{};
};

void rewind(std::istream& in) {
  in.clear();
  in.seekg(0);
}

void add(WireCost& to, const WireCost& more) {
  to.apdus += more.apdus;
  to.sent += more.sent;
  to.received += more.received;
}

class Explanations final : public ExplainSink {
 public:
  explicit Explanations(SessionReport& report) : report_(report) {}

  void exchange(const ExplainedExchange& exchange) override {
    report_.entries.emplace_back(ReportedExchange{.explained = exchange});
    if (exchange.duration) {
      report_.duration = report_.duration.value_or(std::chrono::microseconds(0)) + *exchange.duration;
    }
  }
  void remark(const ExplainedRemark& remark) override { report_.entries.emplace_back(remark); }

 private:
  SessionReport& report_;
};

class Verdicts final : public VerifySink {
 public:
  Verdicts(SessionReport& report, FoundAt& found) : report_(report), found_(found) {}

  void verdict(const ChannelVerdict& verdict) override {
    report_.channels.push_back(verdict);
    // Without the keys it is not known what is wrong.
    if (verdict.keys.empty()) found_.wrong.erase(verdict.line);
  }
  void finding(const VerifyFinding& finding) override {
    if (finding.kind == VerifyFinding::Kind::wrong) found_.wrong[finding.line].push_back(finding.text);
  }

 private:
  SessionReport& report_;
  FoundAt& found_;
};

/// Every APDU by itself, where explain_log() joins those that belong together.
class Costs final : public ImportSink {
 public:
  Costs(SessionReport& report, FoundAt& found) : report_(report), found_(found) {}

  void exchange(LoggedExchange exchange) override {
    if (exchange.protocol && report_.cards.empty()) {
      report_.cards.push_back({.reader = {}, .protocol = *exchange.protocol, .atr = {}});
    }
    add(found_.costs[exchange.line],
        {.apdus = 1, .sent = exchange.wire_command.size(), .received = exchange.wire_response.size()});
  }

 private:
  SessionReport& report_;
  FoundAt& found_;
};

std::size_t line_of(const ReportEntry& entry) {
  return std::visit(
      [](const auto& each) {
        if constexpr (std::is_same_v<std::decay_t<decltype(each)>, ReportedExchange>) {
          return each.explained.line;
        } else {
          return each.line;
        }
      },
      entry);
}

/// Gives each exchange what was found at its line and at those up to the next exchange.
void place(const FoundAt& found, SessionReport& report) {
  auto cost = found.costs.begin();
  ReportedExchange* last = nullptr;
  const auto take_costs_before = [&](std::size_t line) {
    for (; cost != found.costs.end() && cost->first < line; ++cost) {
      if (last != nullptr) add(last->cost, cost->second);
      add(report.cost, cost->second);
    }
  };
  for (auto& entry : report.entries) {
    auto* exchange = std::get_if<ReportedExchange>(&entry);
    if (exchange == nullptr) continue;
    take_costs_before(exchange->explained.line);
    last = exchange;
    const auto wrong = found.wrong.find(exchange->explained.line);
    if (wrong != found.wrong.end()) exchange->wrong = wrong->second;
  }
  take_costs_before(SIZE_MAX);
}

void remember_card(SessionReport& report, const ConnectionInfo& card) {
  const bool known = std::ranges::any_of(report.cards, [&](const auto& each) {
    return each.reader == card.reader && each.atr == card.atr && each.protocol == card.protocol;
  });
  if (!known) report.cards.push_back(card);
}

ReportedFailure failure_at(std::size_t line, const RecordedFailure& failure) {
  return {.line = line, .message = failure.facts.message, .advice = failure.facts.advice};
}

/// What a recording has besides exchanges.
class RecordedEvents {
 public:
  explicit RecordedEvents(SessionReport& report) : report_(report) {}

  void event(RecordedEvent event) {
    std::visit([&](auto& what) { take(event.line, what); }, event.what);
  }

 private:
  void take(std::size_t line, RecordedCommand& command) {
    last_ = report_.entries.size();
    report_.entries.emplace_back(
        ReportedCommand{.line = line, .script_line = command.script_line, .text = std::move(command.text)});
  }
  void take(std::size_t line, const RecordedExchange& exchange) {
    if (exchange.failure) report_.entries.emplace_back(failure_at(line, *exchange.failure));
  }
  void take(std::size_t /*line*/, const RecordedConnection& connection) {
    remember_card(report_, connection.card);
  }
  void take(std::size_t line, const RecordedCallFailure& call) {
    report_.entries.emplace_back(failure_at(line, call.failure));
  }
  void take(std::size_t /*line*/, RecordedResult& result) {
    if (last_) std::get<ReportedCommand>(report_.entries.at(*last_)).result = std::move(result);
  }
  void take(std::size_t /*line*/, const RecordedEnd& end) {
    report_.ended = true;
    report_.exit_code = end.exit_code;
  }
  void take(std::size_t, const RecordedUnwrapped&) {}
  void take(std::size_t, const RecordedReaders&) {}

  SessionReport& report_;
  std::optional<std::size_t> last_;  // command
};

void read_events(std::istream& in, SessionReport& report) {
  RecordingReader reader(report.file);
  RecordedEvents events(report);
  report.ended = false;
  while (const auto line = reader.next(in)) {
    if (auto event = reader.line(line->text, line->end)) events.event(std::move(*event));
  }
  report.header = reader.header();
  if (report.header->card) remember_card(report, *report.header->card);
  // What an import made has no end of a run.
  if (report.header->imported_from) report.ended = true;
  std::ranges::stable_sort(report.entries, {}, line_of);
}

}  // namespace

SessionReport read_session(std::istream& in, const VerifyRequest& request, std::string_view file) {
  if (in.seekg(0, std::ios::end).tellg() > std::streamoff{kMaxLogText}) log_too_long(file);
  rewind(in);
  SessionReport report{.file = std::string(file)};
  FoundAt found;
  Explanations explanations(report);
  report.summary = explain_log(in, request, explanations, file);
  rewind(in);
  Verdicts verdicts(report, found);
  verify_log(in, request, verdicts, file);
  rewind(in);
  Costs costs(report, found);
  import_log(in, costs, file);
  place(found, report);
  rewind(in);
  if (begins_recording(in)) {
    read_events(in, report);
  } else if (report.entries.empty()) {
    empty_log(file);
  }
  return report;
}

}  // namespace gpsh::sessions
