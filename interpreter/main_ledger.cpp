// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_ledger.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "gp/ledger_policy.h"
#include "sessions/ledger_store.h"

namespace gpsh::interpreter {
namespace {

using nlohmann::ordered_json;
using Attempts = std::vector<gp::OpenAttempt>;

/// This attempt and those that may belong to the same row.
unsigned in_a_row(const Attempts& open, const gp::OpenAttempt& attempt) {
  return gp::failures_before(open, attempt) + 1;
}

std::string key_words(const gp::OpenAttempt& attempt) {
  if (attempt.identity) return "version " + to_hex(attempt.identity->key_version);
  if (attempt.place.key_version == 0) return "version of the card's choice, not answered";
  return "version " + to_hex(attempt.place.key_version) + " asked for, not answered";
}

/// Whether the attempts of a card and `attempt` may all be one row, and look alike.
bool belongs(Attempts card, const gp::OpenAttempt& attempt) {
  const auto& place = card.front().place;
  if (place.atr != attempt.place.atr || place.aid != attempt.place.aid) return false;
  card.push_back(attempt);
  return in_a_row(card, attempt) == card.size();
}

/// The attempts card by card, each in the order in which they were made.
std::vector<Attempts> by_card(const Attempts& open) {
  std::vector<Attempts> cards;
  for (const auto& attempt : open) {
    const auto card =
        std::ranges::find_if(cards, [&](const Attempts& known) { return belongs(known, attempt); });
    if (card == cards.end()) {
      cards.push_back({attempt});
    } else {
      card->push_back(attempt);
    }
  }
  return cards;
}

/// What may belong to more than one card is shown with one of them and counts with each.
std::string text_of(const Attempts& open, const Attempts& card) {
  unsigned failures = 0;
  for (const auto& attempt : card) failures = std::max(failures, in_a_row(open, attempt));
  const auto& place = card.front().place;
  auto text = fmt::format("card with ATR {}, {}: {}\n", to_hex(place.atr),
                          place.aid.empty() ? "no AID selected" : "AID " + to_hex(place.aid),
                          failures == 1 ? "1 failure" : fmt::format("{} failures in a row", failures));
  for (const auto& attempt : card) {
    text += fmt::format("  {}: {:%Y-%m-%d %H:%M:%S} UTC, key {}, {}\n", attempt.id,
                        fmt::gmtime(attempt.started), key_words(attempt), attempt.place.reader);
  }
  return text;
}

ordered_json json_of(const Attempts& open, const gp::OpenAttempt& attempt) {
  const auto& place = attempt.place;
  const auto& identity = attempt.identity;
  return {{"id", attempt.id},
          {"started", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(attempt.started))},
          {"reader", place.reader},
          {"atr", to_hex(place.atr)},
          {"aid", place.aid.empty() ? ordered_json() : ordered_json(to_hex(place.aid))},
          {"asked_key_version", place.key_version},
          {"key_version", identity ? ordered_json(identity->key_version) : ordered_json()},
          {"failures_in_a_row", in_a_row(open, attempt)}};
}

int show(sessions::LedgerStore& store, const std::string& format) {
  const auto open = store.open_attempts();
  if (format == "json") {
    auto list = ordered_json::array();
    for (const auto& attempt : open) list.push_back(json_of(open, attempt));
    // A reader's name need not be UTF-8.
    std::cout << list.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
    return 0;
  }
  if (open.empty()) std::cout << "no open authentication attempts\n";
  for (const auto& card : by_card(open)) std::cout << text_of(open, card);
  return 0;
}

[[noreturn]] void usage(std::string message, std::string advice) {
  throw Error({.kind = ErrorKind::usage,
               .code = "usage",
               .message = std::move(message),
               .advice = std::move(advice)});
}

/// All or none: a number that is not there removes nothing.
void require_open(const Attempts& open, const std::vector<std::int64_t>& ids) {
  for (const auto id : ids) {
    const bool there =
        std::ranges::any_of(open, [&](const gp::OpenAttempt& attempt) { return attempt.id == id; });
    if (!there) usage(fmt::format("there is no open attempt {}", id), "gpsh ledger show lists them");
  }
}

int clear(sessions::LedgerStore& store, const LedgerCommand& command) {
  if (command.all != command.ids.empty()) {
    usage("gpsh ledger clear wants the numbers of attempts, or --all",
          "gpsh ledger show lists them with their numbers");
  }
  std::size_t removed = 0;
  if (command.all) {
    removed = store.clear_all();
  } else {
    require_open(store.open_attempts(), command.ids);
    for (const auto id : command.ids) removed += store.clear(id);
  }
  std::cout << fmt::format("{} open attempt{} removed\n", removed, removed == 1 ? "" : "s");
  return 0;
}

}  // namespace

int run_ledger(const LedgerCommand& command) {
  sessions::LedgerStore store(sessions::user_ledger_path());
  return command.clear ? clear(store, command) : show(store, command.format);
}

}  // namespace gpsh::interpreter
