// SPDX-License-Identifier: Apache-2.0
// Any bytes as commands and answers, and as the plain form that a log shows: explained, as text and as JSON.
#include <cstdlib>
#include <sstream>

#include "sessions/explain_text.h"

namespace {

using namespace gpsh;

// Instructions whose data is taken apart.
constexpr const char* kStarts[] = {"80CA", "80E6", "80D8", "80E2", "80F2", "8050", "8482",
                                   "00A4", "80E8", "0020", "84E2", "80E4", "80F0", "80CA9F7F"};
// A channel that is open: recording gpshell-26.
constexpr const char* kChannel =
    "> 80500000087E7B7BD6BBACED6B00\n< 00000346020614090044010360DF5BF9B50B977F64D0E982BC2F7192A69000\n"
    "> 8482330010EAE9727A80E0C4ED6FD4D796189BFA61\n< 9000\n";

class Checker final : public sessions::ExplainSink {
 public:
  void exchange(const sessions::ExplainedExchange& exchange) override {
    if (exchange.line == 0 || exchange.name.empty() || exchange.meaning.empty()) std::abort();
    check(sessions::explain_text(exchange, "fuzz"), sessions::explain_json(exchange));
  }
  void remark(const sessions::ExplainedRemark& remark) override {
    check(sessions::explain_text(remark, "fuzz"), sessions::explain_json(remark));
  }

 private:
  static void check(const std::string& text, const std::string& json) {
    if (text.empty() || text.back() != '\n' || json.find('\n') != std::string::npos) std::abort();
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 6) return 0;
  const auto bytes = ByteView(data, size);
  const auto half = 6 + (size - 6) / 2;
  std::string text = (data[0] & 0x80) != 0 ? kChannel : "";
  text += "mode_211\n> ";
  const auto body = bytes.subspan(5, std::min<std::size_t>(half - 5, 255));
  text += std::string(kStarts[data[0] % std::size(kStarts)]).substr(0, 4);
  text += to_hex(data[1]) + to_hex(data[2]) + to_hex(static_cast<std::uint8_t>(body.size())) + to_hex(body);
  text += "\n< " + to_hex(bytes.subspan(half)) + ((data[3] & 1) != 0 ? "9000\n" : "6985\n");
  text += "> 80CA" + to_hex(data[1]) + to_hex(data[2]) + "00\n< " + to_hex(bytes.subspan(5)) + "9000\n";
  text += "get_secure_channel_protocol_details() returns 0x80206985\n";
  std::istringstream in(text);
  Checker checker;
  sessions::explain_log(in, {}, checker);
  return 0;
}
