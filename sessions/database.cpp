// SPDX-License-Identifier: Apache-2.0
#include "sessions/database.h"

#include <sqlite3.h>

#include <utility>

namespace gpsh::sessions {
namespace {

constexpr int kWaitMilliseconds = 10000;
constexpr int kPrimaryCodeMask = 0xFF;

Error damaged(const std::string& path, const char* reason) {
  return Error({.kind = ErrorKind::file,
                .code = "ledger-damaged",
                .message = "the ledger " + path + " is damaged: " + reason,
                .advice = "move it away; cards that were counted in it may have fewer tries left than a new "
                          "ledger can know"});
}

Error unusable(const std::string& path, const char* reason, Purpose purpose) {
  if (purpose == Purpose::read) {
    return Error({.kind = ErrorKind::file,
                  .code = "ledger-unreadable",
                  .message = "the ledger " + path + " cannot be read: " + reason,
                  .advice = "check the rights of the file and its folder"});
  }
  return Error({.kind = ErrorKind::file,
                .code = "ledger-unwritable",
                .message = "the ledger " + path + " cannot be written: " + reason,
                .advice =
                    "gpsh counts failed authentications in it and does not authenticate without it; check "
                    "free space and the rights of the folder, or set XDG_STATE_HOME"});
}

}  // namespace

void Database::Close::operator()(sqlite3* handle) const {
  sqlite3_close_v2(handle);
}

void Statement::Finalize::operator()(sqlite3_stmt* handle) const {
  sqlite3_finalize(handle);
}

Database::Database(std::filesystem::path path, Purpose purpose) : path_(std::move(path)), purpose_(purpose) {
  const int create = purpose == Purpose::write ? SQLITE_OPEN_CREATE : 0;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path_.c_str(), &handle,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE | create, nullptr);
  handle_.reset(handle);
  check(code);
  sqlite3_busy_timeout(handle, kWaitMilliseconds);
  // EXTRA also synchronises the folder once the journal is gone: else a power cut could bring it back, and
  // with it the state before the commit.
  execute("PRAGMA synchronous = EXTRA");
}

void Database::execute(const char* sql) {
  check(sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr));
}

std::int64_t Database::number(const char* sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.number(0) : 0;
}

std::int64_t Database::last_row_id() const {
  return sqlite3_last_insert_rowid(handle_.get());
}

std::int64_t Database::changed_rows() const {
  return sqlite3_changes(handle_.get());
}

void Database::check(int code) const {
  if (code != SQLITE_OK) fail(code);
}

void Database::fail(int code) const {
  const int primary = code & kPrimaryCodeMask;
  const char* reason = sqlite3_errstr(code);
  if (primary == SQLITE_NOTADB || primary == SQLITE_CORRUPT) throw damaged(path_.string(), reason);
  throw unusable(path_.string(), reason, purpose_);
}

Statement::Statement(Database& database, const char* sql) : database_(database) {
  sqlite3_stmt* handle = nullptr;
  database_.check(sqlite3_prepare_v2(database_.handle_.get(), sql, -1, &handle, nullptr));
  handle_.reset(handle);
}

Statement& Statement::bind(std::int64_t value) {
  database_.check(sqlite3_bind_int64(handle_.get(), ++bound_, value));
  return *this;
}

Statement& Statement::bind(const std::string& text) {
  database_.check(
      sqlite3_bind_text64(handle_.get(), ++bound_, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind(ByteView bytes) {
  if (bytes.empty()) {
    database_.check(sqlite3_bind_zeroblob(handle_.get(), ++bound_, 0));
  } else {
    database_.check(
        sqlite3_bind_blob64(handle_.get(), ++bound_, bytes.data(), bytes.size(), SQLITE_TRANSIENT));
  }
  return *this;
}

Statement& Statement::bind_nothing() {
  database_.check(sqlite3_bind_null(handle_.get(), ++bound_));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_.fail(code);
  return false;
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(handle_.get(), column);
}

std::string Statement::text(int column) const {
  const auto bytes = this->bytes(column);
  return {bytes.begin(), bytes.end()};
}

Bytes Statement::bytes(int column) const {
  const auto* first = static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
  return first == nullptr ? Bytes{} : to_bytes(ByteView(first, size));
}

bool Statement::null(int column) const {
  return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

WriteTransaction::WriteTransaction(Database& database) : database_(database) {
  database_.execute("BEGIN IMMEDIATE");
}

WriteTransaction::~WriteTransaction() {
  if (!open_) return;
  try {
    database_.execute("ROLLBACK");
  } catch (const Error&) {
    // SQLite has rolled back by itself, or will when the file is opened again.
  }
}

void WriteTransaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

}  // namespace gpsh::sessions
