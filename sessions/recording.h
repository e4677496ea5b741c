// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/card_access.h"
#include "core/error.h"
#include "gp/wire.h"
#include "sessions/logged_exchange.h"

namespace gpsh::sessions {

// docs/recording-format.md describes the file; these are its lines as values.

/// How the recorded run was started, as far as it changes what is sent.
struct RecordedOptions {
  gp::Wire wire = gp::Wire::gpsh;
  bool lenient = false;
  bool no_check = false;
  bool force = false;

  friend bool operator==(const RecordedOptions&, const RecordedOptions&) = default;
};

struct RecordingHeader {
  std::string gpsh{};                   ///< the version that recorded
  std::optional<std::string> script{};  ///< relative to the recording's folder; absent: not a file
  std::string script_sha256{};          ///< 64 hex digits; empty: there was no script
  RecordedOptions options{};
  std::optional<ConnectionInfo> card{};  ///< of the first connection; absent: there was none
  /// The tool whose log was imported, "unknown" where that could not be told; absent: gpsh recorded. Such a
  /// recording has exchanges alone.
  std::optional<std::string> imported_from{};
};

/// An Error as a recording keeps it.
struct RecordedFailure {
  std::string code{};
  ErrorFacts facts{};  ///< its code is left empty: a literal is wanted there

  /// The Error again. Its code is valid as long as this object.
  [[nodiscard]] Error error() const;
};

/// What is asked of the way to a card besides exchanges.
enum class CardCall { establish_context, release_context, list_readers, connect, reset, transaction };

struct RecordedCommand {
  std::size_t script_line = 0;
  std::string text{};
};
/// An APDU and its answer.
struct RecordedExchange {
  LoggedExchange apdus{};
  std::size_t hidden = 0;  ///< data bytes that plain_command lacks, because they may be secret
  std::optional<RecordedFailure> failure{};  ///< why there is no answer
  std::chrono::microseconds duration{};
};
/// The answer to the last command after secure messaging, where that changed it.
struct RecordedUnwrapped {
  Bytes response{};
};
struct RecordedConnection {
  ConnectionInfo card{};
};
struct RecordedReaders {
  std::vector<ReaderInfo> readers{};
};
/// A call to the way to a card that failed.
struct RecordedCallFailure {
  CardCall call = CardCall::connect;
  RecordedFailure failure{};
};
/// How a command ended.
struct RecordedResult {
  std::string code{};  ///< of the Error; empty: it ended well
  std::optional<StatusWord> sw{};

  friend bool operator==(const RecordedResult&, const RecordedResult&) = default;
};
struct RecordedEnd {
  int exit_code = 0;
};

using RecordedHappening =
    std::variant<RecordedCommand, RecordedExchange, RecordedUnwrapped, RecordedConnection, RecordedReaders,
                 RecordedCallFailure, RecordedResult, RecordedEnd>;

struct RecordedEvent {
  std::size_t line = 0;  ///< in the recording, 1 is the first
  RecordedHappening what{};
};

struct Recording {
  RecordingHeader header{};
  std::vector<RecordedEvent> events{};
  bool complete = false;  ///< false: the run was ended from outside, and so has no exit code

  /// Every APDU and answer in their order.
  [[nodiscard]] std::vector<LoggedExchange> exchanges() const;
};

inline constexpr std::string_view kRecordingStart = R"({"format":"gpsh-recording")";
inline constexpr int kRecordingVersion = 1;

/// Whether a text is meant to be a recording.
[[nodiscard]] bool is_recording(std::string_view text);

/// Reads the text of a recording; `file` names it in messages. A last line without line end, which a run
/// leaves that was killed, is no error: its wire command, if it is there in full, becomes an exchange without
/// answer. Any bytes will do as input. Throws Error (file, "bad-recording") with line and reason for a line
/// that was changed or is none of a recording, (file, "recording-version") for a later version, (file,
/// "empty-recording").
[[nodiscard]] Recording parse_recording(std::string_view text, std::string_view file);

}  // namespace gpsh::sessions
