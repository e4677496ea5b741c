// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/t0_card.h"

#include <optional>
#include <utility>

#include "core/apdu.h"
#include "core/error.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::size_t kHeaderBytes = 4;

/// Nothing when it is no short command.
std::optional<CommandApdu> parse(ByteView tpdu) {
  try {
    auto command = CommandApdu::parse(tpdu);
    const bool short_form = tpdu.size() <= kHeaderBytes + 1 || tpdu[kHeaderBytes] != 0x00;
    return short_form ? std::optional(std::move(command)) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

Bytes T0Card::transmit(ByteView tpdu) {
  if (auto kept = procedure_.fetch(tpdu)) return std::move(*kept);
  const auto command = parse(tpdu);
  if (!command) return answer(kWrongLength).encode();
  // P3 is Lc or Le, never both: a Le behind data does not reach a T=0 card, which answers as if it had come.
  auto plain = *command;
  if (!plain.data.empty()) plain.le = CommandApdu::kShortMaximum;
  auto response = card_.transmit(plain.encode());
  if (!command->data.empty()) return procedure_.announce(std::move(response));
  const auto there = response.size() - 2;
  const bool too_many = command->le.value_or(CommandApdu::kShortMaximum) > there;
  return too_many ? procedure_.correct_length(tpdu, std::move(response)) : response;
}

void T0Card::reset() {
  procedure_ = ProcedureBytes();
  card_.reset();
}

}  // namespace gpsh::virtualcard
