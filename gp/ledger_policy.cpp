// SPDX-License-Identifier: Apache-2.0
#include "gp/ledger_policy.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

namespace gpsh::gp {
namespace {

enum class Match { same, different, unknown };

/// An attempt as far as it says whose it is.
struct Trace {
  AttemptId id = 0;
  const AttemptPlace* place = nullptr;
  Bytes card_data{};
  std::optional<CardIdentity> identity{};

  [[nodiscard]] bool unique() const { return identity && identity->unique; }
  [[nodiscard]] bool ambiguous() const { return identity && !identity->unique; }
  /// Nothing: any version fits, as the card was to choose and did not say.
  [[nodiscard]] std::optional<std::uint8_t> key_version() const {
    if (identity) return identity->key_version;
    if (place->key_version != 0) return place->key_version;
    return std::nullopt;
  }
};

Trace trace_of(const OpenAttempt& attempt) {
  return {.id = attempt.id,
          .place = &attempt.place,
          .card_data = attempt.place.card_data,
          .identity = attempt.identity};
}

/// For attempts of which at least one has no unique identity.
Match match_places(const Trace& a, const Trace& b) {
  if (a.place->aid != b.place->aid || a.place->atr != b.place->atr) return Match::different;
  if (!a.card_data.empty() && !b.card_data.empty()) {
    return a.card_data == b.card_data ? Match::same : Match::different;
  }
  const bool by_reader = a.ambiguous() || b.ambiguous();
  if (by_reader && a.place->reader != b.place->reader) return Match::different;
  return Match::unknown;
}

Match match_cards(const Trace& a, const Trace& b) {
  if (a.unique() && b.unique()) {
    return a.identity->fingerprint == b.identity->fingerprint ? Match::same : Match::different;
  }
  if (a.identity && b.identity && a.unique() != b.unique()) return Match::different;
  return match_places(a, b);
}

/// The first attempt on a card has no card data, as it is read only when attempts are open. A later one with
/// the same identity has it for both.
void share_card_data(std::vector<Trace>& traces) {
  for (auto& poor : traces) {
    if (!poor.card_data.empty() || !poor.unique()) continue;
    for (const auto& rich : traces) {
      const bool same = rich.unique() && rich.identity->fingerprint == poor.identity->fingerprint;
      if (same && !rich.card_data.empty()) poor.card_data = rich.card_data;
    }
  }
}

std::vector<Trace> traces_of(const std::vector<OpenAttempt>& open) {
  std::vector<Trace> traces;
  traces.reserve(open.size());
  for (const auto& attempt : open) traces.push_back(trace_of(attempt));
  share_card_data(traces);
  return traces;
}

bool versions_fit(std::optional<std::uint8_t> a, std::optional<std::uint8_t> b) {
  return !a || !b || *a == *b;
}

/// Nothing fits any card; an empty fingerprint is that of all cards that are not unique.
using Group = std::optional<Bytes>;

Group group_of(const Trace& trace) {
  if (!trace.identity) return std::nullopt;
  return trace.identity->unique ? trace.identity->fingerprint : Bytes{};
}

/// The card met is one of those the candidates name, with one key version: the worst of these cases.
unsigned worst_case(const std::vector<Trace>& candidates) {
  std::set<Group> groups;
  std::set<std::optional<std::uint8_t>> versions;
  for (const auto& candidate : candidates) {
    groups.insert(group_of(candidate));
    versions.insert(candidate.key_version());
  }
  std::ptrdiff_t worst = 0;
  for (const auto& group : groups) {
    for (const auto& version : versions) {
      const auto fits = [&](const Trace& candidate) {
        const auto own = group_of(candidate);
        return (!own || own == group) && (!candidate.key_version() || candidate.key_version() == version);
      };
      worst = std::max(worst, std::count_if(candidates.begin(), candidates.end(), fits));
    }
  }
  return static_cast<unsigned>(worst);
}

unsigned failures_of(std::vector<Trace> traces, const Trace& now) {
  std::erase_if(traces, [&](const Trace& trace) {
    return trace.id == now.id || match_cards(now, trace) == Match::different ||
           !versions_fit(now.key_version(), trace.key_version());
  });
  return worst_case(traces);
}

const Trace* find_trace(const std::vector<Trace>& traces, AttemptId id) {
  const auto found =
      std::find_if(traces.begin(), traces.end(), [&](const Trace& trace) { return trace.id == id; });
  return found == traces.end() ? nullptr : &*found;
}

std::string times(unsigned failures) {
  constexpr std::array<std::string_view, 4> kWords = {"", "once", "twice", "three times"};
  return failures < kWords.size() ? std::string(kWords[failures]) : std::to_string(failures) + " times";
}

constexpr auto kMayLock =
    "the card may lock its keys for good; find out which key is right before the next try";
constexpr auto kStops = "gpsh tries again only with --force; gpsh ledger shows the open attempts";

}  // namespace

unsigned failures_before(const std::vector<OpenAttempt>& open, const AttemptPlace& place) {
  return failures_of(traces_of(open), Trace{.place = &place, .card_data = place.card_data});
}

unsigned failures_before(const std::vector<OpenAttempt>& open, const OpenAttempt& attempt) {
  const auto traces = traces_of(open);
  const auto* self = find_trace(traces, attempt.id);
  return failures_of(traces, self != nullptr ? *self : trace_of(attempt));
}

std::vector<AttemptId> ended_by_success(const std::vector<OpenAttempt>& open, const OpenAttempt& attempt) {
  const auto traces = traces_of(open);
  std::vector<AttemptId> ended;
  const auto* self = find_trace(traces, attempt.id);
  if (self == nullptr) return ended;
  for (const auto& trace : traces) {
    const bool same_version = trace.identity && self->identity
                                  ? trace.key_version() == self->key_version()
                                  : trace.place->key_version == self->place->key_version;
    const bool proven = match_cards(*self, trace) == Match::same && same_version;
    if (trace.id == attempt.id || proven) ended.push_back(trace.id);
  }
  return ended;
}

bool refusal_counts(StatusWord sw) {
  constexpr std::array<std::uint16_t, 5> kHarmless = {0x6A88, 0x6A86, 0x6700, 0x6D00, 0x6E00};
  return std::find(kHarmless.begin(), kHarmless.end(), sw.value()) == kHarmless.end();
}

std::optional<Remark> warning_before_attempt(unsigned failures) {
  if (failures < kWarnAfter) return std::nullopt;
  const bool last = failures + 1 == kRefuseAfter;
  return Remark{.severity = Severity::warning,
                .code = "ledger-failures",
                .text = "authentication with this card has failed " + times(failures) + " in a row" +
                        (last ? "; if it fails again, gpsh will refuse the next" : ", going on by --force"),
                .advice = kMayLock};
}

std::optional<Remark> warning_after_failure(unsigned failures) {
  const auto in_a_row = failures + 1;
  if (in_a_row < kWarnAfter) return std::nullopt;
  return Remark{.severity = Severity::warning,
                .code = "ledger-failures",
                .text = "authentication with this card has now failed " + times(in_a_row) + " in a row",
                .advice = in_a_row < kRefuseAfter ? kMayLock : kStops};
}

Error ledger_refusal(unsigned failures, std::string_view command) {
  return Error({.kind = ErrorKind::security,
                .code = "ledger-refused",
                .message = "authentication with this card has failed " + times(failures) + " in a row, so " +
                           std::string(command) + " was not sent",
                .advice =
                    "find out which key is right, as the card may lock its keys for good; then use --force, "
                    "or gpsh ledger clear if these failures are not this card's"});
}

Error ledger_changed() {
  return Error({.kind = ErrorKind::file,
                .code = "ledger-changed",
                .message = "this attempt was removed from the ledger while it was under way, so EXTERNAL "
                           "AUTHENTICATE was not sent",
                .advice = "run the script again, and do not clear the ledger meanwhile"});
}

}  // namespace gpsh::gp
