// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_doctor.h"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "gp/protocol_choice.h"
#include "interpreter/main_log_note.h"
#include "sessions/doctor_log.h"

namespace gpsh::interpreter {
namespace {

using nlohmann::ordered_json;

struct Finding {
  std::size_t line = 0;
  std::uint8_t announced = 0;  ///< the protocol in the answer
  gp::Diagnosis diagnosis{};
};

struct LogFindings {
  std::string file{};
  std::vector<Finding> findings{};
};

/// The published keys first: a log's key that everybody knows is to be called by its name.
std::vector<gp::CandidateKeys> candidates_of(const DoctorCommand& command, sessions::DoctorLog& log) {
  auto candidates = gp::published_candidates();
  for (auto& found : log.keys) {
    candidates.push_back({.name = "log",
                          .words = fmt::format("the key in line {} of the log", found.line),
                          .keys = std::move(found.keys)});
  }
  auto given = given_candidates(command.keys);
  std::ranges::move(given, std::back_inserter(candidates));
  return candidates;
}

LogFindings findings_in(const std::string& path, const DoctorCommand& command) {
  LogFindings result{.file = std::filesystem::path(path).filename().string()};
  auto log = sessions::read_doctor_log(path);
  const auto candidates = candidates_of(command, log);
  const auto derivations = derivations_of(command.keys);
  for (const auto& session : log.sessions) {
    result.findings.push_back({.line = session.line,
                               .announced = session.asked.answer.protocol,
                               .diagnosis = gp::examine(session.asked, candidates, derivations)});
  }
  return result;
}

ordered_json json_of(const Finding& finding) {
  const auto& fits = finding.diagnosis.fits;
  const bool fit = !fits.empty();
  const auto protocol = fit ? fits.front().protocol : finding.announced;
  return {{"protocol", gp::protocol_name(protocol)},
          {"keys", fit ? fits.front().keys : "none fits"},
          {"derivation", fit ? ordered_json(fits.front().derivation.name()) : ordered_json()},
          {"fits", fit},
          {"tried", finding.diagnosis.tried},
          {"advice", finding.diagnosis.advice}};
}

void print_json(const std::vector<LogFindings>& logs) {
  ordered_json all = ordered_json::object();
  for (const auto& log : logs) {
    auto& sessions = all[log.file];
    if (sessions.is_null()) sessions = ordered_json::array();
    for (const auto& finding : log.findings) sessions.push_back(json_of(finding));
  }
  std::cout << all.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

void print_text(const std::vector<LogFindings>& logs) {
  for (const auto& log : logs) {
    for (const auto& finding : log.findings) {
      std::cout << fmt::format("{}:{}: {}\n  {}\n  {} combinations tried\n", log.file, finding.line,
                               finding.diagnosis.advice, finding.diagnosis.proof, finding.diagnosis.tried);
    }
  }
}

}  // namespace

int run_doctor(const DoctorCommand& command, DiagnosticSink& diagnostics) {
  std::vector<LogFindings> logs;
  for (const auto& path : command.logs) logs.push_back(findings_in(path, command));
  if (command.format == "json") {
    print_json(logs);
  } else {
    print_text(logs);
  }
  std::cout.flush();
  int code = 0;
  for (const auto& log : logs) {
    if (log.findings.empty()) diagnostics.print(no_initialize_update(log.file));
    const bool good = !log.findings.empty() && std::ranges::all_of(log.findings, [](const Finding& finding) {
      return !finding.diagnosis.fits.empty();
    });
    if (!good) code = 1;
  }
  return code;
}

}  // namespace gpsh::interpreter
