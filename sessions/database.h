// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/bytes.h"
#include "core/error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace gpsh::sessions {

/// What a database is opened for: the words of an error depend on it.
enum class Purpose { read, write };

/// One SQLite file. What is committed survives a killed process and a power cut: rollback journal, everything
/// synchronised. Other processes are waited for, ten seconds at most. Errors are Error (file):
/// "ledger-unreadable" or "ledger-unwritable" by purpose, "ledger-damaged" where it is no sound database.
class Database {
 public:
  /// `Purpose::write` creates the file; `Purpose::read` does not, and also reads where nothing can be
  /// written.
  Database(std::filesystem::path path, Purpose purpose);

  void execute(const char* sql);
  [[nodiscard]] std::int64_t number(const char* sql);
  [[nodiscard]] std::int64_t last_row_id() const;
  [[nodiscard]] std::int64_t changed_rows() const;

 private:
  friend class Statement;
  void check(int code) const;
  [[noreturn]] void fail(int code) const;

  struct Close {
    void operator()(sqlite3* handle) const;
  };
  std::filesystem::path path_;
  Purpose purpose_;
  std::unique_ptr<sqlite3, Close> handle_;
};

/// One SQL statement: parameters in their order, then step() for each row. Must not outlive the database.
class Statement {
 public:
  Statement(Database& database, const char* sql);

  Statement& bind(std::int64_t value);
  Statement& bind(const std::string& text);
  Statement& bind(ByteView bytes);
  Statement& bind_nothing();

  /// Whether there is a row.
  bool step();
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] Bytes bytes(int column) const;
  [[nodiscard]] bool null(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const;
  };
  Database& database_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
  int bound_ = 0;
};

/// From the start the only writer; rolled back unless committed.
class WriteTransaction {
 public:
  explicit WriteTransaction(Database& database);
  ~WriteTransaction();
  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;

  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace gpsh::sessions
