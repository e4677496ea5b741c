// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/exchange_builder.h"

#include <utility>

namespace gpsh::sessions {

void ExchangeBuilder::add(WholeEntry entry) {
  switch (entry.kind) {
    case EntryKind::plain_command: return plain_command(std::move(entry));
    case EntryKind::wire_command: return wire_command(std::move(entry));
    case EntryKind::chained_command: return chained_command(std::move(entry));
    case EntryKind::response: return response(std::move(entry));
    case EntryKind::unwrapped_response: return unwrapped_response(std::move(entry));
    case EntryKind::aside: duration_ = entry.duration; return;
  }
}

void ExchangeBuilder::finish() {
  if (unsent_) ++not_understood_;
  hand_on();
}

void ExchangeBuilder::plain_command(WholeEntry entry) {
  drop_unsent();
  awaited_ = Awaited::nothing;
  if (!entry.bytes.empty()) unsent_ = std::move(entry);
}

void ExchangeBuilder::wire_command(WholeEntry entry) {
  // Some programs write a command twice, when they are asked to send it and when they do.
  const bool again = awaited_ == Awaited::answer_or_chain && !unsent_ && current_ &&
                     !current_->further_part && current_->wire_command == entry.bytes;
  if (again) return;
  in_chain_ = false;
  begin(std::move(entry), Awaited::answer_or_chain);
}

void ExchangeBuilder::chained_command(WholeEntry entry) {
  if (awaited_ != Awaited::answer_or_chain) {
    const bool further = in_chain_ && !unsent_;
    begin(std::move(entry), Awaited::answer);
    if (current_ && awaited_ == Awaited::answer) current_->further_part = further;
    return;
  }
  if (entry.bytes.empty()) {
    current_.reset();
    awaited_ = Awaited::nothing;
    return;
  }
  current_->whole_command = std::exchange(current_->wire_command, std::move(entry.bytes));
  current_->line = entry.line;
  awaited_ = Awaited::answer;
  in_chain_ = true;
}

void ExchangeBuilder::response(WholeEntry entry) {
  if (unsent_ && awaited_ == Awaited::nothing) {
    auto sent_plain = *unsent_;
    begin(std::move(sent_plain), Awaited::answer);
  }
  if (awaited_ == Awaited::nothing) {
    const bool again = current_ && !entry.bytes.empty() && current_->wire_response == entry.bytes;
    if (!entry.bytes.empty() && !again) ++not_understood_;
    return;
  }
  current_->answer_unreadable = entry.bytes.empty();
  current_->wire_response = std::move(entry.bytes);
  current_->duration = entry.duration ? entry.duration : duration_;
  duration_.reset();
  awaited_ = Awaited::nothing;
}

void ExchangeBuilder::unwrapped_response(WholeEntry entry) {
  awaited_ = Awaited::nothing;
  if (current_ && !current_->wire_response.empty()) current_->plain_response = std::move(entry.bytes);
}

void ExchangeBuilder::begin(WholeEntry wire, Awaited awaited) {
  auto plain = std::exchange(unsent_, std::nullopt);
  awaited_ = wire.bytes.empty() ? Awaited::nothing : awaited;
  if (wire.bytes.empty()) return;
  hand_on();
  duration_.reset();
  current_ = LoggedExchange{.plain_command = plain ? std::move(plain->bytes) : Bytes(),
                            .wire_command = std::move(wire.bytes),
                            .wire_response = {},
                            .line = wire.line};
  current_->protocol = wire.protocol;
}

void ExchangeBuilder::drop_unsent() {
  if (unsent_) ++not_understood_;
  unsent_.reset();
}

void ExchangeBuilder::hand_on() {
  if (current_) sink_(std::move(*current_));
  current_.reset();
}

}  // namespace gpsh::sessions
