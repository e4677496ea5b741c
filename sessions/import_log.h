// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sessions/importers/entry_reader.h"
#include "sessions/logged_exchange.h"

namespace gpsh::sessions {

/// What an import found besides exchanges.
struct ImportSummary {
  std::string_view tool{};  ///< whose format most entries have, of kLogFormats, or "gpsh"; empty without any
  std::size_t exchanges = 0;
  std::size_t not_understood = 0;  ///< entries that cannot be read or belong to no exchange, lines of hex too
  std::optional<CutEntry> cut{};   ///< the first entry with half a byte or too few
};

/// Receives what an import finds, in the order of the log.
class ImportSink {
 public:
  virtual ~ImportSink() = default;
  virtual void exchange(LoggedExchange exchange) = 0;
  /// Every line of the log, before the exchanges it completes.
  virtual void line(const LogLine&) {}
  /// At the end: the plain command that the log breaks off with, its wire form and its answer are missing.
  virtual void unsent(ByteView /*plain*/, std::size_t /*line*/) {}
};

/// Reads a log of any tool, of any size, in memory that does not grow with it; prose is skipped. Where no
/// format of formats.h fits a single line, every line that is an APDU by its form counts: a command, then its
/// response. Any bytes will do as input. A recording of gpsh is read as one: then any change of it throws
/// Error as parse_recording() does; `file` names it in messages.
ImportSummary import_log(std::istream& in, ImportSink& sink, std::string_view file = "the recording");
/// The same for a file. Throws Error (file, "unreadable-log").
ImportSummary import_log(const std::filesystem::path& path, ImportSink& sink);

/// A log in memory, for those who need it whole.
struct ImportedLog {
  std::vector<LoggedExchange> exchanges{};  ///< at least one
  std::string_view tool{};                  ///< as in ImportSummary
  std::size_t not_understood = 0;
};

/// Takes the exchanges out of the text of a log that must be complete; `file` names it in messages. Of
/// GPShell the wire form is `Wrapped command`, or each `Chained command` that follows it; a `Command`
/// answered without either was sent as it stands. A command without an answer is kept, with an empty
/// response. Throws Error (file): "cut-hex" with the line of an odd number of digits or of
/// fewer than the log says, "empty-log" when there is no exchange at all.
[[nodiscard]] ImportedLog parse_log(std::string_view text, std::string_view file);
/// The same for a file; messages call it by its base name. Throws Error (file, "unreadable-log") too.
[[nodiscard]] ImportedLog load_log(const std::filesystem::path& path);

/// What to do where a log shows too little: the tools whose logs are read, and what makes them show APDUs.
inline constexpr std::string_view kLogsThatAreRead =
    "record the session with its APDUs: enable_trace in GPShell, -d in GlobalPlatformPro, -s in opensc-tool "
    "(OpenSC), --apdu in pcscd (pcsc-lite); logs of JCShell, securo-gp, GPJ and pySim are read too, as "
    "is any text with commands and responses in hex";

/// Throws the Error of a log without exchange.
[[noreturn]] void empty_log(std::string_view file);

/// A stream of the file's bytes. Throws Error (file, "unreadable-log").
[[nodiscard]] std::ifstream open_log(const std::filesystem::path& path);

}  // namespace gpsh::sessions
