// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "gp/ledger.h"
#include "sessions/attempts_under_way.h"
#include "sessions/database.h"

namespace gpsh::sessions {

/// $XDG_STATE_HOME/gpsh/ledger.db, where that is an absolute path, else ~/.local/state/gpsh/ledger.db. Empty
/// when neither XDG_STATE_HOME nor HOME says where that is.
[[nodiscard]] std::filesystem::path user_ledger_path();

/// The ledger on disk, for several programs at once. Holds readers' names, ATRs, AIDs, key versions, times
/// and SHA-256 values; no keys. The file is made at the first begin(), readable by its owner only, in a
/// folder (made with all it needs) that only the owner can enter. Errors: Database's, and Error (file,
/// "ledger-version") for a file of a newer gpsh. Nothing stays open between two calls.
class LedgerStore final : public gp::Ledger {
 public:
  using Clock = std::function<std::chrono::system_clock::time_point()>;

  /// Touches nothing yet. With an empty path begin() throws: there is no place to count in.
  explicit LedgerStore(std::filesystem::path path, Clock clock = std::chrono::system_clock::now);
  /// One of several ledgers of a program, for a card of its own; none counts what another has under way. An
  /// attempt that nobody ends is under way until the next one, or the end of the ledger.
  LedgerStore(std::filesystem::path path, std::shared_ptr<AttemptsUnderWay> of_all);

  [[nodiscard]] bool has_open_attempts(ByteView atr) override;
  [[nodiscard]] gp::BegunAttempt begin(const gp::AttemptPlace& place, gp::OverLimit over_limit) override;
  [[nodiscard]] unsigned identify(gp::AttemptId id, const gp::CardIdentity& identity) override;
  void withdraw(gp::AttemptId id) override;
  void succeed(gp::AttemptId id) override;

  /// Oldest first, also those under way; none where there is no file.
  [[nodiscard]] std::vector<gp::OpenAttempt> open_attempts();
  /// Returns how many were removed: none or one.
  std::size_t clear(gp::AttemptId id);
  std::size_t clear_all();

 private:
  [[nodiscard]] bool exists() const;
  void prepare_file() const;
  [[nodiscard]] Database open_for_writing() const;
  [[nodiscard]] std::vector<gp::OpenAttempt> without_others(std::vector<gp::OpenAttempt> open) const;

  std::filesystem::path path_;
  Clock clock_;
  std::shared_ptr<AttemptsUnderWay> of_all_;
  std::unique_ptr<AttemptUnderWay> own_;  ///< null: none is under way
};

}  // namespace gpsh::sessions
