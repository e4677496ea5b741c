// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string_view>
#include <utility>

#include "core/apdu.h"
#include "gp/jcop_identify.h"
#include "sessions/session_report.h"

namespace gpsh::sessions {
namespace {

constexpr std::uint8_t kMoreData = 0x61;
constexpr std::uint8_t kMoreDataOfSim = 0x9F;
constexpr StatusWord kMoreEntries{0x6310};
constexpr StatusWord kNotFound{0x6A88};
constexpr std::uint8_t kGetStatus = 0xF2;
constexpr std::uint8_t kGetData = 0xCA;
constexpr std::size_t kStatusWordBytes = 2;

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string name_of(const ReportedCommand& command) {
  return command.text.substr(0, command.text.find(' '));
}

/// To ask for what a card need not have is no failure.
bool asked_in_vain(const ExplainedExchange& exchange) {
  const auto& bytes = exchange.apdus.wire_command.bytes;
  return exchange.sw == kNotFound && bytes.size() > 1 && (bytes[1] == kGetStatus || bytes[1] == kGetData);
}

bool failed(const ReportedCommand& command) {
  return command.result && !command.result->code.empty();
}

/// Walks through the entries.
class Finder {
 public:
  explicit Finder(const SessionReport& report) : report_(report) {}

  std::vector<ReportProblem> all() {
    for (std::size_t at = 0; at < report_.entries.size(); ++at) {
      std::visit([&](const auto& entry) { look(at, entry); }, report_.entries[at]);
    }
    finish_command();
    about_the_file();
    std::ranges::stable_sort(problems_, {}, &ReportProblem::kind);
    return std::move(problems_);
  }

 private:
  void look(std::size_t at, const ReportedCommand& command) {
    finish_command();
    command_ = &command;
    command_at_ = at;
    told_ = false;
  }
  /// Of a command that failed: tells it, where none of its exchanges did.
  void finish_command() {
    if (command_ == nullptr || told_ || !failed(*command_)) return;
    std::vector<std::string> text = {"error code " + command_->result->code};
    if (command_->result->sw) text.front() += ", " + command_->result->sw->text();
    problems_.push_back({.kind = failure_kind(),
                         .entry = command_at_,
                         .title = place() + " failed",
                         .text = std::move(text)});
  }
  void look(std::size_t at, const ReportedExchange& exchange) {
    const auto& explained = exchange.explained;
    for (const auto& wrong : exchange.wrong) {
      problems_.push_back({.kind = ProblemKind::wrong, .entry = at, .title = wrong});
    }
    const auto kind = answer_kind(explained);
    if (kind == AnswerKind::good || kind == AnswerKind::warning) return;
    auto title = explained.sw ? explained.name + ": " + explained.sw->text() : explained.name;
    const bool ended = command_ != nullptr && failed(*command_) && command_->result->sw == explained.sw;
    if (ended) {
      title = place() + " failed: " + title;
      told_ = true;
    }
    std::vector<std::string> text = {explained.meaning};
    text.insert(text.end(), explained.advice.begin(), explained.advice.end());
    problems_.push_back({.kind = ended || !explained.sw ? failure_kind() : refusal_kind(explained),
                         .entry = at,
                         .title = std::move(title),
                         .text = std::move(text)});
  }
  void look(std::size_t at, const ReportedFailure& failure) {
    problems_.push_back({.kind = ProblemKind::failed, .entry = at, .title = failure.message});
    if (!failure.advice.empty()) problems_.back().text.push_back(failure.advice);
  }
  void look(std::size_t at, const ExplainedRemark& remark) {
    problems_.push_back({.kind = ProblemKind::failed, .entry = at, .title = remark.text});
    if (!remark.advice.empty()) problems_.back().text.push_back(remark.advice);
  }

  void about_the_file() {
    for (const auto& channel : report_.channels) {
      if (channel.keys.empty()) {
        problems_.push_back({.kind = ProblemKind::remark,
                             .title = "the channel of line " + std::to_string(channel.line) +
                                      " could not be verified: none of the known keys fits",
                             .text = {"give the card's keys with --key, or --enc and --mac"}});
      }
    }
    if (!report_.ended) {
      problems_.push_back({.kind = ProblemKind::failed,
                           .title = "the run was ended from outside: the recording has no end",
                           .text = {"what was exchanged until then is here"}});
    }
    const auto unused = report_.summary.not_understood;
    if (unused > 0) {
      problems_.push_back({.kind = ProblemKind::remark,
                           .title = counted(unused, "entry", "entries") + " of the log could not be used"});
    }
  }

  /// A run that ended well took all that did not go well in between: delete may find nothing.
  [[nodiscard]] ProblemKind failure_kind() const {
    return report_.exit_code == 0 ? ProblemKind::passed : ProblemKind::failed;
  }
  [[nodiscard]] ProblemKind refusal_kind(const ExplainedExchange& exchange) const {
    const bool went_on = command_ != nullptr && command_->result && !failed(*command_);
    return went_on || report_.exit_code == 0 || asked_in_vain(exchange) ? ProblemKind::passed
                                                                        : ProblemKind::refused;
  }
  /// "line 5, open_sc".
  [[nodiscard]] std::string place() const {
    return "line " + std::to_string(command_->script_line) + ", " + name_of(*command_);
  }

  const SessionReport& report_;
  const ReportedCommand* command_ = nullptr;  // the last
  std::size_t command_at_ = 0;
  bool told_ = false;  // that it failed
  std::vector<ReportProblem> problems_;
};

/// JCOP answers IDENTIFY with data and 6A82.
bool is_identified(const ExplainedExchange& exchange) {
  return gp::is_jcop_identify(exchange.apdus.wire_command.bytes) &&
         exchange.apdus.wire_response.bytes.size() > kStatusWordBytes;
}

}  // namespace

AnswerKind answer_kind(const ExplainedExchange& exchange) {
  if (!exchange.sw) return AnswerKind::missing;
  const auto sw = *exchange.sw;
  if (sw.ok() || sw.sw1() == kMoreData || sw.sw1() == kMoreDataOfSim || sw == kMoreEntries) {
    return AnswerKind::good;
  }
  if (sw.warning()) return AnswerKind::warning;
  return is_identified(exchange) ? AnswerKind::good : AnswerKind::refused;
}

std::vector<ReportProblem> problems_of(const SessionReport& report) {
  return Finder(report).all();
}

}  // namespace gpsh::sessions
