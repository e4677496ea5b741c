// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/state_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

#include "core/error.h"
#include "virtualcard/card_json.h"
#include "virtualcard/profile_document.h"
#include "virtualcard/random_source.h"

namespace gpsh::virtualcard {
namespace {

constexpr mode_t kOwnerOnly = 0600;
constexpr auto kCardNumber = "card_number";
constexpr std::size_t kCardNumberBytes = 16;
constexpr std::size_t kMaxState = std::size_t{64} << 20;

[[noreturn]] void fail(std::string_view code, std::string message, std::string advice) {
  throw Error(
      {.kind = ErrorKind::file, .code = code, .message = std::move(message), .advice = std::move(advice)});
}

[[noreturn]] void cannot_write(const std::string& path) {
  fail("unwritable-state", path + ": the card's state cannot be written",
       "check the path, the permissions and the space left");
}

/// Nothing when there is no such file.
std::optional<std::string> read_text(const std::string& path) {
  std::error_code unknown;
  if (!std::filesystem::exists(path, unknown) && !unknown) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  std::string text;
  std::array<char, 65536> part{};
  while (in && text.size() <= kMaxState) {
    in.read(part.data(), part.size());
    text.append(part.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (!in.is_open() || in.bad()) {
    fail("unreadable-state", path + ": the card's state cannot be read",
         "check the path and the permissions");
  }
  if (text.size() > kMaxState) {
    fail("unreadable-state", path + ": the card's state has more than 64 MiB",
         "is it a file that keeps a card?");
  }
  return text;
}

std::string kind_of(const nlohmann::json& document, const std::string& path) {
  return JsonField(document, path).at("kind").text();
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// A rename is on the disk when its folder is.
void sync_folder_of(const std::string& path) {
  auto folder = std::filesystem::path(path).parent_path();
  if (folder.empty()) folder = ".";
  const FileDescriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.valid()) static_cast<void>(fsync(opened.number()));
}

/// Locked as long as it is open. It stays on the disk: a file that is removed can be locked twice.
FileDescriptor locked_file(const std::string& path) {
  FileDescriptor file(open((path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly));
  if (!file.valid()) cannot_write(path);
  if (flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
    fail("state-in-use", path + ": another program has this card",
         "wait until it ends, or keep a second card in another file");
  }
  return file;
}

nlohmann::json new_state(std::string_view profile) {
  auto document = profile_document(profile);
  document["kind"] = "state";
  document[kCardNumber] = to_hex(SystemRandom().bytes(kCardNumberBytes));
  return document;
}

}  // namespace

StateFile::StateFile(std::string path, std::string_view profile)
    : path_(std::move(path)), lock_(locked_file(path_)) {
  const auto text = read_text(path_);
  if (!text) {
    if (profile.empty()) {
      fail("unreadable-state", path_ + ": there is no such file", "check the path");
    }
    document_ = new_state(profile);
    save(this->profile().card);
    return;
  }
  document_ = parse_json(*text, path_);
  if (kind_of(document_, path_) != "state") {
    fail("unreadable-state", path_ + ": the file keeps no card: its kind is not state",
         "name a file that does not exist yet");
  }
  const auto kept = this->profile().name;
  const bool another = !profile.empty() && profile_document(profile).at("name") != kept;
  if (another) {
    fail("state-of-another-profile", path_ + ": the card in this file is of the profile " + kept,
         "name that profile, or a file that does not exist yet");
  }
  saved_ = *text;
}

Profile StateFile::profile() const {
  return read_profile(document_, path_);
}

Bytes StateFile::card_number() const {
  const JsonField root(document_, path_);
  if (!root.has(kCardNumber)) return {};
  return root.at(kCardNumber).bytes({kCardNumberBytes, kCardNumberBytes});
}

void StateFile::save(const CardState& state) {
  auto document = with_card_state(document_, state);
  auto text = document.dump(2) + "\n";
  if (text == saved_) return;
  write(text);
  saved_ = std::move(text);
  document_ = std::move(document);
}

void StateFile::write(const std::string& text) const {
  const auto made = path_ + ".new";
  {
    const FileDescriptor file(open(made.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kOwnerOnly));
    if (!file.valid() || fchmod(file.number(), kOwnerOnly) != 0 || !write_all(file.number(), text) ||
        fsync(file.number()) != 0) {
      cannot_write(path_);
    }
  }
  if (std::rename(made.c_str(), path_.c_str()) != 0) cannot_write(path_);
  sync_folder_of(path_);
}

bool is_state_file(const std::string& path) {
  try {
    const auto text = read_text(path);
    if (!text) return false;
    return kind_of(parse_json(*text, path), path) == "state";
  } catch (const Error&) {
    return false;
  }
}

}  // namespace gpsh::virtualcard
