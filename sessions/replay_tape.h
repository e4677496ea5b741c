// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/observer.h"
#include "sessions/logged_exchange.h"
#include "sessions/recording.h"

namespace gpsh::sessions {

/// Exchanges that a script did not ask for.
struct Leftover {
  std::size_t count = 0;
  LoggedExchange first;
};

/// What happened in a log or a recording, in its order, and the place a replay has reached. One tape is
/// shared by all connections of a run, so that a script that connects anew goes on where it was.
///
/// Where a recording with `Events::all` ends without an end of its run, what is asked of it is an Error
/// (card) "replay-incomplete" instead of "replay-end" or "replay-mismatch".
///
/// What differs from the tape is an Error (card) whose code starts with "replay-"; the first one stays, and
/// is thrown again by whatever is asked afterwards.
class ReplayTape {
 public:
  /// Of a log: exchanges alone. `file` is its name in messages and in the reader's name.
  ReplayTape(std::string file, std::vector<LoggedExchange> exchanges);
  /// Of a recording: also connections, readers and what failed; commands and results only where
  /// `Events::all` asks for them, and then a ReplayJudge has to take them.
  enum class Events { of_the_card, all };
  ReplayTape(std::string file, Recording recording, Events events);

  /// The recorded answer, if `apdu` is the next wire command; the tape then moves on. Of a log that command
  /// may lack the Le 00 that `apdu` ends with: older versions of GPShell left it out.
  /// Throws Error: card "replay-mismatch" when another command is next (the tape stays), card "replay-end"
  /// when none is, reader "replay-no-answer" when there is no answer, and the recorded Error.
  Bytes answer(ByteView apdu);

  /// What a person should know of the last answer: once a run, that a Le was passed over ("replay-le").
  [[nodiscard]] std::optional<Remark> take_remark();

  /// The host challenge of the next INITIALIZE UPDATE at or after the place reached (GPCS 2.3.1 section
  /// E.5.1). Throws Error (card): "replay-end" without one, "replay-mismatch" when it is not `count` bytes.
  [[nodiscard]] Bytes host_challenge(std::size_t count);

  /// The card connected to. A log does not say: always T=1, as it shows joined answers, and the shortest ATR.
  /// Throws the recorded Error, or Error "replay-mismatch" where the recording does not connect.
  [[nodiscard]] ConnectionInfo connect();
  /// The recorded readers; one, "Replay of FILE", of a log. Throws as connect() does.
  [[nodiscard]] std::vector<ReaderInfo> readers();
  /// Throws the recorded Error if this call failed here; else nothing happens.
  void call(CardCall call);
  /// Whether the recorded run was interrupted here.
  [[nodiscard]] bool interrupted() const;

  /// Nothing when all exchanges were used.
  [[nodiscard]] std::optional<Leftover> leftover() const;

  // For a ReplayJudge.
  /// Whether nothing is left of a recording that has no end: its run was ended from outside, or it was cut.
  [[nodiscard]] bool is_cut_here() const { return has_no_end_ && next() == nullptr; }
  /// Null at the end.
  [[nodiscard]] const RecordedEvent* next() const;
  void advance() { ++next_; }
  /// Keeps the difference, and throws it.
  [[noreturn]] void differ(Error error);
  void stop_if_different() const;
  [[nodiscard]] const std::optional<Error>& difference() const { return difference_; }
  /// "FILE, line 7" of the next event, or "the end of FILE".
  [[nodiscard]] std::string place() const;

 private:
  template <typename What>
  [[nodiscard]] const What* next_as() const;
  [[noreturn]] void no_exchange_for(ByteView apdu);
  [[nodiscard]] bool is_expected(ByteView apdu, const LoggedExchange& expected);
  [[noreturn]] void nothing_left(std::string_view code, std::string message);
  [[noreturn]] void not_recorded(const std::string& what);

  std::string file_;
  std::vector<RecordedEvent> events_;
  bool log_ = false;
  bool has_no_end_ = false;
  std::size_t next_ = 0;
  std::optional<Error> difference_;
  std::optional<Remark> remark_;
  bool remarked_ = false;
};

}  // namespace gpsh::sessions
