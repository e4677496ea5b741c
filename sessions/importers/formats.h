// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "sessions/importers/log_entry.h"

namespace gpsh::sessions {

// One function a format, each in a source of its own: the entry that a line begins, or nothing when the line
// is not this format's. A line comes without blanks around it.

/// GPShell 1.3 to 3.0: "Command -->", "Wrapped command -->", "Chained command -->", "Response <--",
/// "Unwrapped response <--", with arrows of one or two dashes.
[[nodiscard]] std::optional<LogEntry> gpshell_entry(std::string_view line);
/// Where a GPShell entry begins behind other text in a line that lost its line ends; the length of the line
/// without one.
[[nodiscard]] std::size_t next_gpshell_label(std::string_view line);
/// GlobalPlatformPro: "A>> T=1 (4+0008) 80500000 08 ... 00" and "A<< (0028+2) (45ms) ... 9000".
[[nodiscard]] std::optional<LogEntry> gp_jar_entry(std::string_view line);
/// GPJ: "DEBUG: Command APDU: ..." and "DEBUG: Response APDU: ...".
[[nodiscard]] std::optional<LogEntry> gpj_entry(std::string_view line);
/// securo-gp: "TX - Wrap-> ...", "RX - Wrap < -...", and the same with Plain.
[[nodiscard]] std::optional<LogEntry> securo_entry(std::string_view line);
/// JCShell: "=> ...", "(8301 usec)", "<= ...", 16 bytes a line with a column of text.
[[nodiscard]] std::optional<LogEntry> jcshell_entry(std::string_view line);
/// opensc-tool -s: "Sending: ..." and "Received (SW1=0x90, SW2=0x00):" with a dump below; OpenSC's debug log:
/// "Outgoing APDU (13 bytes):" and "Incoming APDU (30 bytes):" with a dump below.
[[nodiscard]] std::optional<LogEntry> opensc_entry(std::string_view line);
/// pcscd --apdu: "00000012 APDU: ..." and "00000345 SW: ...". Its CCID frames are left aside.
[[nodiscard]] std::optional<LogEntry> pcsc_lite_entry(std::string_view line);
/// pySim: "-> 8050000008 ..." and "<- 9000: ..." with the status word first.
[[nodiscard]] std::optional<LogEntry> pysim_entry(std::string_view line);
/// JCManager and JCardManager: "-> ..." and "<- ..."; scriptor and others: "> ..." and "< ... : text".
[[nodiscard]] std::optional<LogEntry> arrow_entry(std::string_view line);
/// Any tool that writes a word and a colon: "[SEND]: ...", "C-APDU: ...", "Response: ...".
[[nodiscard]] std::optional<LogEntry> labelled_entry(std::string_view line);
/// NXP's middleware and others: a line that says the direction ("Tx> (Len=13)", "APDU Rx:"), a dump below.
[[nodiscard]] std::optional<LogEntry> hex_dump_entry(std::string_view line);

struct LogFormat {
  std::string_view name;  ///< of the tool
  std::optional<LogEntry> (*entry)(std::string_view line);
};

/// In the order in which a line is tried.
inline constexpr std::array kLogFormats = {
    LogFormat{"GPShell", gpshell_entry},  LogFormat{"GlobalPlatformPro", gp_jar_entry},
    LogFormat{"securo-gp", securo_entry}, LogFormat{"JCShell", jcshell_entry},
    LogFormat{"OpenSC", opensc_entry},    LogFormat{"pcsc-lite", pcsc_lite_entry},
    LogFormat{"GPJ", gpj_entry},          LogFormat{"pySim", pysim_entry},
    LogFormat{"arrows", arrow_entry},     LogFormat{"hex dump", hex_dump_entry},
    LogFormat{"labels", labelled_entry},
};

/// The hex of a line as an entry of this kind, where it is long enough for one and, for a command, where its
/// lengths add up as far as the line shows it.
[[nodiscard]] std::optional<LogEntry> plausible_entry(EntryKind kind, std::string_view text);
/// The line without time stamps, numbers, brackets, log levels and marks of quotation in front: "12:00:01,5
/// INFO - TX" is "TX".
[[nodiscard]] std::string_view without_stamp(std::string_view line);

}  // namespace gpsh::sessions
