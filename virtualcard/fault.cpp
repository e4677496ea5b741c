// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/fault.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "core/error.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kInitializeUpdate = 0x50;
constexpr std::size_t kMaxAnswerBytes = 65538;
constexpr std::size_t kMaxMicroseconds = 10'000'000;

enum class Value { none, status_word, optional_count, optional_bytes, microseconds };

struct EffectWord {
  std::string_view word;
  FaultEffect effect;
  Value value;
};

constexpr auto kEffects = std::to_array<EffectWord>({
    {"sw", FaultEffect::status_word, Value::status_word},
    {"cryptogram", FaultEffect::wrong_cryptogram, Value::none},
    {"truncate", FaultEffect::truncated, Value::optional_count},
    {"garbage", FaultEffect::garbage, Value::optional_bytes},
    {"remove", FaultEffect::removed, Value::none},
    {"mute", FaultEffect::mute, Value::none},
    {"rmac", FaultEffect::wrong_response_mac, Value::none},
    {"t0-61", FaultEffect::get_response, Value::none},
    {"t0-6c", FaultEffect::wrong_length, Value::none},
    {"slow", FaultEffect::slow, Value::microseconds},
});

[[noreturn]] void bad_fault(std::string_view fault, const std::string& why) {
  throw Error({.kind = ErrorKind::usage,
               .code = "bad-fault",
               .message = "the fault \"" + std::string(fault) + "\" " + why,
               .advice = "e.g. sw=6985@3, cryptogram, rmac@ins:F2, remove@ins:E8#2, slow=500@*"});
}

std::optional<std::size_t> number(std::string_view text, std::size_t most) {
  std::size_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

/// N or *.
std::optional<unsigned> read_occurrence(std::string_view fault, std::string_view text) {
  if (text == "*") return std::nullopt;
  const auto count = number(text, 1'000'000'000);
  if (!count || *count == 0) bad_fault(fault, "needs a number from 1, or *, after its @ or #");
  return static_cast<unsigned>(*count);
}

FaultTrigger read_trigger(std::string_view fault, std::string_view when) {
  constexpr std::string_view kIns = "ins:";
  if (!when.starts_with(kIns)) return {.ins = {}, .occurrence = read_occurrence(fault, when)};
  when.remove_prefix(kIns.size());
  const auto hash = when.find('#');
  const auto ins = from_hex(when.substr(0, hash));
  if (!ins || ins->size() != 1) bad_fault(fault, "needs two hex digits after ins:");
  FaultTrigger trigger{.ins = ins->front()};
  if (hash != std::string_view::npos) trigger.occurrence = read_occurrence(fault, when.substr(hash + 1));
  return trigger;
}

/// Where a fault happens that does not say where.
FaultTrigger usual_trigger(FaultEffect effect) {
  if (effect == FaultEffect::slow) return {.ins = {}, .occurrence = {}};
  if (effect == FaultEffect::wrong_cryptogram) return {.ins = kInitializeUpdate, .occurrence = {}};
  return {};
}

void read_status_word(std::string_view text, std::string_view value, Fault& fault) {
  const auto sw = from_hex(value);
  if (!sw || sw->size() != 2) bad_fault(text, "needs a status word of four hex digits, as sw=6985");
  fault.sw = StatusWord(ByteReader(*sw, "status word").u16());
}

void read_value(std::string_view text, std::optional<std::string_view> value, Value kind, Fault& fault) {
  switch (kind) {
    case Value::none:
      if (value) bad_fault(text, "takes no value");
      return;
    case Value::status_word: read_status_word(text, value.value_or(""), fault); return;
    case Value::optional_count: {
      const auto count = number(value.value_or("1"), kMaxAnswerBytes);
      if (!count) bad_fault(text, "needs the number of bytes that arrive, as truncate=1");
      fault.number = *count;
      return;
    }
    case Value::optional_bytes: {
      const auto bytes = from_hex(value.value_or("DEADBEEF"));
      if (!bytes) bad_fault(text, "needs an even number of hex digits, as garbage=DEADBEEF");
      fault.bytes = *bytes;
      return;
    }
    case Value::microseconds: {
      const auto count = number(value.value_or(""), kMaxMicroseconds);
      if (!count) bad_fault(text, "needs the microseconds a byte takes, as slow=500");
      fault.number = *count;
      return;
    }
  }
}

Fault read_fault(std::string_view text) {
  const auto at = text.find('@');
  const auto what = text.substr(0, at);
  const auto equals = what.find('=');
  const auto word = what.substr(0, equals);
  const auto known = std::ranges::find(kEffects, word, &EffectWord::word);
  if (known == kEffects.end()) {
    std::string words;
    for (const auto& effect : kEffects) words += (words.empty() ? "" : ", ") + std::string(effect.word);
    bad_fault(text, "must begin with one of: " + words);
  }
  Fault fault{.effect = known->effect, .trigger = usual_trigger(known->effect)};
  const auto value = equals == std::string_view::npos ? std::nullopt : std::optional(what.substr(equals + 1));
  read_value(text, value, known->value, fault);
  if (at != std::string_view::npos) fault.trigger = read_trigger(text, text.substr(at + 1));
  return fault;
}

}  // namespace

std::vector<Fault> parse_faults(std::string_view text) {
  std::vector<Fault> faults;
  while (true) {
    const auto comma = text.find(',');
    faults.push_back(read_fault(text.substr(0, comma)));
    if (comma == std::string_view::npos) return faults;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace gpsh::virtualcard
