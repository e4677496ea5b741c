// SPDX-License-Identifier: Apache-2.0
#include "sessions/ledger_store.h"

#include "gp/ledger_policy.h"
#include "tests/sessions/ledger_fixture.h"
#include "tests/support/thrown_error.h"

namespace gpsh::sessions {
namespace {

namespace fs = std::filesystem;
using test::thrown_error;

constexpr auto kRights = fs::perms::all;

TEST_F(LedgerStoreTest, WithoutAFileNothingIsOpenAndNothingIsMade) {
  LedgerStore store(path);
  EXPECT_FALSE(store.has_open_attempts(hex("3B00")));
  EXPECT_TRUE(store.open_attempts().empty());
  EXPECT_EQ(store.clear_all(), 0U);
  EXPECT_EQ(store.clear(1), 0U);
  EXPECT_FALSE(fs::exists(path));
}

TEST_F(LedgerStoreTest, BeginWritesWhatIsKnown) {
  const std::chrono::system_clock::time_point noon{std::chrono::seconds(1'700'000'000)};
  LedgerStore store(path, [&] { return noon; });
  const auto begun = store.begin(place(), gp::OverLimit::refuse);
  EXPECT_EQ(begun.failures, 0U);
  const auto open = LedgerStore(path).open_attempts();
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open.front(), (gp::OpenAttempt{.id = begun.id.value(), .started = noon, .place = place()}));
  EXPECT_TRUE(store.has_open_attempts(hex("3B00")));
  EXPECT_FALSE(store.has_open_attempts(hex("3B80")));
}

TEST_F(LedgerStoreTest, IdentifyAddsTheAnswer) {
  LedgerStore store(path);
  EXPECT_EQ(store.identify(begin(store), identity()), 0U);
  EXPECT_EQ(store.identify(begin(store), identity()), 1U);
  const auto open = LedgerStore(path).open_attempts();
  ASSERT_EQ(open.size(), 2U);
  EXPECT_EQ(open.back().identity, identity());
}

TEST_F(LedgerStoreTest, BlankIdentityAndEmptyFieldsComeBack) {
  LedgerStore store(path);
  const gp::AttemptPlace bare{.reader = "", .key_version = 0xFF};
  const gp::CardIdentity blank{.fingerprint = Bytes(32, 0), .unique = false, .key_version = 0xFF};
  static_cast<void>(store.identify(store.begin(bare, gp::OverLimit::refuse).id.value(), blank));
  const auto open = store.open_attempts();
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open.front().place, bare);
  EXPECT_EQ(open.front().identity, blank);
}

TEST_F(LedgerStoreTest, RefusesAfterThreeFailuresAndRecordsNothing) {
  for (unsigned failures = 0; failures < gp::kRefuseAfter; ++failures) {
    LedgerStore store(path);
    EXPECT_EQ(store.begin(place(), gp::OverLimit::refuse).failures, failures);
  }
  LedgerStore store(path);
  const auto fourth = store.begin(place(), gp::OverLimit::refuse);
  EXPECT_FALSE(fourth.id);
  EXPECT_EQ(fourth.failures, 3U);
  EXPECT_EQ(open_count(), 3U);
  EXPECT_TRUE(store.begin(place(), gp::OverLimit::attempt).id);
  EXPECT_EQ(open_count(), 4U);
  EXPECT_TRUE(store.begin(place(0x22), gp::OverLimit::refuse).id) << "another card";
}

TEST_F(LedgerStoreTest, SuccessEndsTheRow) {
  LedgerStore store(path);
  static_cast<void>(store.identify(begin(store), identity()));
  const auto other_card = store.begin(place(0x22), gp::OverLimit::refuse).id.value();
  const auto last = begin(store);
  static_cast<void>(store.identify(last, identity()));
  store.succeed(last);
  const auto open = store.open_attempts();
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open.front().id, other_card);
}

TEST_F(LedgerStoreTest, WithdrawAndClearRemoveOneAttempt) {
  LedgerStore store(path);
  const auto first = begin(store);
  const auto second = begin(store);
  store.withdraw(first);
  EXPECT_EQ(open_count(), 1U);
  EXPECT_EQ(store.clear(first), 0U);
  EXPECT_EQ(store.clear(second), 1U);
  EXPECT_EQ(open_count(), 0U);
  EXPECT_GT(begin(store), second) << "a number never names another attempt";
}

TEST_F(LedgerStoreTest, ClearAllCounts) {
  LedgerStore store(path);
  static_cast<void>(begin(store));
  static_cast<void>(begin(store));
  EXPECT_EQ(store.clear_all(), 2U);
  EXPECT_EQ(store.clear_all(), 0U);
}

TEST_F(LedgerStoreTest, AttemptRemovedMeanwhileIsNotGoneOnWith) {
  LedgerStore store(path);
  const auto id = begin(store);
  LedgerStore(path).clear_all();
  EXPECT_EQ(thrown_error([&] { return store.identify(id, identity()); }).code, "ledger-changed");
  store.succeed(id);
  EXPECT_EQ(open_count(), 0U);
}

TEST_F(LedgerStoreTest, FileRemovedMeanwhileIsNotGoneOnWith) {
  LedgerStore store(path);
  const auto id = begin(store);
  fs::remove(path);
  EXPECT_EQ(thrown_error([&] { return store.identify(id, identity()); }).kind, ErrorKind::file);
}

TEST_F(LedgerStoreTest, OnlyTheOwnerMayRead) {
  LedgerStore store(path);
  static_cast<void>(begin(store));
  EXPECT_EQ(fs::status(path).permissions() & kRights, fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(path.parent_path()).permissions() & kRights, fs::perms::owner_all);
}

TEST_F(LedgerStoreTest, HoldsNoJournalBetweenCalls) {
  LedgerStore store(path);
  static_cast<void>(store.identify(begin(store), identity()));
  const fs::directory_iterator files(path.parent_path());
  EXPECT_EQ(std::distance(files, fs::directory_iterator()), 1);
}

TEST_F(LedgerStoreTest, WithoutAPlaceNothingIsAuthenticated) {
  LedgerStore store("");
  EXPECT_FALSE(store.has_open_attempts(hex("3B00")));
  EXPECT_EQ(store.clear_all(), 0U);
  const auto error = thrown_error([&] { return store.begin(place(), gp::OverLimit::refuse); });
  EXPECT_EQ(error.code, "ledger-unwritable");
  EXPECT_EQ(error.message, "there is no place for the ledger: neither XDG_STATE_HOME nor HOME is set");
}

class UserLedgerPath : public testing::Test {
 protected:
  static void set(const char* name, const char* value) {
    if (value == nullptr) {
      unsetenv(name);
    } else {
      setenv(name, value, 1);
    }
  }
  static std::string keep(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
  }
  void TearDown() override {
    set("XDG_STATE_HOME", state_.empty() ? nullptr : state_.c_str());
    set("HOME", home_.empty() ? nullptr : home_.c_str());
  }

 private:
  std::string state_ = keep("XDG_STATE_HOME");
  std::string home_ = keep("HOME");
};

TEST_F(UserLedgerPath, StateFolderElseHome) {
  set("HOME", "/home/someone");
  set("XDG_STATE_HOME", "/state");
  EXPECT_EQ(user_ledger_path(), "/state/gpsh/ledger.db");
  for (const char* ignored : {"", "relative/state"}) {
    set("XDG_STATE_HOME", ignored);
    EXPECT_EQ(user_ledger_path(), "/home/someone/.local/state/gpsh/ledger.db");
  }
  set("XDG_STATE_HOME", nullptr);
  set("HOME", nullptr);
  EXPECT_EQ(user_ledger_path(), "");
}

}  // namespace
}  // namespace gpsh::sessions
