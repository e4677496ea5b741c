// SPDX-License-Identifier: Apache-2.0
#include "sessions/ledger_store.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <string>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "gp/ledger_policy.h"

namespace gpsh::sessions {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kSchemaVersion = 1;

// AUTOINCREMENT: a number that a user has seen never names another attempt.
constexpr auto kSchema = R"(
CREATE TABLE attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started INTEGER NOT NULL,            -- seconds since 1970, UTC
  reader TEXT NOT NULL,
  atr BLOB NOT NULL,
  aid BLOB NOT NULL,
  asked_key_version INTEGER NOT NULL,  -- P1 of INITIALIZE UPDATE
  card_data BLOB NOT NULL,             -- SHA-256, or empty
  fingerprint BLOB,                    -- SHA-256; this and the next: NULL before the answer
  is_unique INTEGER,
  key_version INTEGER
) STRICT;
PRAGMA user_version = 1;
)";

constexpr auto kSelect =
    "SELECT id, started, reader, atr, aid, asked_key_version, card_data, fingerprint, is_unique, key_version "
    "FROM attempt ORDER BY id";

/// The schema is made in the same transaction as the first entry, so no program sees half of it.
void settle_schema(Database& database) {
  const auto version = database.number("PRAGMA user_version");
  if (version == 0) database.execute(kSchema);
}

void refuse_newer(Database& database, const fs::path& path) {
  const auto version = database.number("PRAGMA user_version");
  if (version <= kSchemaVersion) return;
  throw Error({.kind = ErrorKind::file,
               .code = "ledger-version",
               .message = "the ledger " + path.string() + " was written by a newer gpsh (version " +
                          std::to_string(version) + " of its form)",
               .advice = "use that gpsh"});
}

Error no_place() {
  return Error({.kind = ErrorKind::file,
                .code = "ledger-unwritable",
                .message = "there is no place for the ledger: neither XDG_STATE_HOME nor HOME is set",
                .advice =
                    "gpsh counts failed authentications there and does not authenticate without it; set "
                    "XDG_STATE_HOME to a folder that stays"});
}

std::uint8_t byte(const Statement& row, int column) {
  return static_cast<std::uint8_t>(row.number(column));
}

gp::OpenAttempt attempt_of(const Statement& row) {
  gp::OpenAttempt attempt{
      .id = row.number(0),
      .started = std::chrono::system_clock::time_point(std::chrono::seconds(row.number(1))),
      .place = {.reader = row.text(2),
                .atr = row.bytes(3),
                .aid = row.bytes(4),
                .key_version = byte(row, 5),
                .card_data = row.bytes(6)}};
  if (!row.null(7)) {
    attempt.identity = gp::CardIdentity{
        .fingerprint = row.bytes(7), .unique = row.number(8) != 0, .key_version = byte(row, 9)};
  }
  return attempt;
}

std::vector<gp::OpenAttempt> load(Database& database) {
  std::vector<gp::OpenAttempt> open;
  if (database.number("PRAGMA user_version") == 0) return open;
  Statement row(database, kSelect);
  while (row.step()) open.push_back(attempt_of(row));
  return open;
}

const gp::OpenAttempt* find(const std::vector<gp::OpenAttempt>& open, gp::AttemptId id) {
  const auto found = std::find_if(open.begin(), open.end(),
                                  [&](const gp::OpenAttempt& attempt) { return attempt.id == id; });
  return found == open.end() ? nullptr : &*found;
}

void insert(Database& database, const gp::AttemptPlace& place, std::chrono::system_clock::time_point now) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch());
  Statement(database,
            "INSERT INTO attempt (started, reader, atr, aid, asked_key_version, card_data) "
            "VALUES (?, ?, ?, ?, ?, ?)")
      .bind(seconds.count())
      .bind(place.reader)
      .bind(place.atr)
      .bind(place.aid)
      .bind(std::int64_t{place.key_version})
      .bind(place.card_data)
      .step();
}

void erase(Database& database, gp::AttemptId id) {
  Statement(database, "DELETE FROM attempt WHERE id = ?").bind(id).step();
}

}  // namespace

fs::path user_ledger_path() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return fs::path(value == nullptr ? "" : value);
  };
  const auto state = variable("XDG_STATE_HOME");
  // A relative path there is to be ignored (XDG Base Directory Specification).
  if (state.is_absolute()) return state / "gpsh" / "ledger.db";
  const auto home = variable("HOME");
  if (home.is_absolute()) return home / ".local" / "state" / "gpsh" / "ledger.db";
  return {};
}

LedgerStore::LedgerStore(fs::path path, Clock clock)
    : path_(std::move(path)), clock_(std::move(clock)), of_all_(std::make_shared<AttemptsUnderWay>()) {}

