// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_readers.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <iostream>

#include "interpreter/main_card.h"
#include "interpreter/main_check.h"
#include "interpreter/main_record.h"
#include "interpreter/main_script.h"
#include "interpreter/main_signals.h"
#include "interpreter/readers_summary.h"
#include "interpreter/run_on_readers.h"
#include "interpreter/watched_ledger.h"
#include "sessions/attempts_under_way.h"

namespace gpsh::interpreter {
namespace {

namespace files = std::filesystem;

/// A reader with a card, and what the run on it is given.
struct Station {
  CommandLine line{};  ///< with its name for --reader, and its file for --record
  CardSource card{};
  std::optional<BoundScript> script{};  ///< its own: a run overwrites the keys of its lines
};

/// What all readers share; it outlives their threads.
struct Tray {
  const std::atomic<bool>& interrupted;
  OutputFormat format = OutputFormat::text;
};

[[noreturn]] void no_cards(std::size_t readers) {
  throw Error({.kind = ErrorKind::reader,
               .code = "no-card",
               .message = readers == 1 ? "there is no card in the only reader"
                                       : fmt::format("there is no card in any of the {} readers", readers),
               .advice = "put cards in; gpsh readers shows what is where"});
}

/// The file of reader `number` in the folder of --record: 01-Name-of-the-reader.jsonl.
std::string recording_of(const std::string& folder, std::size_t number, const std::string& reader) {
  auto name = fmt::format("{:02}-{}.jsonl", number, reader);
  constexpr std::string_view kAsIs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_";
  std::ranges::replace_if(
      name, [&](char c) { return kAsIs.find(c) == std::string_view::npos; }, '-');
  return (files::path(folder) / name).string();
}

/// Makes the folder of --record, if it is not there.
void make_folder(const std::string& folder) {
  std::error_code failure;
  if (files::create_directories(folder, failure))
    files::permissions(folder, files::perms::owner_all, failure);
  if (files::is_directory(folder)) return;
  throw Error({.kind = ErrorKind::file,
               .code = "recording-failed",
               .message = fmt::format("{} is no folder, and none can be made there", folder),
               .advice = "with --reader all, --record wants a folder: each reader gets a file in it"});
}

/// Before the first card is touched; no run replaces a file.
void refuse_existing(const std::vector<Station>& stations) {
  for (const auto& station : stations) {
    if (station.line.record.empty() || !files::exists(station.line.record)) continue;
    throw Error({.kind = ErrorKind::file,
                 .code = "recording-exists",
                 .message = station.line.record + " exists, and a recording never replaces a file",
                 .advice = "give another folder, or remove the file"});
  }
}

/// One for each card. Throws Error (reader) where there is none.
struct Stations {
  std::vector<ReaderInfo> readers{};  ///< all
  std::vector<Station> with_card{};   ///< in the same order
};

Stations find_stations(const CommandLine& line) {
  const auto under_way = std::make_shared<sessions::AttemptsUnderWay>();
  auto first = open_card_source(line, under_way);
  first.access->establish_context();
  Stations stations{.readers = first.access->list_readers()};
  for (std::size_t i = 0; i < stations.readers.size(); ++i) {
    const auto& reader = stations.readers[i];
    if (reader.atr.empty()) continue;
    auto& station = stations.with_card.emplace_back(Station{.line = line});
    station.line.reader = reader.name;
    if (!line.record.empty()) station.line.record = recording_of(line.record, i + 1, reader.name);
    station.card = first.access ? std::move(first) : open_card_source(line, under_way);
  }
  if (stations.with_card.empty()) no_cards(stations.readers.size());
  return stations;
}

/// In a thread of its own.
RunOutcome run_station(Station station, const Tray& tray, const ReaderSeat& seat) {
  auto& card = station.card;
  gp::NoLedger nobody;
  WatchedLedger ledger(card.ledger ? *card.ledger : nobody, seat.gate);
  const auto recording = start_recording(
      station.line, {.script = station.script->source, .wire = card.wire, .access = *card.access});
  auto environment =
      environment_of(station.line, card, recording ? recording->access() : *card.access, seat.output);
  environment.ledger = &ledger;
  environment.recorder = recording ? &recording->recorder() : nullptr;
  environment.progress = nullptr;
  environment.json_reader = station.line.reader;
  environment.interrupted = [&tray] { return tray.interrupted.load(); };
  auto outcome = run_to_end(*std::move(station.script), environment, seat.diagnostics);
  if (outcome.exit_code == exit_code(ErrorKind::reader)) ledger.reader_failed();
  return outcome;
}

void tell(const ReaderReport& report, OutputFormat format) {
  if (!report.out.empty()) {
    std::cout << (format == OutputFormat::text ? reader_label(report.reader.name) : "") << report.out
              << std::flush;
  }
  if (!report.err.empty())
    std::cerr << reader_label(report.reader.name + ", messages") << report.err << std::flush;
}

Authenticates authenticates(const BoundScript& script) {
  const bool opens = std::ranges::any_of(script.lines, [](const BoundLine& line) {
    return line.command && std::holds_alternative<OpenSc>(*line.command);
  });
  return opens ? Authenticates::yes : Authenticates::no;
}

/// What run_on_all_readers() begins with.
struct Ready {
  Stations stations{};
  Authenticates authenticates = Authenticates::no;
};

/// Every station gets a script, checked with the same answers. Nothing where the script has errors.
std::optional<Ready> get_ready(const CommandLine& line, DiagnosticSink& diagnostics) {
  auto keys = keys_of(line);
  const auto script = script_to_run(line, keys, diagnostics);
  if (!script) return std::nullopt;
  Ready ready{.stations = find_stations(line), .authenticates = authenticates(*script)};
  for (auto& station : ready.stations.with_card) {
    Source source(script->source.name(), std::string(script->source.text()));
    station.script = check_as_asked(std::move(source), line, keys);
  }
  return ready;
}

/// The stations outlive the tasks.
std::vector<ReaderTask> tasks_of(Stations& stations, const Tray& tray) {
  std::vector<ReaderTask> tasks;
  auto station = stations.with_card.begin();
  for (const auto& reader : stations.readers) {
    auto& task = tasks.emplace_back(ReaderTask{.reader = reader});
    if (reader.atr.empty()) continue;
    task.run = [&tray, &own = *station++](const ReaderSeat& seat) {
      return run_station(std::move(own), tray, seat);
    };
  }
  return tasks;
}

void tell_of_those_left_out(const std::vector<ReaderReport>& reports, DiagnosticSink& diagnostics) {
  const auto count = std::ranges::count(reports, ReaderStatus::not_started, &ReaderReport::status);
  if (count == 0) return;
  diagnostics.print({.severity = Severity::warning,
                     .code = "not-started",
                     .text = fmt::format("{} not started, as an authentication failed",
                                         count == 1 ? "1 card was" : fmt::format("{} cards were", count)),
                     .advice = "a wrong key costs each card one of its tries; mend the script, or go on with "
                               "--keep-going"});
}

}  // namespace

bool means_all_readers(const CommandLine& line) {
  return reader_of(line) == "all";
}

int run_on_all_readers(const CommandLine& line, DiagnosticSink& diagnostics) {
  auto ready = get_ready(line, diagnostics);
  if (!ready) return 2;
  auto& stations = ready->stations;
  if (!line.record.empty()) make_folder(line.record);
  refuse_existing(stations.with_card);
  const Tray tray{.interrupted = catch_signals(),
                  .format = line.format == "json" ? OutputFormat::json : OutputFormat::text};
  const auto reports =
      run_on_readers({.tasks = tasks_of(stations, tray),
                      .script = ready->authenticates,
                      .on_wrong_key = line.keep_going ? OnWrongKey::keep_going : OnWrongKey::stop,
                      .colour = diagnostics.colour(),
                      .interrupted = [&tray] { return tray.interrupted.load(); },
                      .tell = [&tray](const ReaderReport& report) { tell(report, tray.format); }});
  if (!tray.interrupted) tell_of_those_left_out(reports, diagnostics);
  std::cout << (tray.format == OutputFormat::json ? readers_summary_json(reports)
                                                  : reader_label("Summary") + readers_summary(reports))
            << std::flush;
  return worst_exit_code(reports);
}

}  // namespace gpsh::interpreter
