// SPDX-License-Identifier: Apache-2.0
#include "sessions/verify_response_mac.h"

#include <array>
#include <utility>

#include "gp/secure_messaging.h"

namespace gpsh::sessions {
namespace {

using gp::ResponseProtection;

constexpr std::size_t kMacBytes = 8;
constexpr std::uint8_t kRMac = 0x10;
constexpr std::array<std::uint8_t, gp::kDesBlockBytes> kZeros{};

bool succeeded(StatusWord sw) {
  return sw.ok() || sw.warning();
}

bool is(const CommandApdu& command, std::uint8_t ins) {
  return command.ins == ins && (command.cla & 0x80) != 0;
}

Bytes status_bytes(StatusWord sw) {
  return {sw.sw1(), sw.sw2()};
}

}  // namespace

LoggedResponseMac::LoggedResponseMac(const ChannelSessionKeys& keys, Teaching teaching)
    : from_start_(keys.response_mac.clone()), later_(keys.later_response_mac.clone()), teaching_(teaching) {}

void LoggedResponseMac::authenticated(gp::SecurityLevel level, ByteView first_mac) {
  agreed_ = level;
  start_ = to_bytes(first_mac);
  if (level.r_mac()) session_ = session_under(from_start_);
}

LoggedResponseMac::Session LoggedResponseMac::session_under(const gp::Secret& key) const {
  if (key.empty() || start_.empty()) return {};
  return {.mac = gp::RetailMac(key), .chains = {start_}};
}

void LoggedResponseMac::opened_implicitly(gp::SecurityLevel level, ByteView padded_aid) {
  agreed_ = level;
  if (!later_.empty()) start_ = gp::RetailMac(later_).compute(kZeros, padded_aid);
}

gp::SecurityLevel LoggedResponseMac::level() const {
  const bool adds = session_ && session_->protection == ResponseProtection::r_mac;
  return adds ? gp::SecurityLevel(static_cast<std::uint8_t>(agreed_.value() | kRMac)) : agreed_;
}

void LoggedResponseMac::begin(const CommandApdu& plain) {
  beginning_ = session_under(later_);
  beginning_->protection = plain.p1 == 0x00 ? ResponseProtection::at_end : ResponseProtection::r_mac;
}

void LoggedResponseMac::sent(const CommandApdu& plain) {
  step_.reset();
  beginning_.reset();
  if (!session_ && is(plain, gp::kBeginRMacSession)) begin(plain);
  if (session_ || beginning_) command_ = plain;
}

Bytes LoggedResponseMac::input_of(ByteView data, StatusWord sw) const {
  Bytes input;
  input.reserve(command_.data.size() + data.size() + 3 * gp::kDesBlockBytes);
  append(input, {gp::plain_class(command_.cla), command_.ins, command_.p1, command_.p2});
  gp::append_lc(input, command_.data.size());
  append(input, command_.data);
  const auto counted = succeeded(sw) ? data : ByteView();
  append(input, {static_cast<std::uint8_t>(counted.size())});
  append(input, counted);
  append(input, {sw.sw1(), sw.sw2()});
  gp::append_pad80(input, gp::kDesBlockBytes);
  return input;
}

std::optional<ResponseCheck> LoggedResponseMac::received(const ResponseApdu& wire) {
  if (beginning_) {
    if (wire.sw.ok()) {
      session_ = std::move(beginning_);
      counted(wire);
    }
    beginning_.reset();
    return std::nullopt;
  }
  if (!session_) return std::nullopt;
  if (is(command_, gp::kEndRMacSession)) return end(wire);
  if (session_->protection == ResponseProtection::at_end) {
    counted(wire);
    return std::nullopt;
  }
  if (!succeeded(wire.sw)) return error(wire);
  return with_mac(wire);
}

/// Its pair goes into the chain, but its response carries no R-MAC.
void LoggedResponseMac::counted(const ResponseApdu& wire) {
  if (!session_->mac) return;
  const auto input = input_of(wire.data, wire.sw);
  tell(session_->chains.front(), wire, {});
  for (auto& chain : session_->chains) chain = session_->mac->compute(chain, input);
}

ResponseCheck LoggedResponseMac::unchecked(const ResponseApdu& wire) {
  if (wire.data.size() < kMacBytes) return {};
  const auto data = ByteView(wire.data).first(wire.data.size() - kMacBytes);
  return {.unchecked = true, .plain = ResponseApdu{.data = to_bytes(data), .sw = wire.sw}};
}

ResponseCheck LoggedResponseMac::with_mac(const ResponseApdu& wire) {
  if (!session_->mac) return unchecked(wire);
  ResponseCheck result;
  auto& chains = session_->chains;
  const bool has_mac = wire.data.size() >= kMacBytes;
  const auto mac = has_mac ? ByteView(wire.data).last(kMacBytes) : ByteView();
  ResponseApdu plain{.data = to_bytes(ByteView(wire.data).first(wire.data.size() - mac.size())),
                     .sw = wire.sw};
  const auto input = input_of(plain.data, wire.sw);
  for (const auto& chain : chains) {
    if (!gp::constant_time_equal(session_->mac->compute(chain, input), mac)) continue;
    tell(chain, plain, mac);
    chains = {to_bytes(mac)};
    result.right = true;
    result.plain = std::move(plain);
    return result;
  }
  tell(chains.front(), plain, mac);
  result.right_from_zeros = gp::constant_time_equal(session_->mac->compute(kZeros, input), mac);
  auto before = std::move(chains.front());
  auto computed = session_->mac->compute(before, input);
  chains = {std::move(computed), std::move(before)};
  if (has_mac) chains.insert(chains.begin() + 1, to_bytes(mac));
  return result;
}

/// An error without R-MAC: nobody can tell whether the card counted it. Data can only be an R-MAC.
std::optional<ResponseCheck> LoggedResponseMac::error(const ResponseApdu& wire) {
  if (!wire.data.empty()) return with_mac(wire);
  if (!session_->mac) return std::nullopt;
  auto& chains = session_->chains;
  tell(chains.front(), wire, {});
  auto computed = session_->mac->compute(chains.front(), input_of({}, wire.sw));
  chains = {std::move(computed), std::move(chains.back())};
  return std::nullopt;
}

/// It gives the R-MAC so far; its own pair is not part of the chain.
std::optional<ResponseCheck> LoggedResponseMac::end(const ResponseApdu& wire) {
  if (!wire.sw.ok()) return std::nullopt;
  ResponseCheck result;
  const auto& chains = session_->chains;
  for (const auto& chain : chains) result.right = result.right || gp::constant_time_equal(chain, wire.data);
  result.unchecked = !session_->mac;
  if (result.right || result.unchecked) result.plain = wire;
  if (teaching_ == Teaching::on && session_->mac) {
    step_ = {.name = "R-MAC", .method = "the R-MAC of the session so far (GPCS 2.3.1 section E.5.4)"};
    append_result(*step_, chains.front(), wire.data);
  }
  const bool over = command_.p2 == static_cast<std::uint8_t>(gp::SessionEnd::end) && !agreed_.r_mac();
  if (over) session_.reset();
  return result;
}

void LoggedResponseMac::tell(ByteView chain, const ResponseApdu& plain, ByteView logged) {
  if (teaching_ == Teaching::off) return;
  Bytes length;
  gp::append_lc(length, command_.data.size());
  const auto input = input_of(plain.data, plain.sw);
  const auto data = succeeded(plain.sw) ? plain.data : Bytes();
  const auto used = 4 + length.size() + command_.data.size() + 1 + data.size() + 2;
  CryptoStep step{.name = "R-MAC",
                  .method =
                      "single DES in CBC mode under the left half of S-RMAC, the last block with triple DES "
                      "(GPCS 2.3.1 section E.4.5)"};
  step.values.push_back(
      {.name = "ICV", .bytes = to_bytes(chain), .words = "the R-MAC before, or the first ICV"});
  step.values.push_back(step_input({
      {.name = "command header",
       .bytes = {gp::plain_class(command_.cla), command_.ins, command_.p1, command_.p2}},
      {.name = "Lc", .bytes = length},
      {.name = "command data", .bytes = command_.data, .whose = Whose::application},
      {.name = "Li", .bytes = {static_cast<std::uint8_t>(data.size())}},
      {.name = "response data", .bytes = data, .whose = Whose::application},
      {.name = "status word", .bytes = status_bytes(plain.sw)},
      {.name = "padding", .bytes = to_bytes(ByteView(input).subspan(used))},
  }));
  append_result(step, session_->mac->compute(chain, input), logged);
  step_ = std::move(step);
}

}  // namespace gpsh::sessions
