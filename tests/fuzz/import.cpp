// SPDX-License-Identifier: Apache-2.0
// One importer of foreign logs, GPSH_FORMAT of kLogFormats, or of any text where that is empty: lines of any
// bytes, and lines made of the format's own labels, hex and line ends.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <sstream>

#include "sessions/import_log.h"
#include "sessions/importers/hex_text.h"
#include "sessions/recorded_log.h"

namespace {

using namespace gpsh;

/// What stands in front of a command and of an answer.
struct Labels {
  std::string_view format;
  std::string_view command;
  std::string_view response;
};

constexpr std::array kLabels = {
    Labels{"", "", ""},
    Labels{"GPShell", "Wrapped command --> ", "Response <-- "},
    Labels{"GlobalPlatformPro", "A>> T=1 (4+0008) ", "A<< (0028+2) (45ms) "},
    Labels{"securo-gp", "TX - Wrap-> ", "RX - Wrap <- "},
    Labels{"JCShell", "=> ", "(12 usec)\n<= "},
    Labels{"OpenSC", "Sending: ", "Received (SW1=0x90, SW2=0x00):\n"},
    Labels{"pcsc-lite", "00000012 APDU: ", "00000345 SW: "},
    Labels{"GPJ", "DEBUG: Command APDU: ", "DEBUG: Response APDU: "},
    Labels{"pySim", "-> ", "<- 9000: "},
    Labels{"arrows", "--> ", "<-- "},
    Labels{"hex dump", "Tx> (Len=13)\n", "Rx< (Len=10)\n"},
    Labels{"labels", "C-APDU: ", "R-APDU: "},
};
static_assert(kLabels.size() == sessions::kLogFormats.size() + 1, "each format is fuzzed");

// NOLINTNEXTLINE(readability-redundant-string-init): it is empty in one of the programs only.
constexpr std::string_view kFormat(GPSH_FORMAT);
constexpr auto kOwn = *std::ranges::find(kLabels, kFormat, &Labels::format);

void require(bool condition) {
  if (!condition) std::abort();
}

/// The bytes choose what the text is made of.
std::string made_text(ByteView input) {
  std::string text(kOwn.command);
  for (std::size_t at = 0; at < input.size(); ++at) {
    const auto rest = input.subspan(at + 1);
    switch (input[at] % 8) {
      case 0: (text += '\n') += kOwn.command; break;
      case 1: (text += '\n') += kOwn.response; break;
      case 2: text += '\n'; break;
      case 3: text += ' '; break;
      case 4: text += "9000"; break;
      case 5: text += to_hex(input[at]); break;
      case 6: text += std::string(rest.begin(), rest.begin() + (rest.empty() ? 0 : 1)); break;
      default: {
        const auto run = rest.first(std::min<std::size_t>(rest.size(), input[at] / 8));
        text += to_hex(run);
        at += run.size();
      }
    }
  }
  return text;
}

class Checker final : public sessions::ImportSink {
 public:
  void exchange(sessions::LoggedExchange exchange) override {
    require(!exchange.wire_command.empty() && exchange.line > 0 && exchange.line <= lines_);
    ++exchanges;
  }
  void line(const sessions::LogLine& line) override {
    lines_ = line.number;
    for (const auto& format : sessions::kLogFormats) {
      if (format.name == kFormat) check(format.entry(line.text));
    }
  }

  std::size_t exchanges = 0;

 private:
  static void check(const std::optional<sessions::LogEntry>& entry) {
    if (!entry) return;
    const auto digit_or_blank = [](char c) { return sessions::is_hex_digit(c) || sessions::is_blank(c); };
    require(std::ranges::all_of(entry->digits, digit_or_blank));
    require(entry->status_word.empty() || entry->status_word.size() == 4);
    require(std::ranges::all_of(entry->status_word, sessions::is_hex_digit));
  }

  std::size_t lines_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView input(data + 1, size - 1);
  std::istringstream in(data[0] < 0x80 ? made_text(input) : std::string(input.begin(), input.end()));
  if (sessions::begins_recording(in)) return 0;  // another target's
  Checker checker;
  const auto summary = sessions::import_log(in, checker);
  require(summary.exchanges == checker.exchanges);
  return 0;
}
