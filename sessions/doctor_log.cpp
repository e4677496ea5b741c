// SPDX-License-Identifier: Apache-2.0
#include "sessions/doctor_log.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/apdu.h"
#include "core/error.h"
#include "sessions/hex_runs.h"
#include "sessions/importers/gpshell_log.h"
#include "sessions/logged_selection.h"

namespace gpsh::sessions {
namespace {

constexpr std::uint8_t kClass = 0x80;
constexpr std::uint8_t kInitializeUpdate = 0x50;
constexpr std::uint8_t kScp01 = 1;
constexpr std::array<std::size_t, 2> kChallengeLengths = {8, 16};
constexpr std::size_t kShortestCommand = 5 + 8;
constexpr std::size_t kLongestCommand = 5 + 16 + 1;
constexpr std::size_t kStatusWordBytes = 2;
constexpr std::string_view kCryptogramFailed = "mutual_authentication() returns 0x80302000";
constexpr std::string_view kMode211 = "mode_211";

/// The host challenge, if this is an INITIALIZE UPDATE.
std::optional<Bytes> host_challenge_of(ByteView bytes) {
  if (bytes.size() < kShortestCommand || bytes.size() > kLongestCommand) return std::nullopt;
  try {
    auto command = CommandApdu::parse(bytes);
    const bool known = command.cla == kClass && command.ins == kInitializeUpdate;
    if (!known || std::ranges::find(kChallengeLengths, command.data.size()) == kChallengeLengths.end()) {
      return std::nullopt;
    }
    return std::move(command.data);
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::optional<gp::InitializeUpdateResponse> parsed(ByteView data) {
  try {
    return gp::InitializeUpdateResponse::parse(data);
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// The answer with 9000, or its data alone as some tools show it.
std::optional<gp::InitializeUpdateResponse> answer_of(ByteView response) {
  if (response.size() > kStatusWordBytes) {
    const auto apdu = ResponseApdu::parse(response);
    if (apdu.sw.ok()) {
      if (auto answer = parsed(apdu.data)) return answer;
    }
  }
  return parsed(response);
}

DoctorSession session_of(gp::InitializeUpdateResponse answer, Bytes host_challenge,
                         const LoggedSelection& selection) {
  return {.asked = {.answer = std::move(answer),
                    .host_challenge = std::move(host_challenge),
                    .announced_i = selection.scp02_i(),
                    .applications = selection.applications()}};
}

std::vector<DoctorSession> sessions_in_trace(std::string_view text, std::string_view file) {
  std::vector<DoctorSession> sessions;
  try {
    LoggedSelection selection;
    for (const auto& exchange : parse_gpshell_log(text, file).exchanges) {
      selection.exchange(exchange.wire_command, exchange.wire_response);
      auto challenge = host_challenge_of(exchange.wire_command);
      auto answer = challenge ? answer_of(exchange.wire_response) : std::nullopt;
      if (!answer) continue;
      sessions.push_back(session_of(std::move(*answer), std::move(*challenge), selection));
      sessions.back().line = exchange.line;
    }
  } catch (const Error&) {
    return {};  // not GPShell's, or damaged: the text itself is searched
  }
  return sessions;
}

/// 9000 or 6xxx; a number between command and answer seldom looks so.
bool ends_with_status_word(ByteView run) {
  if (run.size() < kStatusWordBytes) return false;
  const auto sw = ResponseApdu::parse(run).sw;
  return sw.ok() || sw.sw1() >> 4 == 0x6;
}

/// Pairs commands and answers of any text, line by line.
class PairFinder {
 public:
  void line(std::string_view text, std::size_t number) {
    for (const auto& run : hex_runs(text)) {
      if (auto challenge = host_challenge_of(run)) {
        challenge_ = std::move(challenge);
        line_ = number;
      } else if (LoggedSelection::concerns(run)) {
        command_ = run;
        command_line_ = number;
      } else if (challenge_ && number > line_) {
        take_answer(run);
      } else if (!command_.empty() && number > command_line_ && ends_with_status_word(run)) {
        selection_.exchange(command_, run);
        command_.clear();
      }
    }
  }
  std::vector<DoctorSession> finish() && { return std::move(sessions_); }

 private:
  void take_answer(ByteView run) {
    if (auto answer = answer_of(run)) {
      sessions_.push_back(session_of(std::move(*answer), std::move(*challenge_), selection_));
      sessions_.back().line = line_;
      challenge_.reset();
    }
  }

  std::vector<DoctorSession> sessions_;
  std::optional<Bytes> challenge_;  ///< of an INITIALIZE UPDATE without answer so far
  std::size_t line_ = 0;
  LoggedSelection selection_;
  Bytes command_;  ///< another one that waits for its answer
  std::size_t command_line_ = 0;
};

template <class Use>
void for_each_line(std::string_view text, Use&& use) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    use(text.substr(0, end), number);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// GPShell starts in mode_201, and so opens SCP01.
void note_mode_201(std::vector<DoctorSession>& sessions, std::string_view text) {
  if (text.find(kMode211) != std::string_view::npos) return;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    if (line.find(kCryptogramFailed) == std::string_view::npos) return;
    const auto later =
        std::ranges::find_if(sessions, [&](const DoctorSession& session) { return session.line > number; });
    if (later != sessions.begin()) std::prev(later)->asked.assumed_protocol = kScp01;
  });
}

}  // namespace

DoctorLog read_doctor_log(std::string_view text, std::string_view file) {
  DoctorLog log{.sessions = sessions_in_trace(text, file), .keys = find_logged_keys(text)};
  if (log.sessions.empty()) {
    PairFinder finder;
    for_each_line(text, [&](std::string_view line, std::size_t number) { finder.line(line, number); });
    log.sessions = std::move(finder).finish();
  }
  note_mode_201(log.sessions, text);
  return log;
}

}  // namespace gpsh::sessions
