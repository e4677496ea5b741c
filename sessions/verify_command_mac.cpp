// SPDX-License-Identifier: Apache-2.0
#include "sessions/verify_command_mac.h"

#include <utility>

#include "gp/scp01.h"
#include "gp/secure_messaging.h"

namespace gpsh::sessions {
namespace {

std::array<std::uint8_t, 4> sent_header(const CommandApdu& wire) {
  return {wire.cla, wire.ins, wire.p1, wire.p2};
}

ByteView logged_mac(const CommandApdu& wire) {
  return ByteView(wire.data).last(LoggedCommandMac::kBytes);
}

}  // namespace

/// The specifications' two first.
constexpr std::array<LoggedCommandMac::Way, 9> LoggedCommandMac::kWays = {{
    {.reading = MacReading::start_encrypted},
    {.reading = MacReading::start_clear, .start = Start::clear},
    {.reading = MacReading::start_zeros, .start = Start::zeros},
    {.reading = MacReading::header_unmodified, .header = Header::unmodified},
    {.reading = MacReading::header_unmodified, .start = Start::clear, .header = Header::unmodified},
    {.reading = MacReading::over_padding, .input = Input::padded},
    {.reading = MacReading::over_padding, .input = Input::padded, .start = Start::clear},
    {.reading = MacReading::over_ciphertext, .input = Input::ciphertext},
    {.reading = MacReading::over_ciphertext, .input = Input::ciphertext, .start = Start::clear},
}};

constexpr std::array<LoggedCommandMac::Way, 4> LoggedCommandMac::kImplicitWays = {{
    {.reading = MacReading::start_encrypted, .header = Header::unmodified},
    {.reading = MacReading::start_clear, .start = Start::clear, .header = Header::unmodified},
    {.reading = MacReading::header_modified},
    {.reading = MacReading::header_modified, .start = Start::clear},
}};

/// The MAC of the AID is never encrypted (GPCS 2.3.1 section E.3.4).
constexpr std::array<LoggedCommandMac::Way, 1> LoggedCommandMac::kImplicitFirst = {{
    {.reading = MacReading::right, .start = Start::clear, .header = Header::unmodified},
}};

LoggedCommandMac::LoggedCommandMac(std::uint8_t protocol, const gp::Secret& session_key)
    : protocol_(protocol), mac_(session_key), retail_mac_(session_key) {}

bool LoggedCommandMac::first(const CommandApdu& external_authenticate, ByteView host_cryptogram) {
  made_ = made_in({.start = Start::zeros}, {}, external_authenticate, host_cryptogram);
  first_mac_ = made_.mac;
  bool right = false;
  if (external_authenticate.data.size() == host_cryptogram.size() + kBytes) {
    right = gp::constant_time_equal(made_.mac, made_.logged);
    if (!right) starts_.push_back(made_.logged);
  }
  starts_.push_back(first_mac_);
  return right;
}

void LoggedCommandMac::start_from(ByteView application_mac) {
  implicit_ = opening_ = true;
  starts_ = {to_bytes(application_mac)};
}

std::span<const LoggedCommandMac::Way> LoggedCommandMac::ways() const {
  if (opening_) return kImplicitFirst;
  return implicit_ ? std::span<const Way>(kImplicitWays) : std::span<const Way>(kWays);
}

const std::optional<Bytes>& LoggedCommandMac::form(const CommandForms& forms, Input input) {
  switch (input) {
    case Input::plain: return forms.plain;
    case Input::padded: return forms.padded;
    case Input::ciphertext: break;
  }
  return forms.ciphertext;
}

Bytes LoggedCommandMac::start_after(ByteView mac, Start start) const {
  if (start == Start::zeros) return Bytes(kBytes);
  if (start == Start::clear) return to_bytes(mac);
  return protocol_ == gp::Scp01::kNumber ? mac_.ecb_encrypt(mac) : retail_mac_.encrypt_start(mac);
}

std::array<std::uint8_t, 4> LoggedCommandMac::header_of(const Made& made) {
  auto header = made.header;
  const bool modified = made.way.header == Header::modified;
  header[0] = modified ? gp::mac_class(header[0]) : gp::plain_class(header[0]);
  return header;
}

Bytes LoggedCommandMac::length_of(const Made& made) {
  Bytes length;
  gp::append_lc(length, made.data.size() + (made.way.header == Header::modified ? kBytes : 0));
  return length;
}

LoggedCommandMac::Made LoggedCommandMac::made_in(const Way& way, ByteView before, const CommandApdu& wire,
                                                 ByteView data) {
  Made made{.way = way, .header = sent_header(wire), .data = to_bytes(data), .before = to_bytes(before)};
  if (wire.data.size() >= kBytes) made.logged = to_bytes(logged_mac(wire));
  Bytes input;
  input.reserve(data.size() + 3 * gp::kDesBlockBytes);
  append(input, header_of(made));
  append(input, length_of(made));
  append(input, data);
  gp::append_pad80(input, gp::kDesBlockBytes);
  const auto start = start_after(before, way.start);
  if (protocol_ == gp::Scp01::kNumber) {
    mac_.cbc_encrypt_in_place(start, input);
    made.mac = to_bytes(ByteView(input).last(kBytes));
  } else {
    made.mac = retail_mac_.compute(start, input);
  }
  return made;
}

std::optional<LoggedCommandMac::Made> LoggedCommandMac::made_after(ByteView before, const CommandApdu& wire,
                                                                   const CommandForms& forms) {
  for (const auto& way : ways()) {
    const auto& data = form(forms, way.input);
    if (!data) continue;
    auto made = made_in(way, before, wire, *data);
    if (gp::constant_time_equal(made.mac, made.logged)) return made;
  }
  return std::nullopt;
}

LoggedCommandMac::Way LoggedCommandMac::usual_way() const {
  if (opening_) return kImplicitFirst.front();
  return {.start = usual_, .header = implicit_ ? Header::unmodified : Header::modified};
}

/// After a wrong C-MAC the next may start from what was sent, from what should have been sent, or from the
/// one before.
MacReading LoggedCommandMac::next(const CommandApdu& wire, const CommandForms& forms) {
  for (const auto& before : starts_) {
    auto made = made_after(before, wire, forms);
    if (!made) continue;
    made_ = std::move(*made);
    const auto reading = made_.way.reading;
    if (reading == MacReading::start_clear) usual_ = Start::clear;
    if (reading == MacReading::start_encrypted) usual_ = Start::encrypted;
    starts_ = {made_.logged};
    opening_ = false;
    return reading;
  }
  made_ = {.header = sent_header(wire), .logged = to_bytes(logged_mac(wire))};
  // Where the one before was wrong too, from what it should have been: its own may be no MAC at all.
  const std::size_t start = starts_.size() > 1 ? 1 : 0;
  if (forms.plain && !starts_.empty()) made_ = made_in(usual_way(), starts_[start], wire, *forms.plain);
  // An implicit channel is not open before its first C-MAC is right.
  if (opening_) return MacReading::wrong;
  std::vector<Bytes> starts = {made_.logged};
  if (!made_.mac.empty()) starts.push_back(made_.mac);
  if (!starts_.empty()) starts.push_back(std::move(starts_.front()));
  starts_ = std::move(starts);
  return MacReading::wrong;
}

std::string_view LoggedCommandMac::data_name() const {
  if (made_.before.empty()) return "host cryptogram";
  switch (made_.way.input) {
    case Input::plain: return "data";
    case Input::padded: return "data with its padding";
    case Input::ciphertext: break;
  }
  return "encrypted data";
}

StepValue LoggedCommandMac::start_value() const {
  StepValue value{.name = "ICV", .bytes = start_after(made_.before, made_.way.start)};
  const bool scp01 = protocol_ == gp::Scp01::kNumber;
  if (made_.before.empty()) {
    value.words = "zeros, as this is the first C-MAC";
  } else if (made_.way.start == Start::zeros) {
    value.words = "zeros, which is a mistake: it should come from the C-MAC before";
  } else if (made_.way.reading == MacReading::right) {
    value.words = "the MAC of the application's AID, not encrypted (GPCS 2.3.1 section E.3.2)";
  } else if (made_.way.start == Start::clear) {
    value.words = "the C-MAC before, not encrypted";
  } else {
    value.words = scp01 ? "the C-MAC before, encrypted with triple DES under S-MAC (GPCS 2.1.1 section D.1.5)"
                        : "the C-MAC before, encrypted with single DES under the left half of S-MAC (GPCS "
                          "2.3.1 section E.3.4)";
  }
  return value;
}

CryptoStep LoggedCommandMac::step() const {
  CryptoStep step{.name = "C-MAC",
                  .method = protocol_ == gp::Scp01::kNumber
                                ? "the last block of triple DES in CBC mode under S-MAC (GPCS 2.1.1 section "
                                  "D.3.3)"
                                : "single DES in CBC mode under the left half of S-MAC, the last block with "
                                  "triple DES (GPCS 2.3.1 section E.4.4)"};
  if (made_.mac.empty()) {
    step.values.push_back({.name = "in the log",
                           .bytes = made_.logged,
                           .words = "cannot be computed",
                           .whose = Whose::application});
    return step;
  }
  const bool opens = made_.way.reading == MacReading::right;
  if (!made_.before.empty() && !opens) step.values.push_back({.name = "C-MAC before", .bytes = made_.before});
  step.values.push_back(start_value());
  auto input = concat({header_of(made_), length_of(made_), made_.data});
  const auto length = input.size();
  gp::append_pad80(input, gp::kDesBlockBytes);
  const auto whose = made_.before.empty() ? Whose::protocol : Whose::application;
  step.values.push_back(
      step_input({{.name = "header", .bytes = to_bytes(header_of(made_))},
                  {.name = "Lc", .bytes = length_of(made_)},
                  {.name = std::string(data_name()), .bytes = made_.data, .whose = whose},
                  {.name = "padding", .bytes = to_bytes(ByteView(input).subspan(length))}}));
  append_result(step, made_.mac, made_.logged);
  return step;
}

}  // namespace gpsh::sessions
