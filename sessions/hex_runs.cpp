// SPDX-License-Identifier: Apache-2.0
#include "sessions/hex_runs.h"

#include <optional>

namespace gpsh::sessions {
namespace {

bool is_word_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool keeps_run(char c) {
  return c == ' ' || c == '\t' || c == ',';
}

class RunReader {
 public:
  void word(std::string_view text) {
    const auto bytes = from_hex(text);
    if (!bytes) return end();
    append(run_, *bytes);
  }
  void end() {
    if (!run_.empty()) runs_.push_back(std::move(run_));
    run_.clear();
  }
  std::vector<Bytes> finish() && {
    end();
    return std::move(runs_);
  }

 private:
  std::vector<Bytes> runs_;
  Bytes run_;
};

}  // namespace

std::vector<Bytes> hex_runs(std::string_view line) {
  RunReader reader;
  for (std::size_t at = 0; at < line.size();) {
    auto stop = at;
    while (stop < line.size() && is_word_character(line[stop])) ++stop;
    if (stop > at) {
      reader.word(line.substr(at, stop - at));
      at = stop;
    } else {
      if (!keeps_run(line[at])) reader.end();
      ++at;
    }
  }
  return std::move(reader).finish();
}

}  // namespace gpsh::sessions
