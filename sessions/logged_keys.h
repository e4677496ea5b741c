// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "gp/keys.h"
#include "sessions/broken_line.h"
#include "sessions/key_words.h"

namespace gpsh::sessions {

/// Keys that a log shows: of -key all three places, else those given.
struct LoggedKeys {
  gp::KeySet keys{};
  std::size_t line = 0;  ///< of the first of them, 1 is the first
};

/// Session keys that a tool printed; any may be empty.
struct LoggedSessionKeys {
  gp::Secret enc{};
  gp::Secret mac{};
  gp::Secret response_mac{};
  std::size_t line = 0;
};

/// Finds the keys that stand in a log, line by line: GPShell's -key, -enc_key, -mac_key, -kek_key,
/// GlobalPlatformPro's --key, --key-enc, "ENC=" and "Session keys: ENC=", pySim's, JCShell's
/// 255/1/DES-ECB/..., JCManager's "S_ENC:" and "session MAC key is", each followed by 16, 24 or 32 bytes of
/// hex. Keys that stand alone in neighbouring lines make a set; a line that a console broke is joined where
/// that gives more keys. A set that came before is not repeated; at most kMost of each kind are kept.
class KeyFinder {
 public:
  static constexpr std::size_t kMost = 64;

  void line(std::string_view text, std::size_t number);
  /// Call it after the last line.
  void finish();

  [[nodiscard]] std::vector<LoggedKeys>& keys() { return keys_; }
  [[nodiscard]] std::vector<LoggedSessionKeys>& session_keys() { return session_keys_; }

 private:
  struct Found;  // the keys of one line

  void take(Found found, std::size_t number);
  void take_broken();
  void keep(LoggedKeys set);
  void keep(LoggedSessionKeys set);

  std::vector<LoggedKeys> keys_;
  std::vector<LoggedSessionKeys> session_keys_;
  std::optional<LoggedKeys> open_{};  // a set of keys that stand alone
  std::optional<LoggedSessionKeys> open_session_{};
  std::size_t last_line_ = 0;
  std::size_t session_line_ = 0;  // the last that speaks of session keys, 0 none
  KeyContext context_ = KeyContext::static_keys;
  BrokenLine broken_;
  std::size_t broken_line_ = 0;  // of its first row
  KeyContext broken_context_ = KeyContext::static_keys;
};

/// The static keys of a whole text.
[[nodiscard]] std::vector<LoggedKeys> find_logged_keys(std::string_view text);

}  // namespace gpsh::sessions
