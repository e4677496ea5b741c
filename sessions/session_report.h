// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sessions/explain.h"
#include "sessions/recording.h"
#include "sessions/verify.h"

namespace gpsh::sessions {

/// What went over the wire: each APDU by itself, GET RESPONSE and the parts of a chained command too.
struct WireCost {
  std::size_t apdus = 0;
  std::size_t sent = 0;      ///< bytes of commands
  std::size_t received = 0;  ///< bytes of answers, status words too

  friend bool operator==(const WireCost&, const WireCost&) = default;
};

struct ReportedExchange {
  ExplainedExchange explained{};
  WireCost cost{};
  std::vector<std::string> wrong{};  ///< MACs and cryptograms, a sentence each
};

/// A script command of a recording.
struct ReportedCommand {
  std::size_t line = 0;  ///< in the recording
  std::size_t script_line = 0;
  std::string text{};
  std::optional<RecordedResult> result{};  ///< nothing: the run was ended before
};

/// A call to the reader that failed, or an exchange that did.
struct ReportedFailure {
  std::size_t line = 0;
  std::string message{};
  std::string advice{};
};

/// In the order of the log.
using ReportEntry = std::variant<ReportedCommand, ReportedExchange, ReportedFailure, ExplainedRemark>;

/// Everything a report of one log or recording says.
struct SessionReport {
  std::string file{};
  ImportSummary summary{};
  std::optional<RecordingHeader> header{};  ///< of a recording
  std::vector<ConnectionInfo> cards{};      ///< each once; of a log the protocol alone
  std::vector<ChannelVerdict> channels{};
  std::vector<ReportEntry> entries{};
  WireCost cost{};
  std::optional<std::chrono::microseconds> duration{};  ///< of all exchanges; nothing where no time is told
  bool ended = true;                                    ///< false: a recording without its end
  std::optional<int> exit_code{};                       ///< of a recording that has its end
};

/// How much a person wants to see it; the first is the worst.
enum class ProblemKind {
  wrong,    ///< a MAC or cryptogram
  failed,   ///< a script command, a call to the reader, the run
  refused,  ///< by the card
  remark,   ///< on the log, or on the program that wrote it
  passed,   ///< refused, and nothing was lost by it
};

struct ReportProblem {
  ProblemKind kind = ProblemKind::remark;
  std::optional<std::size_t> entry{};  ///< which of the entries
  std::string title{};
  std::vector<std::string> text{};  ///< meaning, cause, next step
};

/// How an answer is to be taken.
enum class AnswerKind { good, warning, refused, missing };
[[nodiscard]] AnswerKind answer_kind(const ExplainedExchange& exchange);

/// The worst first, else in the order of the log.
[[nodiscard]] std::vector<ReportProblem> problems_of(const SessionReport& report);

/// Reads a log of any tool, or a recording, from a stream that can go back to its start; `file` names it.
/// What must not be seen (see explain.h) is not in the result. Throws Error (file): "empty-log" for a log
/// without exchange, "unreadable-log" for one of more than kMaxLogText bytes, and what parse_recording()
/// throws.
[[nodiscard]] SessionReport read_session(std::istream& in, const VerifyRequest& request,
                                         std::string_view file);

}  // namespace gpsh::sessions
