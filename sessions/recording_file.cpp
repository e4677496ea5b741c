// SPDX-License-Identifier: Apache-2.0
#include "sessions/recording_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "core/error.h"

namespace gpsh::sessions {
namespace {

constexpr mode_t kOwnerOnly = 0600;
constexpr std::size_t kReservedAhead = std::size_t{1} << 17;

bool is_ordinary_file(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored);
}

}  // namespace

RecordingFile::RecordingFile(const std::filesystem::path& path) : path_(path) {
  constexpr int kFlags = O_WRONLY | O_APPEND | O_CLOEXEC;
  descriptor_ = open(path.c_str(), kFlags | O_CREAT | O_EXCL, kOwnerOnly);
  if (descriptor_ < 0 && errno == EEXIST) {
    if (is_ordinary_file(path)) {
      throw Error({.kind = ErrorKind::file,
                   .code = "recording-exists",
                   .message = path.string() + " exists, and a recording never replaces a file",
                   .advice = "give another name, or remove the file"});
    }
    descriptor_ = open(path.c_str(), kFlags);
  }
  if (descriptor_ < 0) failed(errno);
}

RecordingFile::~RecordingFile() {
  // Gives back what was reserved and not used; where that cannot be, it is no harm.
  if (reserved_ > written_ && ftruncate(descriptor_, static_cast<off_t>(written_)) != 0) errno = 0;
  close(descriptor_);
}

void RecordingFile::append(std::string_view text) {
  while (!text.empty()) {
    const auto count = write(descriptor_, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) failed(count < 0 ? errno : ENOSPC);
    text.remove_prefix(static_cast<std::size_t>(count));
    written_ += static_cast<std::size_t>(count);
  }
}

void RecordingFile::reserve(std::size_t bytes) {
#ifdef __linux__
  if (written_ + bytes <= reserved_) return;
  const auto ahead = bytes + kReservedAhead;
  if (fallocate(descriptor_, FALLOC_FL_KEEP_SIZE, static_cast<off_t>(written_), static_cast<off_t>(ahead)) ==
      0) {
    reserved_ = written_ + ahead;
  } else if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) {
    failed(errno);
  }
#else
  static_cast<void>(bytes);
#endif
}

void RecordingFile::failed(int code) const {
  throw Error({.kind = ErrorKind::file,
               .code = "recording-failed",
               .message = "cannot write the recording " + path_.string() + ": " +
                          std::system_category().message(code),
               .advice = "nothing more is sent to the card; record to a place that can be written",
               .exchange = Exchange{},  // none: the command it happened before was not sent
               .native_code = static_cast<std::uint32_t>(code)});
}

}  // namespace gpsh::sessions
