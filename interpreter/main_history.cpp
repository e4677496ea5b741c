// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_history.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace gpsh::interpreter {
namespace {

constexpr std::size_t kKeptLines = 1000;
constexpr mode_t kOwnerOnly = 0600;

void write_all(const std::filesystem::path& path, int how, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | how, kOwnerOnly);
  if (file < 0) return;
  // A history that a person made readable for all is closed again before something is added.
  if (fchmod(file, kOwnerOnly) == 0) static_cast<void>(!write(file, text.data(), text.size()));
  close(file);
}

}  // namespace

HistoryFile::HistoryFile(std::filesystem::path path) : path_(std::move(path)) {
  if (path_.empty()) return;
  std::error_code ignored;
  const auto folder = path_.parent_path();
  if (std::filesystem::create_directories(folder, ignored))
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, ignored);
}

std::vector<std::string> HistoryFile::lines() const {
  std::vector<std::string> all;
  std::ifstream in(path_);
  for (std::string line; std::getline(in, line);) all.push_back(line);
  if (all.size() <= kKeptLines) return all;
  all.erase(all.begin(), all.end() - kKeptLines);
  std::string text;
  for (const auto& line : all) text += line + "\n";
  write_all(path_, O_TRUNC, text);
  return all;
}

void HistoryFile::append(const std::string& line) const {
  if (!path_.empty()) write_all(path_, O_APPEND, line + "\n");
}

}  // namespace gpsh::interpreter
