// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_card.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "gp/known_card_ledger.h"
#include "pcsc/pcsc_access.h"
#include "sessions/apdu_words.h"
#include "sessions/import_log.h"
#include "sessions/ledger_store.h"
#include "sessions/log_text.h"
#include "sessions/recording.h"
#include "sessions/replay_access.h"
#include "sessions/replay_ledger.h"
#include "sessions/replay_random.h"
#include "virtualcard/virtual_reader.h"

namespace gpsh::interpreter {
namespace {

[[noreturn]] void usage(std::string message, std::string advice) {
  throw Error({.kind = ErrorKind::usage,
               .code = "usage",
               .message = std::move(message),
               .advice = std::move(advice)});
}

std::string card_of(const CommandLine& line) {
  if (!line.card.empty()) return line.card;
  const char* card = std::getenv("GPSH_CARD");
  return card == nullptr || *card == '\0' ? "pcsc" : card;
}

std::unique_ptr<gp::RandomNumberGenerator> host_challenges(const CommandLine& line) {
  if (line.host_challenge.empty()) return std::make_unique<gp::SystemRandom>();
  const auto bytes = from_hex(line.host_challenge);
  if (!bytes || (bytes->size() != 8 && bytes->size() != 16)) {
    usage("--fixed-host-challenge wants 8 or 16 bytes in hex",
          "e.g. --fixed-host-challenge 0001020304050607");
  }
  return std::make_unique<gp::FixedRandom>(*bytes);
}

gp::Wire wire_of(const CommandLine& line, gp::Wire otherwise) {
  if (line.wire.empty()) return otherwise;
  return line.wire == "gpshell" ? gp::Wire::gpshell : gp::Wire::gpsh;
}

/// What --replay answers from, and whose bytes its script sent.
struct Replay {
  std::shared_ptr<sessions::ReplayTape> tape;
  gp::Wire wire = gp::Wire::gpsh;
};

Replay open_replay(const std::string& path, const std::string& name) {
  const auto text = sessions::read_log_text(path);
  if (!sessions::is_recording(text)) {
    auto log = sessions::parse_log(text, name);
    return {.tape = std::make_shared<sessions::ReplayTape>(name, std::move(log.exchanges)),
            .wire = log.tool == "GPShell" ? gp::Wire::gpshell : gp::Wire::gpsh};
  }
  auto recording = sessions::parse_recording(text, name);
  const auto wire = recording.header.options.wire;
  return {.tape = std::make_shared<sessions::ReplayTape>(name, std::move(recording),
                                                         sessions::ReplayTape::Events::of_the_card),
          .wire = wire};
}

Diagnostic leftover_warning(const sessions::Leftover& left, const std::string& name) {
  const auto count = left.count == 1
                         ? fmt::format("1 exchange of {} was not asked for, it", name)
                         : fmt::format("{} exchanges of {} were not asked for, the first", left.count, name);
  return {.severity = Severity::warning,
          .code = "replay-leftover",
          .text = fmt::format("{} stands in line {}: {}", count, left.first.line,
                              sessions::apdu_in_words(left.first.wire_command)),
          .advice = "the script does less than the one that was recorded"};
}

CardSource replay_source(const CommandLine& line) {
  if (!line.card.empty() || !line.reader.empty()) {
    usage("--replay answers from a file, so --card and --reader have no meaning with it", "leave them out");
  }
  if (!line.faults.empty()) usage("--fault is for the virtual card, not for --replay", "leave --fault out");
  if (!line.host_challenge.empty()) {
    usage("--replay takes the host challenges from its file", "leave --fixed-host-challenge out");
  }
  const auto name = std::filesystem::path(line.replay).filename().string();
  const auto [tape, wire] = open_replay(line.replay, name);
  CardSource source{.access = std::make_unique<sessions::ReplayAccess>(tape),
                    .random = std::make_unique<sessions::ReplayRandom>(tape),
                    .wire = wire_of(line, wire),
                    .ledger = std::make_unique<sessions::ReplayLedger>(tape)};
  source.leftover = [tape = tape, name]() -> std::optional<Diagnostic> {
    const auto left = tape->leftover();
    return left ? std::optional(leftover_warning(*left, name)) : std::nullopt;
  };
  return source;
}

/// What stands behind "virtual:": a profile, or a file that keeps a card.
struct VirtualCardName {
  std::string profile{};  ///< empty: the one that the file names
  std::string state{};    ///< empty: kept in memory
};

VirtualCardName read_virtual_card(std::string_view card) {
  constexpr std::string_view kVirtual = "virtual";
  constexpr std::string_view kState = ",state=";
  card.remove_prefix(std::min(card.size(), kVirtual.size() + 1));
  const auto at = card.find(kState);
  VirtualCardName name{.profile = std::string(card.substr(0, at))};
  if (at != std::string_view::npos) {
    name.state = card.substr(at + kState.size());
    if (name.state.empty())
      usage(",state= wants a file", "e.g. --card virtual:generic-scp02,state=card.json");
  } else if (virtualcard::is_state_file(name.profile)) {
    return {.profile = {}, .state = name.profile};
  }
  const auto comma = name.profile.find(',');
  if (comma != std::string::npos && name.profile.find('=', comma) != std::string::npos) {
    usage(fmt::format("a virtual card takes no parameter {}", name.profile.substr(comma + 1)),
          "the only one is state, e.g. --card virtual:generic-scp02,state=card.json");
  }
  if (name.profile.empty()) name.profile = virtualcard::kDefaultProfile;
  return name;
}

/// A card that outlives the run can be locked by it. Cards of one profile answer alike, and are told apart by
/// their files.
std::unique_ptr<gp::Ledger> ledger_of(const virtualcard::StateFile& file) {
  auto all = std::make_unique<sessions::LedgerStore>(sessions::user_ledger_path());
  const auto number = file.card_number();
  if (number.empty()) return all;
  return std::make_unique<gp::KnownCardLedger>(std::move(all), number);
}

CardSource virtual_source(const CommandLine& line, std::string_view card) {
  const auto name = read_virtual_card(card);
  static virtualcard::SystemRandom card_challenges;
  auto faults = faults_of(line);
  CardSource source{
      .access = nullptr, .random = host_challenges(line), .wire = wire_of(line, gp::Wire::gpsh)};
  std::shared_ptr<virtualcard::InsertedCard> inserted;
  if (name.state.empty()) {
    inserted = std::make_shared<virtualcard::InsertedCard>(virtualcard::load_profile(name.profile),
                                                           card_challenges, std::move(faults));
  } else {
    auto file = std::make_unique<virtualcard::StateFile>(name.state, name.profile);
    source.ledger = ledger_of(*file);
    inserted =
        std::make_shared<virtualcard::InsertedCard>(std::move(file), card_challenges, std::move(faults));
  }
  source.access = std::make_unique<virtualcard::VirtualReader>(std::move(inserted));
  return source;
}

}  // namespace

std::vector<virtualcard::Fault> faults_of(const CommandLine& line) {
  std::vector<virtualcard::Fault> faults;
  for (const auto& text : line.faults) {
    for (auto& fault : virtualcard::parse_faults(text)) faults.push_back(std::move(fault));
  }
  return faults;
}

CardSource open_card_source(const CommandLine& line,
                            const std::shared_ptr<sessions::AttemptsUnderWay>& under_way) {
  if (!line.replay.empty()) return replay_source(line);
  const auto card = card_of(line);
  if (card == "virtual" || card.starts_with("virtual:")) return virtual_source(line, card);
  if (card != "pcsc")
    usage(fmt::format("there is no card \"{}\"", card),
          "write pcsc, virtual, virtual:PROFILE or virtual:FILE.json");
  if (!line.faults.empty()) {
    usage("--fault is for the virtual card: a real one goes wrong by itself", "use it with --card virtual");
  }
  if (!line.host_challenge.empty()) {
    usage("--fixed-host-challenge is refused on a real card: it would make the session repeatable",
          "use it with --card virtual");
  }
  return {.access = std::make_unique<pcsc::PcscAccess>(),
          .random = host_challenges(line),
          .wire = wire_of(line, gp::Wire::gpsh),
          .ledger = std::make_unique<sessions::LedgerStore>(sessions::user_ledger_path(), under_way)};
}

}  // namespace gpsh::interpreter
