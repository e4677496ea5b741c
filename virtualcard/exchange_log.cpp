// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/exchange_log.h"

#include <fcntl.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>

#include "core/error.h"
#include "core/system_reason.h"
#include "virtualcard/tcp_stream.h"

namespace gpsh::virtualcard {
namespace {

constexpr mode_t kOwnerOnly = 0600;

/// PINs stand in the log. A file that is there keeps its rights; a stream cannot give any.
const std::string& made_for_its_owner(const std::string& path) {
  const FileDescriptor made(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly));
  return path;
}

/// UTC with milliseconds (ISO 8601).
std::string text_of(std::chrono::system_clock::time_point time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time - seconds).count();
  const auto calendar = std::chrono::system_clock::to_time_t(seconds);
  std::tm utc{};
  gmtime_r(&calendar, &utc);
  std::array<char, 32> date{};
  std::array<char, 8> fraction{};
  std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%S", &utc);
  std::snprintf(fraction.data(), fraction.size(), ".%03dZ", static_cast<int>(milliseconds));
  return std::string(date.data()) + fraction.data();
}

}  // namespace

ExchangeLog::ExchangeLog(const std::string& path, WallClock clock)
    : path_(path), clock_(std::move(clock)), out_(made_for_its_owner(path), std::ios::app) {
  if (!out_) cannot_write();
}

void ExchangeLog::cannot_write() const {
  throw Error({.kind = ErrorKind::file,
               .code = "unwritable-log",
               .message = "cannot write the log " + path_ + ": " + system_reason(errno),
               .advice = "check the path, the permissions and the space left"});
}

void ExchangeLog::write(const std::string& name, const std::string& what) {
  const std::lock_guard lock(mutex_);
  out_ << text_of(clock_()) << ' ' << name << ' ' << what << std::endl;  // a reader may follow it
  if (!out_) cannot_write();
}

Bytes LoggedCard::transmit(ByteView apdu) {
  log_.write(name_, "> " + to_hex(apdu));
  try {
    auto response = card_.transmit(apdu);
    log_.write(name_, "< " + to_hex(response));
    return response;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::reader) log_.write(name_, "! " + std::string(error.what()));
    throw;
  }
}

void LoggedCard::reset() {
  log_.write(name_, "reset");
  card_.reset();
}

}  // namespace gpsh::virtualcard
