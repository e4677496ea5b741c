// SPDX-License-Identifier: Apache-2.0
#include "sessions/explain.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "gp/protocol_choice.h"
#include "gp/secure_messaging.h"
#include "sessions/apdu_words.h"
#include "sessions/exchange_joiner.h"
#include "sessions/explain_pages.h"
#include "sessions/explain_program.h"
#include "sessions/explain_steps.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kStatusWordBytes = 2;
constexpr std::size_t kMacBytes = 8;
constexpr std::uint8_t kInitializeUpdate = 0x50;
constexpr std::uint8_t kExternalAuthenticate = 0x82;
constexpr std::uint8_t kStoreData = 0xE2;
constexpr StatusWord kWrongClass{0x6E00};

std::optional<ResponseApdu> response_in(ByteView bytes) {
  if (bytes.size() < kStatusWordBytes) return std::nullopt;
  return ResponseApdu::parse(bytes);
}

/// A command as it is explained, and what was found out about its protection.
struct Plain {
  CommandApdu command{};
  std::optional<ResponseApdu> response{};
  ValueDisplay display = ValueDisplay::shown;
  std::vector<std::string> channel{};
};

/// Data that is explained by its length only is not seen as bytes either.
ShownApdus shown_apdus(const CommandApdu& wire, const LoggedExchange& exchange, const Plain& plain) {
  const bool stores = wire.ins == kStoreData && (wire.cla & 0x80) != 0;
  const bool secret = carries_secrets(plain.command) || carries_secrets(wire) ||
                      (stores && plain.display == ValueDisplay::lengths);
  const auto command = secret ? ValueDisplay::lengths : ValueDisplay::shown;
  const auto response = secret && stores ? ValueDisplay::lengths : ValueDisplay::shown;
  ShownApdus apdus{.wire_command = shown_command(exchange.wire_command, command),
                   .wire_response = shown_response(exchange.wire_response, response)};
  if (plain.command != wire) apdus.plain_command = shown_command(plain.command.encode(), command);
  if (plain.response && plain.response->encode() != exchange.wire_response) {
    apdus.plain_response = shown_response(plain.response->encode(), response);
  }
  return apdus;
}

class Explainer final : public ImportSink, private VerifySink {
 public:
  Explainer(const VerifyKeys& keys, ExplainSink& sink, Teaching teaching)
      : verifier_(keys, *this, teaching), sink_(sink), program_(keys) {}

  void line(const LogLine& line) override { program_.line(line); }
  void exchange(LoggedExchange exchange) override { joiner_.add(std::move(exchange)); }
  void unsent(ByteView plain, std::size_t line) override;
  void finish();

 private:
  void verdict(const ChannelVerdict&) override {}
  void finding(const VerifyFinding& finding) override {
    if (finding.kind == VerifyFinding::Kind::wrong) wrong_.push_back(finding.text);
  }
  void unwrapped(const UnwrappedExchange& unwrapped) override { unwrapped_ = unwrapped; }
  void computed(CryptoSteps&& steps) override { std::ranges::move(steps, std::back_inserter(steps_)); }

  void joined(const LoggedExchange& exchange);
  void explain_one(const CommandApdu& wire, const LoggedExchange& exchange);
  [[nodiscard]] Plain plain_of(const CommandApdu& wire, const LoggedExchange& exchange);
  void remove_protection(Plain& plain, const LoggedExchange& exchange) const;
  void remove_response_protection(Plain& plain, const LoggedExchange& exchange) const;
  void remove_unknown_protection(Plain& plain, const LoggedExchange& exchange) const;
  [[nodiscard]] std::string why_not_verified() const;
  void tell_of_channel(Plain& plain) const;
  [[nodiscard]] ValueDisplay display_of(const CommandApdu& command) const;
  [[nodiscard]] bool in_clear() const;
  void remarks_before(std::size_t line);

  ExchangeJoiner joiner_{[this](const LoggedExchange& exchange) { joined(exchange); }};
  ChannelVerifier verifier_;
  ExplainSink& sink_;
  LoggedProgram program_;
  AnswerPages pages_;
  std::vector<std::string> wrong_{};            // of the exchange at hand
  std::optional<UnwrappedExchange> unwrapped_;  // the same
  CryptoSteps steps_;                           // the same
  std::size_t accepted_ = 0;                    // commands with secure messaging in a row
};

