// SPDX-License-Identifier: Apache-2.0
// Any text as a log of any tool: imported, its keys found, its channels recomputed. Every finding is one
// line.
#include <cstdlib>
#include <sstream>

#include "core/error.h"
#include "sessions/verify.h"

namespace {

using namespace gpsh;

// Lines of each format, so that inputs get behind the importers: recordings gpshell-26 and gpshell-21.
constexpr const char* kStarts[] = {
    "",
    "Command --> 80500000087E7B7BD6BBACED6B00\nWrapped command --> 80500000087E7B7BD6BBACED6B00\nResponse "
    "<-- "
    "00000346020614090044010360DF5BF9B50B977F64D0E982BC2F7192A69000\nWrapped command --> "
    "8482330010EAE9727A80E0C4ED6FD4D796189BFA61\nResponse <-- 9000\nWrapped command --> 84F2",
    "A>> T=1 (4+0008) 80500000 08 D067FF312745EBE5 00\nA<< (0028+2) (45ms) "
    "000021619600596445050102000E2E07A5F0A58F617901CC45908A6D 9000\nA>> T=1 (4+",
    "=> 80 50 00 00 08 D0 67 FF 31 27 45 EB E5    .P\n(12 usec)\n<= 00 00 21 61 96 00 59 64 45 05 01 02 00 "
    "0E 2E 07 "
    ".\n A5 F0 A5 8F 61 79 01 CC 45 90 8A 6D 90 00\n=> 84",
    "Sending: 80 CA 00 66 00\nReceived (SW1=0x90, SW2=0x00):\n",
    "00000001 APDU: 80 CA 00 66 00\n00000002 SW: ",
    "-> 80ca006600\n<- 9000: ",
    "Tx> (Len=13)\n 80 CA",
    "open_sc -enc_key 404142434445464748494A4B4C4D4E4F -mac_key ",
    "Session keys: ENC=404142434445464748494A4B4C4D4E4F MAC=",
};

class Checker final : public sessions::VerifySink {
 public:
  void verdict(const sessions::ChannelVerdict& verdict) override {
    if (verdict.commands.verified > verdict.commands.total) std::abort();
    if (verdict.responses && verdict.responses->verified > verdict.responses->total) std::abort();
  }
  void finding(const sessions::VerifyFinding& finding) override {
    if (finding.line == 0 || finding.text.find('\n') != std::string::npos) std::abort();
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string text = kStarts[data[0] % std::size(kStarts)];
  for (std::size_t at = 1; at < size; ++at) {
    // Half of the inputs are made of what logs are made of.
    constexpr char kLetters[] = "0123456789ABCDEF \n<>-=:,.() 90 00 84";
    text += data[0] < 0x80 ? kLetters[data[at] % (sizeof(kLetters) - 1)] : static_cast<char>(data[at]);
  }
  std::istringstream in(text);
  Checker checker;
  sessions::verify_log(in, {.derivations = gp::known_diversifications()}, checker);
  try {
    static_cast<void>(sessions::parse_log(text, "fuzz"));
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::file) std::abort();
  }
  return 0;
}
