// SPDX-License-Identifier: Apache-2.0
#include "sessions/doctor_log.h"

#include <algorithm>
#include <optional>
#include <sstream>

#include "core/error.h"

#include "sessions/exchange_joiner.h"
#include "sessions/import_log.h"
#include "sessions/initialize_update_in.h"
#include "sessions/logged_selection.h"

namespace gpsh::sessions {
namespace {

constexpr std::uint8_t kScp01 = 1;
constexpr std::string_view kCryptogramFailed = "mutual_authentication() returns 0x80302000";
constexpr std::string_view kMode211 = "mode_211";
constexpr std::string_view kOpen = "open_sc";
constexpr std::string_view kDerivationOption = "-keyDerivation";
constexpr std::string_view kSeparators = " \t,";

/// Of the last open_sc of a script in the log, where it names one.
class LoggedDerivation {
 public:
  void line(std::string_view text) {
    if (text.starts_with("gemXpressoPro") || text.starts_with("visa_key_derivation")) for_all_ = visa2();
    const auto open = text.find(kOpen);
    if (open == std::string_view::npos) return;
    const auto option = text.rfind(kDerivationOption);
    derivation_ = option != std::string_view::npos && option > open
                      ? named(text.substr(option + kDerivationOption.size()))
                      : for_all_;
  }
  [[nodiscard]] const std::optional<gp::Diversification>& value() const { return derivation_; }

 private:
  static gp::Diversification visa2() { return gp::Diversification::parse("visa2"); }

  /// A template may stand in quotes.
  static std::optional<gp::Diversification> named(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(kSeparators), text.size()));
    const bool quoted = text.starts_with('"');
    if (quoted) text.remove_prefix(1);
    text = text.substr(0, quoted ? text.find('"') : text.find_first_of(kSeparators));
    try {
      return gp::Diversification::parse(text);
    } catch (const Error&) {
      return std::nullopt;  // the script was refused
    }
  }

  std::optional<gp::Diversification> for_all_{};
  std::optional<gp::Diversification> derivation_{};
};

class DoctorSink final : public ImportSink {
 public:
  void line(const LogLine& line) override {
    keys_.line(line.text, line.number);
    derivation_.line(line.text);
    mode_211_ = mode_211_ || line.text.find(kMode211) != std::string_view::npos;
    if (line.text.find(kCryptogramFailed) != std::string_view::npos) failures_.push_back(line.number);
  }
  void exchange(LoggedExchange exchange) override { joiner_.add(std::move(exchange)); }

  DoctorLog finish() && {
    joiner_.finish();
    keys_.finish();
    log_.keys = std::move(keys_.keys());
    if (!mode_211_) note_mode_201();
    return std::move(log_);
  }

 private:
  void joined(const LoggedExchange& exchange) {
    selection_.exchange(exchange.wire_command, exchange.wire_response);
    auto challenge = host_challenge_in(exchange.wire_command);
    auto answer = challenge ? answer_in(exchange.wire_response) : std::nullopt;
    if (!answer) return;
    log_.sessions.push_back({.asked = {.answer = std::move(*answer),
                                       .host_challenge = std::move(*challenge),
                                       .assumed_derivation = derivation_.value(),
                                       .announced_i = selection_.scp02_i(),
                                       .applications = selection_.applications()},
                             .line = exchange.line});
  }

  /// GPShell starts in mode_201, and so opens SCP01.
  void note_mode_201() {
    for (const auto number : failures_) {
      const auto later = std::ranges::find_if(
          log_.sessions, [&](const DoctorSession& session) { return session.line > number; });
      if (later != log_.sessions.begin()) std::prev(later)->asked.assumed_protocol = kScp01;
    }
  }

  ExchangeJoiner joiner_{[this](const LoggedExchange& exchange) { joined(exchange); }};
  LoggedSelection selection_;
  KeyFinder keys_;
  LoggedDerivation derivation_;
  DoctorLog log_;
  std::vector<std::size_t> failures_;
  bool mode_211_ = false;
};

}  // namespace

DoctorLog read_doctor_log(const std::filesystem::path& path) {
  DoctorSink sink;
  import_log(path, sink);
  return std::move(sink).finish();
}

DoctorLog parse_doctor_log(std::string_view text) {
  DoctorSink sink;
  std::istringstream in{std::string(text)};
  import_log(in, sink);
  return std::move(sink).finish();
}

}  // namespace gpsh::sessions