void Explainer::remarks_before(std::size_t line) {
  for (const auto& remark : program_.remarks_before(line)) sink_.remark(remark);
}

void Explainer::joined(const LoggedExchange& exchange) {
  remarks_before(exchange.line);
  wrong_.clear();
  unwrapped_.reset();
  steps_.clear();
  verifier_.exchange(exchange);
  program_.exchange(exchange);
  if (const auto wire = command_in(exchange.wire_command)) return explain_one(*wire, exchange);
  ExplainedExchange explained{.line = exchange.line,
                              .name = "no command APDU",
                              .command = {{.name = "data",
                                           .value = bytes_in_words(exchange.wire_command.size()),
                                           .meaning = "its lengths do not add up"}},
                              .meaning = "no answer",
                              .duration = exchange.duration};
  explained.apdus.wire_command = shown_command(exchange.wire_command, ValueDisplay::lengths);
  explained.apdus.wire_response = shown_response(exchange.wire_response, ValueDisplay::lengths);
  if (const auto response = response_in(exchange.wire_response)) {
    explained.sw = response->sw;
    explained.meaning = explain(response->sw, 0).meaning;
  }
  sink_.exchange(explained);
}

void Explainer::explain_one(const CommandApdu& wire, const LoggedExchange& exchange) {
  auto plain = plain_of(wire, exchange);
  const auto cut = plain.response ? pages_.join(plain.command, *plain.response) : 0;
  auto explained = explain_exchange(plain.command, plain.response, plain.display);
  if (cut > 0) {
    explained.response.push_back(
        {.name = "cut off", .value = bytes_in_words(cut), .meaning = "shown with the next answer"});
  }
  explained.line = exchange.line;
  explained.channel = std::move(plain.channel);
  const auto display = carries_secrets(plain.command) ? ValueDisplay::lengths : plain.display;
  for (const auto& step : steps_) explained.steps.push_back(step_field(step, display));
  explained.duration = exchange.duration;
  explained.apdus = shown_apdus(wire, exchange, plain);
  const bool secured = has_secure_messaging(wire.cla);
  if (explained.sw == kWrongClass && secured && accepted_ > 0) {
    explained.advice.push_back(
        "the card accepted " + std::to_string(accepted_) + (accepted_ == 1 ? " command" : " commands") +
        " of this channel before: the channel was lost in between, by a reset or by another "
        "program at the same reader");
  }
  if (wire.ins == kExternalAuthenticate) accepted_ = 0;
  if (secured && wire.ins != kExternalAuthenticate) {
    accepted_ = explained.sw && explained.sw->ok() ? accepted_ + 1 : 0;
  }
  sink_.exchange(explained);
}

/// What may have been encrypted is not shown.
ValueDisplay Explainer::display_of(const CommandApdu& command) const {
  const bool hidden = command.ins == kStoreData && !in_clear();
  return hidden ? ValueDisplay::lengths : ValueDisplay::shown;
}

bool Explainer::in_clear() const {
  const auto* channel = verifier_.open_channel();
  return channel != nullptr && channel->level && !gp::SecurityLevel(*channel->level).c_decryption();
}

Plain Explainer::plain_of(const CommandApdu& wire, const LoggedExchange& exchange) {
  Plain plain{.command = wire, .response = response_in(exchange.wire_response)};
  const bool opening = wire.ins == kInitializeUpdate || wire.ins == kExternalAuthenticate;
  if (opening || !has_secure_messaging(wire.cla)) {
    if (opening) tell_of_channel(plain);
    if (unwrapped_) remove_response_protection(plain, exchange);
    return plain;
  }
  plain.display = display_of(wire);
  if (unwrapped_ && unwrapped_->command.plain) {
    remove_protection(plain, exchange);
  } else {
    remove_unknown_protection(plain, exchange);
  }
  return plain;
}

