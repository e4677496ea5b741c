// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_report.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "core/error.h"
#include "core/system_reason.h"
#include "interpreter/main_log_note.h"
#include "sessions/report_page.h"

namespace gpsh::interpreter {
namespace {

using std::filesystem::path;

constexpr std::string_view kStdout = "-";

[[noreturn]] void wrong_count(const ReportCommand& command) {
  throw Error({.kind = ErrorKind::usage,
               .code = "usage",
               .message = command.difference ? "--diff compares two recordings or logs"
                                             : "a report is made of one recording or log",
               .advice = command.difference ? "give both: gpsh report --diff A B -o FILE.html"
                                            : "add --diff to compare two, or call gpsh report for each"});
}

/// Nothing but a page of ours is written over.
void refuse_other_file(const path& file) {
  if (!std::filesystem::is_regular_file(file) || std::filesystem::file_size(file) == 0) return;
  std::ifstream in(file, std::ios::binary);
  std::string start(sessions::kReportStart.size(), '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  if (start == sessions::kReportStart) return;
  throw Error({.kind = ErrorKind::file,
               .code = "report-exists",
               .message = file.string() + " is there and is no report of gpsh",
               .advice = "give another name with -o, or move the file away"});
}

void write_page(const path& file, const std::string& page) {
  errno = 0;
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << page;
  out.flush();
  if (out) return;
  throw Error({.kind = ErrorKind::file,
               .code = "report-failed",
               .message = fmt::format("cannot write the report {}: {}", file.string(), system_reason(errno)),
               .advice = "give -o a place that can be written"});
}

path page_of(const ReportCommand& command) {
  if (!command.page.empty()) return command.page;
  return path(command.logs.front()).filename().replace_extension(".html");
}

sessions::SessionReport read(const std::string& log, const ReportCommand& command,
                             DiagnosticSink& diagnostics) {
  auto in = sessions::open_log(log);
  const auto name = path(log).filename().string();
  // Each reading takes its keys.
  auto report = sessions::read_session(
      in, {.given = given_candidates(command.keys), .derivations = derivations_of(command.keys)}, name);
  if (const auto note = log_note(name, report.summary)) diagnostics.print(*note);
  return report;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string in_words(const sessions::SessionReport& report) {
  const auto problems = std::ranges::count_if(sessions::problems_of(report), [](const auto& each) {
    return each.kind != sessions::ProblemKind::passed;
  });
  return fmt::format("{} of {}, {}", counted(report.summary.exchanges, "exchange", "exchanges"), report.file,
                     counted(static_cast<std::size_t>(problems), "problem", "problems"));
}

}  // namespace

void add_report_options(CLI::App& app, ReportCommand& command) {
  app.add_option("LOG", command.logs, "recording, or log of GPShell or another tool")->required();
  app.add_flag("--diff", command.difference, "compare two of them");
  app.add_option("-o", command.page, "write this page; default: LOG's name with .html; - for stdout")
      ->type_name("FILE");
  add_key_arguments(app, command.keys);
}

int run_report(const ReportCommand& command, DiagnosticSink& diagnostics) {
  if (command.logs.size() != (command.difference ? 2 : 1)) wrong_count(command);
  const auto first = read(command.logs.front(), command, diagnostics);
  auto words = in_words(first);
  std::string page;
  if (command.difference) {
    const auto second = read(command.logs.back(), command, diagnostics);
    page = sessions::difference_page(first, second, GPSH_VERSION);
    words += "; " + in_words(second);
  } else {
    page = sessions::report_page(first, GPSH_VERSION);
  }
  if (command.page == kStdout) {
    std::cout << page << std::flush;
    return 0;
  }
  const auto file = page_of(command);
  refuse_other_file(file);
  write_page(file, page);
  std::cout << fmt::format("{}: {}\n", file.string(), words) << std::flush;
  return 0;
}

}  // namespace gpsh::interpreter
