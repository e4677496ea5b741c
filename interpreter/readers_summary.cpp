// SPDX-License-Identifier: Apache-2.0
#include "interpreter/readers_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/bytes.h"

namespace gpsh::interpreter {
namespace {

struct Column {
  std::string_view title;
  std::string (*text)(const ReaderReport&);
};

bool ran(const ReaderReport& report) {
  return report.status == ReaderStatus::good || report.status == ReaderStatus::failed;
}

std::string result_text(const ReaderReport& report) {
  switch (report.status) {
    case ReaderStatus::no_card: return "no card";
    case ReaderStatus::not_started: return "not started";
    case ReaderStatus::good: return "good";
    case ReaderStatus::failed: break;
  }
  return report.run.failure ? fmt::format("failed: gpsh.{}", report.run.failure->code()) : "failed";
}

std::string seconds_text(const ReaderReport& report) {
  return ran(report) ? fmt::format("{:.3f} s", std::chrono::duration<double>(report.spent).count()) : "-";
}

const std::array<Column, 5> kColumns = {{
    {"Reader", [](const ReaderReport& report) { return report.reader.name; }},
    {"ATR",
     [](const ReaderReport& report) {
       return report.reader.atr.empty() ? std::string("-") : to_hex(report.reader.atr);
     }},
    {"Result", result_text},
    {"Time", seconds_text},
    {"APDUs",
     [](const ReaderReport& report) {
       return ran(report) ? std::to_string(report.run.cost.apdus) : std::string("-");
     }},
}};

std::size_t width(const Column& column, const std::vector<ReaderReport>& reports) {
  auto widest = column.title.size();
  for (const auto& report : reports) widest = std::max(widest, column.text(report).size());
  return widest;
}

/// The cells of one line, without blanks at its end.
template <typename Cell>
std::string line(const std::array<std::size_t, kColumns.size()>& widths, Cell cell) {
  std::string text;
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    text += fmt::format("{:<{}}  ", std::string(cell(kColumns.at(i))), widths.at(i));
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n";
}

std::string counts_text(const std::vector<ReaderReport>& reports) {
  constexpr std::array kCounted = {std::pair{ReaderStatus::good, "good"},
                                   std::pair{ReaderStatus::failed, "failed"},
                                   std::pair{ReaderStatus::not_started, "not started"},
                                   std::pair{ReaderStatus::no_card, "without a card"}};
  std::string text;
  for (const auto& [status, words] : kCounted) {
    const auto count = std::ranges::count(reports, status, &ReaderReport::status);
    if (count != 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, words);
  }
  return fmt::format("{} reader{}: {}\n", reports.size(), reports.size() == 1 ? "" : "s", text);
}

}  // namespace

std::string reader_label(std::string_view text) {
  return fmt::format("=== {} ===\n", text);
}

std::string readers_summary(const std::vector<ReaderReport>& reports) {
  std::array<std::size_t, kColumns.size()> widths{};
  for (std::size_t i = 0; i < kColumns.size(); ++i) widths.at(i) = width(kColumns.at(i), reports);
  auto text = line(widths, [](const Column& column) { return column.title; });
  for (const auto& report : reports) {
    text += line(widths, [&](const Column& column) { return column.text(report); });
  }
  return text + counts_text(reports);
}

}  // namespace gpsh::interpreter
