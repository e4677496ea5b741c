// SPDX-License-Identifier: Apache-2.0
// Any text as a recording, and any fields behind check values that fit.
#include "sessions/recording.h"
#include "core/error.h"
#include "sessions/recording_line.h"

namespace {

using namespace gpsh;

constexpr std::string_view kHeader =
    R"({"format":"gpsh-recording","version":1,"gpsh":"0","script":null,"script_sha256":"","options":)"
    R"({"wire":"gpsh","lenient":false,"no_check":false,"force":false},"reader":null})";

// Beginnings that get past the first fields.
constexpr std::string_view kBeginnings[] = {"",
                                            "{",
                                            R"({"event":"exchange","us":1,"response":"9000","wire":")",
                                            R"({"event":"exchange","us":1,"wire":"00","failure":{"kind":)",
                                            R"({"event":"readers","readers":[)",
                                            R"({"event":"result","status":"failed","code":)",
                                            R"({"event":"failure","call":)"};

void read(const std::string& text) {
  try {
    static_cast<void>(sessions::parse_recording(text, "fuzz").exchanges());
  } catch (const Error&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string rest(data + 1, data + size);
  read(rest);
  sessions::LineSeal seal;
  const auto header = seal.seal(kHeader) + "\n";
  const auto object = std::string(kBeginnings[data[0] % std::size(kBeginnings)]) + rest + "}";
  read(header + seal.seal(object) + "\n");
  read(header + object);
  return 0;
}