/// What the keys tell.
void Explainer::remove_protection(Plain& plain, const LoggedExchange& exchange) const {
  plain.command = *unwrapped_->command.plain;
  plain.channel = wrong_;
  if (wrong_.empty()) {
    plain.channel.emplace_back(unwrapped_->command.decrypted ? "C-MAC right, command data decrypted"
                                                             : "C-MAC right");
  }
  const auto* channel = verifier_.open_channel();
  if (channel->implicit && channel->line == exchange.line) {
    plain.channel.push_back("this command opens an implicit SCP02 channel, keys: " + channel->keys);
  }
  remove_response_protection(plain, exchange);
}

void Explainer::remove_response_protection(Plain& plain, const LoggedExchange& exchange) const {
  const auto& response = unwrapped_->response;
  if (!response) return;
  if (response->plain) {
    plain.response = response->plain;
    const std::string mac = response->right ? "R-MAC right" : "R-MAC not checked: its key is not in the log";
    plain.channel.push_back(mac + (response->decrypted ? ", response data decrypted" : ""));
  } else if (!exchange.plain_response.empty()) {
    plain.response = response_in(exchange.plain_response);
  }
}

/// What the log shows of the plain command, else what needs no key.
void Explainer::remove_unknown_protection(Plain& plain, const LoggedExchange& exchange) const {
  plain.channel = wrong_;
  auto& command = plain.command;
  const auto logged = exchange.plain_command.empty() ? std::nullopt : command_in(exchange.plain_command);
  if (logged && logged->ins == command.ins && !has_secure_messaging(logged->cla)) {
    command = *logged;
    plain.channel.emplace_back("not verified: the data is what the log calls the plain command");
  } else if (in_clear() && command.data.size() >= kMacBytes) {
    command.cla = gp::plain_class(command.cla);
    command.data.resize(command.data.size() - kMacBytes);
    plain.channel.emplace_back("not verified: the keys are not known");
  } else {
    plain.channel.push_back("not verified: " + why_not_verified() + ", so the data below is as it was sent");
  }
  if (!exchange.plain_response.empty()) plain.response = response_in(exchange.plain_response);
}

std::string Explainer::why_not_verified() const {
  const auto* channel = verifier_.open_channel();
  const bool unopened = channel != nullptr && channel->card_cryptogram_right && !channel->level;
  return unopened ? "the log has no whole EXTERNAL AUTHENTICATE before it" : "the keys are not known";
}

void Explainer::tell_of_channel(Plain& plain) const {
  plain.channel = wrong_;
  const auto* channel = verifier_.open_channel();
  if (channel == nullptr) return;
  if (!channel->card_cryptogram_right) {
    if (plain.command.ins == kInitializeUpdate) {
      plain.channel.emplace_back(
          "give the card's keys with --key, or --enc and --mac; gpsh doctor looks for "
          "the derivation");
    }
    return;
  }
  if (plain.command.ins == kInitializeUpdate) {
    plain.channel.push_back(gp::protocol_name(channel->protocol) +
                            ": card cryptogram right, keys: " + channel->keys);
  } else if (wrong_.empty() && channel->level) {
    plain.channel.emplace_back("host cryptogram right, C-MAC right");
  }
}

void Explainer::unsent(ByteView bytes, std::size_t line) {
  joiner_.finish();
  const auto plain = command_in(bytes);
  if (!plain) return;
  remarks_before(line);
  auto explained = explain_exchange(*plain, std::nullopt, display_of(*plain));
  explained.line = line;
  explained.meaning = "the log ends here, without the command as it was sent and without an answer";
  explained.advice = refusals_in_words(plain->ins);
  sink_.exchange(explained);
}

void Explainer::finish() {
  joiner_.finish();
  remarks_before(SIZE_MAX);
}

}  // namespace

ImportSummary explain_log(std::istream& in, const VerifyRequest& request, ExplainSink& sink,
                          std::string_view file) {
  const auto keys = keys_for_log(in, request);
  Explainer explainer(keys, sink, request.teaching);
  const auto summary = import_log(in, explainer, file);
  explainer.finish();
  return summary;
}

ImportSummary explain_log(const std::filesystem::path& path, const VerifyRequest& request,
                          ExplainSink& sink) {
  auto in = open_log(path);
  return explain_log(in, request, sink, path.filename().string());
}

}  // namespace gpsh::sessions
