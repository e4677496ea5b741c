// SPDX-License-Identifier: Apache-2.0
#include "sessions/explain_program.h"

#include <string_view>
#include <utility>

#include "sessions/apdu_words.h"
#include "sessions/initialize_update_in.h"

namespace gpsh::sessions {
namespace {

constexpr std::string_view kMode211 = "mode_211";
constexpr std::string_view kNoCardData = "get_secure_channel_protocol_details() returns 0x8020";
constexpr std::string_view kCryptogramFailed = "mutual_authentication() returns 0x80302000";
constexpr std::uint8_t kGetData = 0xCA;
constexpr std::uint8_t kCardData = 0x66;
constexpr std::uint8_t kScp01 = 1;
constexpr std::size_t kStatusWordBytes = 2;
constexpr std::size_t kMostStops = 64;  // between two exchanges

bool has(std::string_view line, std::string_view part) {
  return line.find(part) != std::string_view::npos;
}

}  // namespace

void LoggedProgram::line(const LogLine& line) {
  mode_211_ = mode_211_ || has(line.text, kMode211);
  if (stops_.size() == kMostStops) return;
  if (has(line.text, kNoCardData)) stops_.push_back({Stop::no_card_data, line.number, mode_211_});
  if (has(line.text, kCryptogramFailed)) stops_.push_back({Stop::wrong_cryptogram, line.number, mode_211_});
}

void LoggedProgram::exchange(const LoggedExchange& exchange) {
  selection_.exchange(exchange.wire_command, exchange.wire_response);
  const auto command = command_in(exchange.wire_command);
  if (!command || exchange.wire_response.size() < kStatusWordBytes) return;
  if (command->ins == kGetData && command->p1 == 0 && command->p2 == kCardData) {
    const auto sw = ResponseApdu::parse(exchange.wire_response).sw;
    refused_card_data_ = sw.ok() ? std::nullopt : std::optional(sw);
  }
  auto challenge = host_challenge_in(exchange.wire_command);
  auto answer = challenge ? answer_in(exchange.wire_response) : std::nullopt;
  if (!answer) return;
  opened_ = {.answer = std::move(*answer),
             .host_challenge = std::move(*challenge),
             .announced_i = selection_.scp02_i(),
             .applications = selection_.applications()};
}

std::vector<ExplainedRemark> LoggedProgram::remarks_before(std::size_t line) {
  std::vector<ExplainedRemark> remarks;
  std::erase_if(stops_, [&](const Stopped& stopped) {
    if (stopped.line >= line) return false;
    if (auto remark = remark_on(stopped)) remarks.push_back(std::move(*remark));
    return true;
  });
  return remarks;
}

std::optional<ExplainedRemark> LoggedProgram::remark_on(const Stopped& stopped) const {
  return stopped.why == Stop::no_card_data ? no_card_data(stopped) : wrong_cryptogram(stopped);
}

std::optional<ExplainedRemark> LoggedProgram::no_card_data(const Stopped& stopped) const {
  if (!refused_card_data_) return std::nullopt;
  const auto i = selection_.scp02_i();
  const auto source = i ? ", as the SELECT response announces in tag 64"
                        : ", the usual values, if the card's manual names no others";
  return ExplainedRemark{
      .line = stopped.line,
      .text =
          "GPShell stopped here: it takes the secure channel protocol from GET DATA 0066, and the card "
          "refused that with " +
          refused_card_data_->text(),
      .advice =
          "gpsh goes on with INITIALIZE UPDATE, whose answer names the protocol; GPShell does with -scp "
          "2 -scpimpl 0x" +
          to_hex(i.value_or(0x15)) + " in open_sc" + source};
}

std::optional<ExplainedRemark> LoggedProgram::wrong_cryptogram(const Stopped& stopped) const {
  if (!opened_) return std::nullopt;
  gp::DoctorCase asked = *opened_;
  // GPShell starts in mode_201, and so opens SCP01.
  if (!stopped.mode_211) asked.assumed_protocol = kScp01;
  const auto why = stopped.mode_211 ? "the card cryptogram is not the one of its keys and protocol"
                                    : "without mode_211 it takes every card for SCP01, and the card "
                                      "cryptogram is not the one of SCP01";
  return ExplainedRemark{.line = stopped.line,
                         .text = std::string("GPShell stopped here: ") + why,
                         .advice = gp::examine(asked, keys_.candidates, keys_.derivations).advice};
}

}  // namespace gpsh::sessions
