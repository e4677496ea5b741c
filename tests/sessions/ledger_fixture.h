// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "core/error.h"
#include "sessions/ledger_store.h"
#include "tests/support/temporary_folder.h"

namespace gpsh::sessions {

/// A ledger in a folder of its own, and processes that use it.
// GoogleTest destroys it through its base.
class LedgerStoreTest : public testing::Test {  // NOLINT(cppcoreguidelines-virtual-class-destructor)
 protected:
  [[nodiscard]] static gp::AttemptPlace place(std::uint8_t card_data = 0x11) {
    return {.reader = "Reader 0",
            .atr = hex("3B00"),
            .aid = hex("A000000003000000"),
            .key_version = 0,
            .card_data = Bytes(32, card_data)};
  }
  [[nodiscard]] static gp::CardIdentity identity() {
    return {.fingerprint = Bytes(32, 0xA1), .unique = true, .key_version = 1};
  }
  [[nodiscard]] static gp::AttemptId begin(gp::Ledger& ledger, gp::OverLimit limit = gp::OverLimit::refuse) {
    return ledger.begin(place(), limit).id.value();
  }
  [[nodiscard]] std::size_t open_count() const { return LedgerStore(path).open_attempts().size(); }

  /// A process that runs `action` and leaves with what it returns; an Error is 99.
  template <typename Action>
  [[nodiscard]] static pid_t start(Action&& action) {
    const pid_t child = fork();
    if (child != 0) return child;
    int code = 99;
    try {
      code = action();
    } catch (const Error&) {
      code = 99;
    }
    _exit(code);
  }
  /// Its exit code, or the negative number of the signal that ended it.
  [[nodiscard]] static int wait_for(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  const test::TemporaryFolder own;
  const std::filesystem::path folder = own.path;
  const std::filesystem::path path = folder / "state" / "gpsh" / "ledger.db";
};

}  // namespace gpsh::sessions
