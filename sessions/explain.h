// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "sessions/explain_field.h"
#include "sessions/import_log.h"
#include "sessions/shown_apdu.h"
#include "sessions/verify.h"

namespace gpsh::sessions {

/// One exchange in words. No key, PIN or encrypted STORE DATA is in it.
struct ExplainedExchange {
  std::size_t line = 0;       ///< of the command in the log; 0: not of a log
  std::string name{};         ///< as command_name()
  ExplainedFields command{};  ///< P1, P2 and the data, without secure messaging where it could be removed
  std::vector<std::string> channel{};  ///< what is known of secure messaging here, a sentence each
  ExplainedFields steps{};             ///< with Teaching::on: what secure messaging computed here
  std::optional<StatusWord> sw{};      ///< nothing: no answer
  std::string meaning{};               ///< of the status word, or why there is none
  std::vector<std::string> advice{};   ///< cause and next step, a sentence each
  ExplainedFields response{};          ///< the answer's data
  std::optional<std::chrono::microseconds> duration{};
  ShownApdus apdus{};  ///< of a log's exchange
};

/// What a program that wrote the log did, and why.
struct ExplainedRemark {
  std::size_t line = 0;
  std::string text{};
  std::string advice{};
};

/// Receives what explain_log() finds, in the order of the log.
class ExplainSink {
 public:
  virtual ~ExplainSink() = default;
  virtual void exchange(const ExplainedExchange& exchange) = 0;
  virtual void remark(const ExplainedRemark& remark) = 0;
};

/// Explains one command and its answer, both without secure messaging; the answer may be missing.
[[nodiscard]] ExplainedExchange explain_exchange(const CommandApdu& plain,
                                                 const std::optional<ResponseApdu>& response,
                                                 ValueDisplay display = ValueDisplay::shown);

/// What each likely refusal of an instruction would mean, and what to do then; a sentence each.
[[nodiscard]] std::vector<std::string> refusals_in_words(std::uint8_t ins);

/// Reads the log of any tool, or a recording, twice: for its keys and for its exchanges, in memory that does
/// not grow with it. Any bytes will do as input.
ImportSummary explain_log(std::istream& in, const VerifyRequest& request, ExplainSink& sink,
                          std::string_view file = "the recording");
/// The same for a file. Throws Error (file, "unreadable-log") too.
ImportSummary explain_log(const std::filesystem::path& path, const VerifyRequest& request, ExplainSink& sink);

}  // namespace gpsh::sessions
