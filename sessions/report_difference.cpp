// SPDX-License-Identifier: Apache-2.0
#include "sessions/report_difference.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "sessions/longest_order.h"

namespace gpsh::sessions {
namespace {

/// New in every session, or computed from what is.
constexpr std::array<std::string_view, 6> kOfOneSession = {
    "host challenge", "host cryptogram", "C-MAC", "card challenge", "card cryptogram", "sequence counter"};
constexpr std::uint8_t kInitializeUpdate = 0x50;
constexpr std::uint8_t kExternalAuthenticate = 0x82;
constexpr std::size_t kShownBytes = 48;

/// An exchange and the number of its entry.
struct Placed {
  std::size_t entry = 0;
  const ExplainedExchange* exchange = nullptr;
};

struct FlatField {
  std::string name{};
  std::string value{};
};
using FlatFields = std::vector<FlatField>;

std::vector<Placed> exchanges_of(const SessionReport& report) {
  std::vector<Placed> exchanges;
  for (std::size_t at = 0; at < report.entries.size(); ++at) {
    if (const auto* exchange = std::get_if<ReportedExchange>(&report.entries[at])) {
      exchanges.push_back({.entry = at, .exchange = &exchange->explained});
    }
  }
  return exchanges;
}

void flatten(const ExplainedFields& fields, const std::string& above, FlatFields& all) {
  for (const auto& field : fields) {
    if (std::ranges::find(kOfOneSession, field.name) != kOfOneSession.end()) continue;
    const auto name = above.empty() ? field.name : above + ", " + field.name;
    auto value = field.value;
    if (!field.meaning.empty()) value += value.empty() ? field.meaning : " (" + field.meaning + ")";
    if (!value.empty()) all.push_back({.name = name, .value = std::move(value)});
    flatten(field.inside, name, all);
  }
}

FlatFields flat(const ExplainedFields& fields, const std::string& above) {
  FlatFields all;
  flatten(fields, above, all);
  return all;
}

std::string text_of(const ShownApdu& apdu) {
  auto text = to_hex(apdu.bytes);
  if (apdu.hidden > 0) text += " " + bytes_in_words(apdu.hidden) + " not shown " + to_hex(apdu.rest);
  return text;
}

const ShownApdu& plain_or_wire(const ShownApdu& plain, const ShownApdu& wire) {
  return plain == ShownApdu{} ? wire : plain;
}

bool opens(const ExplainedExchange& exchange) {
  const auto& bytes = exchange.apdus.wire_command.bytes;
  return bytes.size() > 1 && (bytes[1] == kInitializeUpdate || bytes[1] == kExternalAuthenticate);
}

/// Whether they may stand for each other. The name of EXTERNAL AUTHENTICATE holds its level.
bool alike(const ExplainedExchange& first, const ExplainedExchange& second) {
  const auto ins = [](const ExplainedExchange& each) { return each.apdus.wire_command.bytes[1]; };
  return first.name == second.name || (opens(first) && opens(second) && ins(first) == ins(second));
}

std::string command_text(const ExplainedExchange& exchange) {
  return text_of(plain_or_wire(exchange.apdus.plain_command, exchange.apdus.wire_command));
}

std::string response_text(const ExplainedExchange& exchange) {
  return text_of(plain_or_wire(exchange.apdus.plain_response, exchange.apdus.wire_response));
}

/// What must be equal for two exchanges to be the same step.
std::string key_of(const Placed& placed) {
  const auto& exchange = *placed.exchange;
  if (!opens(exchange)) return exchange.name + command_text(exchange);
  auto key = exchange.name;
  for (const auto& [name, value] : flat(exchange.command, "")) key.append(";").append(name + value);
  return key;
}

/// Where two long texts differ, with what stands around it.
FieldDifference around_difference(std::string name, const std::string& first, const std::string& second) {
  const auto at = static_cast<std::size_t>(std::ranges::mismatch(first, second).in1 - first.begin());
  const auto start = at / 2 < kShownBytes / 2 ? 0 : (at / 2 - kShownBytes / 2) * 2;
  const auto part = [start](const std::string& text) {
    if (start >= text.size()) return std::string("the end");
    const auto end = start + 2 * kShownBytes;
    return (start > 0 ? "..." : "") + text.substr(start, 2 * kShownBytes) + (end < text.size() ? "..." : "");
  };
  return {.name = std::move(name), .first = part(first), .second = part(second)};
}

class Comparison {
 public:
  void fields(const FlatFields& first, const FlatFields& second) {
    std::map<std::string, std::vector<std::string>> others;
    for (const auto& field : second) others[field.name].push_back(field.value);
    std::map<std::string, std::size_t> used;
    for (const auto& field : first) {
      const auto& values = others[field.name];
      const auto at = used[field.name]++;
      add(field.name, field.value, at < values.size() ? values[at] : std::string());
    }
    std::map<std::string, std::size_t> seen;
    for (const auto& field : second) {
      if (seen[field.name]++ >= used[field.name]) add(field.name, {}, field.value);
    }
  }
  void bytes(std::string name, const std::string& first, const std::string& second) {
    if (first != second) differences_.push_back(around_difference(std::move(name), first, second));
  }
  void add(const std::string& name, const std::string& first, const std::string& second) {
    if (first != second) differences_.push_back({.name = name, .first = first, .second = second});
  }
  [[nodiscard]] bool none() const { return differences_.empty(); }
  std::vector<FieldDifference> take() { return std::move(differences_); }

