// SPDX-License-Identifier: Apache-2.0
// The ledger where processes are killed, several write at once, and the disk says no.
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <array>
#include <csignal>

#include "tests/sessions/ledger_fixture.h"
#include "tests/support/thrown_error.h"

namespace gpsh::sessions {
namespace {

namespace fs = std::filesystem;
using test::thrown_error;

/// Where a process is killed; what it did before must be there.
enum class Step { begun, identified, withdrawn, succeeded };

class KilledAt : public LedgerStoreTest, public testing::WithParamInterface<Step> {
 protected:
  void run_and_kill(Step last) {
    const auto child = start([&]() -> int {
      LedgerStore store(path);
      const auto id = begin(store);
      if (last == Step::withdrawn) store.withdraw(id);
      if (last == Step::identified || last == Step::succeeded) {
        static_cast<void>(store.identify(id, identity()));
      }
      if (last == Step::succeeded) store.succeed(id);
      raise(SIGKILL);
      return 0;
    });
    ASSERT_EQ(wait_for(child), -SIGKILL);
  }
};

TEST_P(KilledAt, TheOutcomeIsWhatWasKnown) {
  run_and_kill(GetParam());
  const bool ended = GetParam() == Step::withdrawn || GetParam() == Step::succeeded;
  const auto open = LedgerStore(path).open_attempts();
  ASSERT_EQ(open.size(), ended ? 0U : 1U);
  if (ended) return;
  EXPECT_EQ(open.front().identity.has_value(), GetParam() == Step::identified);
}

INSTANTIATE_TEST_SUITE_P(EveryStep, KilledAt,
                         testing::Values(Step::begun, Step::identified, Step::withdrawn, Step::succeeded));

using LedgerFaults = LedgerStoreTest;

TEST_F(LedgerFaults, ThreeKilledProcessesAreThreeFailures) {
  for (int round = 0; round < 3; ++round) {
    const auto child = start([&] {
      LedgerStore store(path);
      static_cast<void>(begin(store));
      return raise(SIGKILL);
    });
    ASSERT_EQ(wait_for(child), -SIGKILL);
  }
  EXPECT_FALSE(LedgerStore(path).begin(place(), gp::OverLimit::refuse).id);
}

/// The child tells of each begin(); the parent kills it while it is at the next.
TEST_F(LedgerFaults, KilledInTheMiddleOfWritingLosesNothing) {
  std::size_t told = 0;
  for (int last = 1; last <= 12; ++last) {
    std::array<int, 2> ends{};
    ASSERT_EQ(pipe(ends.data()), 0);
    const auto child = start([&]() -> int {
      for (LedgerStore store(path);;) {
        static_cast<void>(begin(store, gp::OverLimit::attempt));
        if (write(ends[1], "x", 1) != 1) return 1;
      }
    });
    char mark = 0;
    for (int heard = 0; heard < last; ++heard) ASSERT_EQ(read(ends[0], &mark, 1), 1);
    kill(child, SIGKILL);
    ASSERT_EQ(wait_for(child), -SIGKILL);
    close(ends[1]);
    told += static_cast<std::size_t>(last);
    while (read(ends[0], &mark, 1) == 1) ++told;
    close(ends[0]);
    ASSERT_GE(open_count(), told);
    ASSERT_LE(open_count(), told + static_cast<std::size_t>(last))
        << "one a round may be written and not told";
  }
}

TEST_F(LedgerFaults, SeveralProcessesAllCount) {
  constexpr int kProcesses = 4;
  constexpr int kEach = 10;
  std::vector<pid_t> children;
  children.reserve(kProcesses);
  for (int process = 0; process < kProcesses; ++process) {
    children.push_back(start([&] {
      LedgerStore store(path);
      for (int count = 0; count < kEach; ++count) {
        static_cast<void>(store.identify(begin(store, gp::OverLimit::attempt), identity()));
      }
      return 0;
    }));
  }
  for (const auto child : children) EXPECT_EQ(wait_for(child), 0);
  EXPECT_EQ(open_count(), static_cast<std::size_t>(kProcesses * kEach));
}

TEST_F(LedgerFaults, OnlyOneProcessGetsTheLastAttempt) {
  for (int round = 0; round < 5; ++round) {
    LedgerStore store(path);
    static_cast<void>(store.clear_all());
    static_cast<void>(begin(store));
    static_cast<void>(begin(store));
    const auto one_more = [&] { return LedgerStore(path).begin(place(), gp::OverLimit::refuse).id ? 1 : 0; };
    const auto one = start(one_more);
    const auto other = start(one_more);
    EXPECT_EQ(wait_for(one) + wait_for(other), 1);
    EXPECT_EQ(open_count(), 3U);
  }
}

/// 0 where begin() refuses to go on with a full disk, and the entries that were there are still there.
int begin_until_full(const fs::path& path, const gp::AttemptPlace& place) {
  std::size_t written = 0;
  for (LedgerStore store(path); written < 10000; ++written) {
    try {
      static_cast<void>(store.begin(place, gp::OverLimit::attempt));
    } catch (const Error& error) {
      if (error.code() != "ledger-unwritable" || error.kind() != ErrorKind::file) return 2;
      if (error.facts().advice.empty()) return 3;
      return LedgerStore(path).open_attempts().size() == written ? 0 : 4;
    }
  }
  return 5;
}

TEST_F(LedgerFaults, FileThatMayNotGrow) {
  const auto child = start([&] {
    const rlimit limit{.rlim_cur = 24576, .rlim_max = 24576};
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
    static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
    return begin_until_full(path, place());
  });
  EXPECT_EQ(wait_for(child), 0);
}

TEST_F(LedgerFaults, FullDisk) {
  constexpr int kNoMount = 77;
  const auto child = start([&] {
    const bool mounted = unshare(CLONE_NEWNS) == 0 &&
                         mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                         mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=64k") == 0;
    if (!mounted) return kNoMount;
    return begin_until_full(path, place());
  });
  const auto code = wait_for(child);
  if (code == kNoMount) GTEST_SKIP() << "a small file system can be mounted by root only";
  EXPECT_EQ(code, 0);
}

TEST_F(LedgerFaults, ReadOnlyFileSystem) {
  constexpr int kNoMount = 77;
  LedgerStore store(path);
  static_cast<void>(begin(store));
  const auto child = start([&] {
    const bool mounted =
        unshare(CLONE_NEWNS) == 0 && mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
        mount(folder.c_str(), folder.c_str(), nullptr, MS_BIND, nullptr) == 0 &&
        mount(nullptr, folder.c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    if (!mounted) return kNoMount;
    const auto error = thrown_error([&] { return store.begin(place(), gp::OverLimit::attempt); });
    if (error.code != "ledger-unwritable") return 2;
    return LedgerStore(path).open_attempts().size() == 1 ? 0 : 3;
  });
  const auto code = wait_for(child);
  if (code == kNoMount) GTEST_SKIP() << "a read-only file system can be mounted by root only";
  EXPECT_EQ(code, 0);
}

TEST_F(LedgerFaults, FolderThatMayNotBeWritten) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  fs::create_directories(path.parent_path());
  fs::permissions(path.parent_path(), fs::perms::owner_read | fs::perms::owner_exec);
  LedgerStore store(path);
  const auto error = thrown_error([&] { return store.begin(place(), gp::OverLimit::refuse); });
  EXPECT_EQ(error.code, "ledger-unwritable");
  fs::permissions(path.parent_path(), fs::perms::owner_all);
}

TEST_F(LedgerFaults, FileWhereTheFolderShouldBe) {
  std::ofstream(folder / "state") << "not a folder";
  LedgerStore store(path);
  const auto error = thrown_error([&] { return store.begin(place(), gp::OverLimit::refuse); });
  EXPECT_EQ(error.kind, ErrorKind::file);
  EXPECT_EQ(error.code, "ledger-unwritable");
  EXPECT_EQ(error.message,
            "the ledger " + path.string() + " cannot be written: unable to open database file");
  EXPECT_EQ(
      error.advice,
      "gpsh counts failed authentications in it and does not authenticate without it; check free space and "
      "the rights of the folder, or set XDG_STATE_HOME");
}

TEST_F(LedgerFaults, NotADatabase) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << std::string(4096, 'x');
  LedgerStore store(path);
  const auto error = thrown_error([&] { return store.begin(place(), gp::OverLimit::refuse); });
  EXPECT_EQ(error.kind, ErrorKind::file);
  EXPECT_EQ(error.code, "ledger-damaged");
  EXPECT_EQ(error.message, "the ledger " + path.string() + " is damaged: file is not a database");
  EXPECT_EQ(
      error.advice,
      "move it away; cards that were counted in it may have fewer tries left than a new ledger can know");
  EXPECT_EQ(thrown_error([&] { return store.has_open_attempts(hex("3B00")); }).code, "ledger-damaged");
}

/// Every page overwritten in turn: an Error of the ledger's, or what was there; never something else.
TEST_F(LedgerFaults, DamagedPages) {
  LedgerStore store(path);
  for (int count = 0; count < 40; ++count) static_cast<void>(begin(store, gp::OverLimit::attempt));
  const auto whole = path.string() + ".whole";
  fs::copy_file(path, whole);
  std::size_t errors = 0;
  for (std::uintmax_t at = 0; at < fs::file_size(whole); at += 512) {
    fs::copy_file(whole, path, fs::copy_options::overwrite_existing);
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(at));
    file << std::string(512, '\x5A');
    file.close();
    try {
      static_cast<void>(store.begin(place(), gp::OverLimit::attempt));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::file);
      ++errors;
    }
  }
  EXPECT_GT(errors, 0U);
}

TEST_F(LedgerFaults, EmptyFileIsANewLedger) {
  fs::create_directories(path.parent_path());
  std::ofstream(path).flush();
  EXPECT_EQ(open_count(), 0U);
  LedgerStore store(path);
  EXPECT_EQ(store.clear_all(), 0U);
  static_cast<void>(begin(store));
  EXPECT_EQ(open_count(), 1U);
}

TEST_F(LedgerFaults, LedgerOfANewerProgram) {
  LedgerStore store(path);
  static_cast<void>(begin(store));
  Database(path, Purpose::write).execute("PRAGMA user_version = 2");
  const auto error = thrown_error([&] { return store.begin(place(), gp::OverLimit::refuse); });
  EXPECT_EQ(error.code, "ledger-version");
  EXPECT_EQ(error.message,
            "the ledger " + path.string() + " was written by a newer gpsh (version 2 of its form)");
  EXPECT_EQ(thrown_error([&] { return store.open_attempts(); }).code, "ledger-version");
}

}  // namespace
}  // namespace gpsh::sessions
