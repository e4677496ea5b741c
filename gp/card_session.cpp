// SPDX-License-Identifier: Apache-2.0
#include "gp/card_session.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/error.h"
#include "core/secret_commands.h"
#include "core/tlv.h"

namespace gpsh::gp {
namespace {

constexpr std::uint32_t kMaximumDataTag = 0x9F65;
constexpr std::size_t kSmallestUsefulLimit = 32;
constexpr StatusWord kNotSatisfied{0x6982};
constexpr StatusWord kWrongSecureMessaging{0x6988};

// GET DATA and GET STATUS change nothing on the card, so they alone may be sent a second time.
constexpr std::array<std::uint8_t, 3> kRepeatable = {0xCA, 0xCB, 0xF2};

struct LossInWords {
  std::string_view reason;
  std::string_view advice;
};

LossInWords in_words(ChannelLoss loss) {
  switch (loss) {
    case ChannelLoss::plain_command:
      return {" was not sent: a command without secure messaging has ended the implicit channel",
              "open_sc again before this line, or send that command with -sc 1"};
    case ChannelLoss::refused:
      return {
          " was not sent: the card refused a command of the implicit channel, and would take this one for "
          "the "
          "start of "
          "another",
          "make sure that the keys and the -scpimpl are right, then open_sc again before this line"};
    case ChannelLoss::not_sent: break;
  }
  return {
      " was not sent: a command before it was stopped behind its C-MAC, so the card would refuse this one",
      "open_sc again before this line"};
}

/// Tag 9F65: the most command data the card takes (GPCS 2.3.1 section 11.9.3).
std::size_t card_limit(ByteView fci) {
  try {
    const auto found = find_path(fci, {0x6F, 0xA5, kMaximumDataTag}, "FCI");
    if (!found || found->value.empty() || found->value.size() > 2) return CommandApdu::kMaxShortData;
    std::size_t limit = 0;
    for (const auto byte : found->value) limit = limit << 8 | byte;
    return limit < kSmallestUsefulLimit ? CommandApdu::kMaxShortData
                                        : std::min(limit, CommandApdu::kMaxShortData);
  } catch (const Error&) {
    return CommandApdu::kMaxShortData;
  }
}

}  // namespace

struct CardSession::Passage {
  ByteView plain;
  ByteView wire;
  std::string_view name;
  ChannelState state;
};

CardSession::CardSession(Connection& connection, Observer& observer, RandomNumberGenerator& random, Wire wire)
    : connection_(connection),
      observer_(observer),
      random_(random),
      wire_(wire),
      transport_(connection, wire) {}

ResponseApdu CardSession::transmit(const CommandApdu& plain, std::string_view name) {
  need_channel_not_lost(name);
  if (!channel_) return transmit_plain(plain, name);
  auto response = transmit_wrapped(plain, name);
  if (!wants_other_le(plain, response)) return response;
  // The card has counted the first one, so it is wrapped anew and not repeated.
  auto again = plain;
  again.le = response.sw.sw2() == 0 ? CommandApdu::kShortMaximum : response.sw.sw2();
  return transmit_wrapped(again, name);
}

ResponseApdu CardSession::transmit_plain(const CommandApdu& command, std::string_view name) {
  return transmit_raw(command.encode(), name);
}

ResponseApdu CardSession::transmit_raw(ByteView apdu, std::string_view name) {
  const auto state = channel_ ? ChannelState::open : ChannelState::closed;
  auto response = pass({.plain = apdu, .wire = apdu, .name = name, .state = state});
  observer_.unwrapped(response.encode());
  return response;
}

ResponseApdu CardSession::transmit_wrapped(const CommandApdu& plain, std::string_view name) {
  const auto plain_bytes = plain.encode();
  const auto wire = channel_->wrap(plain).encode();
  return unwrapped(send_wrapped(
      [&] { return pass({.plain = plain_bytes, .wire = wire, .name = name, .state = ChannelState::open}); }));
}

ResponseApdu CardSession::transmit_chained(const CommandApdu& plain, std::string_view name, ChainMac mac) {
  need_channel_not_lost(name);
  const bool without_mac = channel_ && !channel_->info().level.c_mac();
  if (mac == ChainMac::each && !without_mac && plain.data.size() > max_command_data())
    return transmit_each(plain, name);
  const auto plain_bytes = plain.encode();
  const auto wire = channel_ ? channel_->wrap(plain, Extent::chained) : plain;
  const auto wire_bytes = wire.encode();
  const auto state = channel_ ? ChannelState::open : ChannelState::closed;
  return unwrapped(send_wrapped([&] {
    observer_.command(plain_bytes, wire_bytes, Framing::chained);
    return pass_pieces(wire, {.plain = plain_bytes, .wire = {}, .name = name, .state = state});
  }));
}

ResponseApdu CardSession::transmit_each(const CommandApdu& plain, std::string_view name) {
  ResponseApdu response;
  for (const auto& piece : cut(plain, max_command_data())) {
    response = transmit(piece, name);
    if (!response.sw.ok()) break;
  }
  return response;
}

ResponseApdu CardSession::pass_pieces(const CommandApdu& wire, const Passage& passage) {
  ResponseApdu response;
  for (const auto& piece : cut(wire, card_limit_)) {
    const auto bytes = piece.encode();
    observer_.chained_command(bytes);
    auto part = passage;
    part.wire = bytes;
    response = pass_silently(part);
    observer_.response(response.encode(), Framing::chained);
    if (!response.sw.ok()) break;
  }
  return response;
}

/// Sends what was wrapped, and tells the watch what became of it. What is wrapped and not sent has moved the
/// chain of C-MACs, so the card would refuse everything behind it.
template <typename Send>
ResponseApdu CardSession::send_wrapped(const Send& send) {
  std::optional<std::size_t> before;
  try {
    if (watch_) watch_->before_first_command();
    before = transport_.cost().apdus;
    return send();
  } catch (const Error& error) {
    const bool sent = before && transport_.cost().apdus != *before;
    if (watch_ && before && !sent) watch_->first_command_not_sent();
    const bool stopped = !sent || !error.facts().exchange;
    if (channel_ && channel_->level().c_mac() && stopped) lose_channel(ChannelLoss::not_sent);
    throw;
  }
}

ResponseApdu CardSession::unwrapped(const ResponseApdu& response) {
  const bool ends = ends_implicit_channel(response.sw);
  auto plain = channel_ ? channel_->unwrap(response) : response;
  observer_.unwrapped(plain.encode());
  if (ends) lose_channel(ChannelLoss::refused);
  return plain;
}

/// Behind a security error the card has no session, and takes the next C-MAC for the first of another.
bool CardSession::ends_implicit_channel(StatusWord sw) {
  if (watch_) {
    const auto start = watch_->after_first_command(sw);
    if (start == FirstAnswer::accepted) watch_.reset();
    return start == FirstAnswer::refused;
  }
  return channel_is_implicit() && (sw == kNotSatisfied || sw == kWrongSecureMessaging);
}

ResponseApdu CardSession::pass(const Passage& passage) {
  observer_.command(passage.plain, passage.wire, Framing::single);
  auto response = pass_silently(passage);
  observer_.response(response.encode(), Framing::single);
  return response;
}

ResponseApdu CardSession::pass_silently(const Passage& passage) {
  try {
    return transport_.transmit(passage.wire, passage.state);
  } catch (const Error& error) {
    const auto& known = error.facts().exchange;
    if (known && !known->command.empty()) throw;
    auto facts = error.facts();
    facts.exchange = Exchange{.command = std::string(passage.name),
                              .apdu = shown_in_messages(passage.plain),
                              .sw = known ? known->sw : std::nullopt};
    throw Error(std::move(facts));
  }
}

bool CardSession::wants_other_le(const CommandApdu& plain, const ResponseApdu& response) const {
  return response.sw.sw1() == 0x6C && plain.le && wire_ == Wire::gpsh &&
         protocol() == TransmissionProtocol::t1 &&
         std::ranges::find(kRepeatable, plain.ins) != kRepeatable.end();
}

const ChannelInfo* CardSession::channel() const {
  return channel_ ? &channel_->info() : nullptr;
}

void CardSession::open_channel(SecureChannel channel, std::unique_ptr<FirstCommandWatch> watch) {
  lost_.reset();
  channel_.emplace(std::move(channel));
  watch_ = std::move(watch);
}

Bytes CardSession::encrypt_sensitive(ByteView blocks) const {
  if (channel_) return channel_->encrypt_sensitive(blocks);
  throw Error({.kind = ErrorKind::usage,
               .code = "no-channel",
               .message = "keys are sent through a secure channel only, and none is open",
               .advice = "put open_sc before this line"});
}

void CardSession::lose_channel(ChannelLoss reason) {
  close_channel();
  lost_ = reason;
}

bool CardSession::channel_is_implicit() const {
  const auto* info = channel();
  return info != nullptr && info->protocol == Scp02::kNumber && Scp02::starts_implicitly(info->i);
}

void CardSession::need_channel_not_lost(std::string_view name) const {
  if (!lost_) return;
  const auto words = in_words(*lost_);
  throw Error({.kind = ErrorKind::usage,
               .code = "no-channel",
               .message = std::string(name) + std::string(words.reason),
               .advice = std::string(words.advice)});
}

void CardSession::close_channel() {
  lost_.reset();
  channel_.reset();
  watch_.reset();
}

void CardSession::set_selection(Selection selection) {
  close_channel();
  selection_ = std::move(selection);
  card_limit_ = wire_ == Wire::gpsh ? card_limit(selection_.fci) : CommandApdu::kMaxShortData;
}

std::size_t CardSession::max_command_data() const {
  return channel_ ? channel_->max_plain_data(card_limit_) : card_limit_;
}

}  // namespace gpsh::gp