 private:
  std::vector<FieldDifference> differences_;
};

std::vector<FieldDifference> compare(const ExplainedExchange& first, const ExplainedExchange& second) {
  const auto sw = [](const ExplainedExchange& each) { return each.sw ? each.sw->text() : "no answer"; };
  Comparison comparison;
  comparison.add("command", first.name, second.name);
  comparison.add("status word", sw(first), sw(second));
  comparison.fields(flat(first.command, "command"), flat(second.command, "command"));
  comparison.fields(flat(first.response, "answer"), flat(second.response, "answer"));
  // What no field shows: LOAD blocks, say. Challenges always differ.
  if (comparison.none() && !opens(first)) {
    comparison.bytes("command bytes", command_text(first), command_text(second));
    comparison.bytes("answer bytes", response_text(first), response_text(second));
  }
  return comparison.take();
}

class Pairing {
 public:
  Pairing(std::vector<Placed> first, std::vector<Placed> second)
      : first_(std::move(first)), second_(std::move(second)) {}

  std::vector<ExchangePair> all() {
    for (const auto& [a, b] : longest_common_order(keys_of(first_), keys_of(second_), kMostEdits)) {
      gap(a, b);
      pair(first_[at_first_++], second_[at_second_++]);
    }
    gap(first_.size(), second_.size());
    return std::move(pairs_);
  }

 private:
  static std::vector<std::string> keys_of(const std::vector<Placed>& exchanges) {
    std::vector<std::string> keys;
    keys.reserve(exchanges.size());
    std::ranges::transform(exchanges, std::back_inserter(keys), key_of);
    return keys;
  }
  void pair(const Placed& first, const Placed& second) {
    pairs_.push_back({.first = first.entry,
                      .second = second.entry,
                      .differences = compare(*first.exchange, *second.exchange)});
  }
  void only_first() { pairs_.push_back({.first = first_[at_first_++].entry}); }
  void only_second() { pairs_.push_back({.second = second_[at_second_++].entry}); }
  /// What stands between two equal commands: those of one name in their order.
  void gap(std::size_t first_end, std::size_t second_end) {
    while (at_first_ < first_end && at_second_ < second_end) {
      const auto& exchange = *first_[at_first_].exchange;
      const auto found = std::find_if(
          second_.begin() + static_cast<std::ptrdiff_t>(at_second_),
          second_.begin() + static_cast<std::ptrdiff_t>(std::min(second_end, at_second_ + kMostSkipped)),
          [&](const Placed& each) { return alike(exchange, *each.exchange); });
      const auto at = static_cast<std::size_t>(found - second_.begin());
      if (at >= std::min(second_end, at_second_ + kMostSkipped)) {
        only_first();
        continue;
      }
      while (at_second_ < at) only_second();
      pair(first_[at_first_++], second_[at_second_++]);
    }
    while (at_first_ < first_end) only_first();
    while (at_second_ < second_end) only_second();
  }

  static constexpr std::size_t kMostSkipped = 64;
  std::vector<Placed> first_;
  std::vector<Placed> second_;
  std::size_t at_first_ = 0;
  std::size_t at_second_ = 0;
  std::vector<ExchangePair> pairs_;
};

}  // namespace

std::vector<ExchangePair> compare_sessions(const SessionReport& first, const SessionReport& second) {
  return Pairing(exchanges_of(first), exchanges_of(second)).all();
}

}  // namespace gpsh::sessions