LedgerStore::LedgerStore(fs::path path, std::shared_ptr<AttemptsUnderWay> of_all)
    : path_(std::move(path)), clock_(std::chrono::system_clock::now), of_all_(std::move(of_all)) {}

bool LedgerStore::exists() const {
  std::error_code unknown;
  return fs::status(path_, unknown).type() != fs::file_type::not_found;
}

void LedgerStore::prepare_file() const {
  std::error_code ignored;  // what is missing in the end, opening the database says
  const auto folder = path_.parent_path();
  if (!fs::is_directory(folder, ignored)) {
    fs::create_directories(folder, ignored);
    fs::permissions(folder, fs::perms::owner_all, ignored);
  }
  {
    // To close a file gives up all locks this process has on it (POSIX), also those of SQLite in another
    // thread.
    static std::mutex making;
    const std::lock_guard one_at_a_time(making);
    if (!exists()) std::ofstream(path_, std::ios::app).flush();
  }
  fs::permissions(path_, fs::perms::group_all | fs::perms::others_all, fs::perm_options::remove, ignored);
}

Database LedgerStore::open_for_writing() const {
  if (path_.empty()) throw no_place();
  prepare_file();
  return Database(path_, Purpose::write);
}

std::vector<gp::OpenAttempt> LedgerStore::without_others(std::vector<gp::OpenAttempt> open) const {
  const auto under_way = of_all_->ids();
  std::erase_if(open, [&](const gp::OpenAttempt& attempt) {
    return under_way.contains(attempt.id) && (own_ == nullptr || attempt.id != own_->id());
  });
  return open;
}

bool LedgerStore::has_open_attempts(ByteView atr) {
  const auto open = without_others(open_attempts());
  return std::any_of(open.begin(), open.end(),
                     [&](const gp::OpenAttempt& attempt) { return equal(attempt.place.atr, atr); });
}

gp::BegunAttempt LedgerStore::begin(const gp::AttemptPlace& place, gp::OverLimit over_limit) {
  own_.reset();
  auto store = open_for_writing();
  WriteTransaction transaction(store);
  refuse_newer(store, path_);
  settle_schema(store);
  const auto failures = gp::failures_before(without_others(load(store)), place);
  if (failures >= gp::kRefuseAfter && over_limit == gp::OverLimit::refuse) return {.failures = failures};
  insert(store, place, clock_());
  const auto id = store.last_row_id();
  // Before another can see it.
  auto under_way = std::make_unique<AttemptUnderWay>(of_all_, id);
  transaction.commit();
  own_ = std::move(under_way);
  return {.id = id, .failures = failures};
}

unsigned LedgerStore::identify(gp::AttemptId id, const gp::CardIdentity& identity) {
  auto store = open_for_writing();
  WriteTransaction transaction(store);
  Statement(store, "UPDATE attempt SET fingerprint = ?, is_unique = ?, key_version = ? WHERE id = ?")
      .bind(identity.fingerprint)
      .bind(std::int64_t{identity.unique ? 1 : 0})
      .bind(std::int64_t{identity.key_version})
      .bind(id)
      .step();
  const auto open = without_others(load(store));
  const auto* attempt = find(open, id);
  if (attempt == nullptr) throw gp::ledger_changed();
  transaction.commit();
  return gp::failures_before(open, *attempt);
}

void LedgerStore::withdraw(gp::AttemptId id) {
  static_cast<void>(clear(id));
  own_.reset();
}

void LedgerStore::succeed(gp::AttemptId id) {
  auto store = open_for_writing();
  WriteTransaction transaction(store);
  const auto open = without_others(load(store));
  const auto* attempt = find(open, id);
  if (attempt == nullptr) return;
  for (const auto ended : gp::ended_by_success(open, *attempt)) erase(store, ended);
  transaction.commit();
  own_.reset();
}

std::vector<gp::OpenAttempt> LedgerStore::open_attempts() {
  if (!exists()) return {};
  Database store(path_, Purpose::read);
  refuse_newer(store, path_);
  return load(store);
}

std::size_t LedgerStore::clear(gp::AttemptId id) {
  if (!exists()) return 0;
  auto store = open_for_writing();
  WriteTransaction transaction(store);
  refuse_newer(store, path_);
  if (find(load(store), id) == nullptr) return 0;
  erase(store, id);
  transaction.commit();
  return 1;
}

std::size_t LedgerStore::clear_all() {
  if (!exists()) return 0;
  auto store = open_for_writing();
  WriteTransaction transaction(store);
  refuse_newer(store, path_);
  const auto count = load(store).size();
  if (count != 0) store.execute("DELETE FROM attempt");
  transaction.commit();
  return count;
}

}  // namespace gpsh::sessions
